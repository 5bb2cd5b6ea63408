// What is asked at about the same time, answered together: one wait for the disk and one signed
// head serve all of it.
//
// First every question writes what it has to, in one transaction; then the log's head is signed;
// then what follows is signed, kept and handed out (security decision 16: nothing is signed before
// it is committed). A question that fails undoes its own part only; where a commit or the head
// fails, all that were asked are refused, and asking again finds what was written. Last, what came
// of each is recorded in the audit trail; where that fails, nothing is handed out either. Only its
// own part refuses a question for good: what hinders all is nobody's fault, and what was logged is
// to be had by who asks again.
#pragma once

#include <functional>
#include <vector>

#include "gateway/audit/record.h"
#include "gateway/sql/transaction.h"
#include "verifier/core/error.h"

namespace heyan::signer {

// What follows the commit. May be empty.
using Finish = std::function<core::Result<void>()>;

struct Question {
  std::function<core::Result<Finish>(sql::Transaction& transaction)> write;
  std::function<void(const core::Error& error)> refuse;
  // For the audit trail, before a refusal is told: what was asked. False: it needs no record. May
  // be empty.
  std::function<bool(audit::Entry& entry)> record{};
};

}  // namespace heyan::signer
