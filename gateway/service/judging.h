// The front's side of one judge's child. For dispatcher.cc and tests.
//
// Threat: a judge may be taken over. One that says that signer or storage failed delays its own
// submission, which is seen among the overdue; nothing is said about the evidence.
#pragma once

#include <expected>
#include <set>

#include "gateway/ipc/channel.h"
#include "gateway/ipc/doors.h"
#include "gateway/service/content_index.h"
#include "gateway/store/store.h"
#include "gateway/store/vault.h"

namespace heyan::service {

enum class Blame : std::uint8_t {
  kOurs,   // signer, storage, or judges that were stopped: try again, for as long as it takes
  kJudge,  // it died of the case, hung, or could not judge: that costs the submission an attempt
  kFinal,  // trying again will not help
};
struct JudgingFailed {
  std::string code;
  Blame blame = Blame::kJudge;
  std::string file{};  // SHA-256, in hex, of one that could not be read, where that is why
};

struct JudgedItem {
  std::string_view verdict;  // a word of the catalogue
  std::string format;        // of the ledger whose proof was judged; empty where there was none
};
struct Judged {
  store::FinishedJob job;
  std::vector<JudgedItem> items;
  std::set<std::string> forked;   // ledgers that showed two faces
  bool stored_otherwise = false;  // a file in the vault was not what was received
};

struct Judging {
  store::Vault& vault;
  const std::filesystem::path& staging;
  std::chrono::milliseconds patience;
  ipc::Doors* boxes = nullptr;             // that look into files which differ; null: nobody does
  const ContentIndex* contents = nullptr;  // of other cases; null: nobody searches
  store::Store* memory = nullptr;          // of what ledgers showed; null: nothing is remembered
  std::int64_t now_ms = 0;                 // since when ledgers are watched that were not before
  // For all files of a job: half of the time that a judge's child has. Where a tenth of it was
  // needed, a child that had its time is not to blame; one that died is.
  std::chrono::nanoseconds most_fetching = std::chrono::minutes(10);
  // For its record: the signer takes no report whose time is a minute old, and so none whose record
  // was not kept long before.
  std::chrono::nanoseconds most_storing = std::chrono::seconds(30);
};

// Sends the job, hands out files, keeps the record, and returns what is to be stored. `give_up`:
// JudgeJob.give_up.
std::expected<Judged, JudgingFailed> have_judged(const Judging& with, ipc::Channel channel,
                                                 const store::Job& job, bool give_up);

}  // namespace heyan::service
