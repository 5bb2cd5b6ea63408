// The front's side of one judge's child. For dispatcher.cc and tests.
#pragma once

#include <expected>

#include "gateway/ipc/channel.h"
#include "gateway/store/store.h"
#include "gateway/store/vault.h"

namespace heyan::service {

struct JudgingFailed {
  std::string code;
  bool final = false;  // trying again will not help
  bool ours = false;   // says nothing of the case: no attempt was lost on it
};

struct Judging {
  store::Vault& vault;
  const std::filesystem::path& staging;
  std::chrono::milliseconds patience;
};

// Sends the job, hands out files, keeps the record, and returns what is to be stored. `give_up`:
// JudgeJob.give_up.
std::expected<store::FinishedJob, JudgingFailed> have_judged(const Judging& with,
                                                             ipc::Channel channel,
                                                             const store::Job& job, bool give_up);

}  // namespace heyan::service
