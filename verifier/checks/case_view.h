// What is the same for every item of a case, computed once before the items are checked, so that
// ten thousand items cost ten thousand steps.
//
// Holds pointers into the judging's record and circumstances, which must outlive it.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "heyan/v1/attestation.pb.h"
#include "verifier/checks/ledger_memory.h"
#include "verifier/checks/record_index.h"
#include "verifier/judging.h"
#include "verifier/trust/links.h"

namespace heyan::checks {

// One ledger that was asked for an item. `answer` is UNSPECIFIED where it was not reached.
struct Asked {
  const v1::LedgerView* view;
  v1::LookUpAnswer answer = v1::LOOK_UP_ANSWER_UNSPECIFIED;
};

struct CaseView {
  trust::Links links;
  RecordIndex records;
  std::map<std::string_view, const v1::Party*> parties;
  std::map<std::string_view, std::vector<Asked>> asked;          // item id -> ledgers
  std::vector<const v1::LedgerView*> unreachable;                // views of ledgers not reached
  std::map<std::string_view, const v1::ReceivedFile*> received;  // item id -> custody
  LedgerMemory memory;
};

// `attestations`: those of each item, in the order of the items.
CaseView view_case(const Judging& judging,
                   std::span<const std::vector<v1::Attestation>> attestations);

}  // namespace heyan::checks
