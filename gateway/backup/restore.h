// Restoring a backup into an empty state folder.
//
// What was logged after the backup is not known here any more, so the log is never continued: a new
// one of another name follows it, and its first leaf quotes the last checkpoint of the old one that
// anybody has (security decision 16). The configuration says both, in [log]: `name` is the new
// name; `follows` is the file with that checkpoint, or where there is none is written, that of the
// backup. No number that a report may have been issued under since the backup is given again (the
// signer forgets those without a report as it leaves the log). What was uploaded in part is
// forgotten: its client begins anew (uploads.h). What was deleted after the backup is deleted again
// (replay.h), as far as a copy of the old log's files tells; what was confirmed to be deleted waits
// anew, nobody is signed in, and reports claim no search of what was lost (anew.h). Holds,
// cancellations, assignments, accounts and rights are those of the backup: its `made_at` says since
// when somebody must look. One thread.
#pragma once

#include <functional>

#include "gateway/backup/manifest.h"
#include "gateway/ops/config.h"

namespace heyan::backup {

struct Restored;

struct RestoreRequest {
  const ops::Config& config;
  std::filesystem::path folder;  // of the backup
  // Folder of the gateway's keys, where the backup has none; contents.key may lie there, too
  // (contents_key.h).
  std::filesystem::path keys;
  std::filesystem::path log;  // published files of the old log, the newest there are; may be empty
  bool also_unasked = false;  // see MarkRequest (replay.h)
  core::UtcTime at;
  Advance expect;
  Advance advance;
  // Called when all of it is there, with the folder that is to become the state folder's contents
  // and what would have been restored, before any of it is put in place. With its refusal nothing
  // is restored. May be empty.
  std::function<std::expected<void, Refusal>(const std::filesystem::path&, const Restored&)>
      record{};
};

struct Restored {
  std::string old_log;
  std::uint64_t old_size = 0;    // of the checkpoint that is quoted
  std::uint64_t known_size = 0;  // of the log that was restored: what lies between was lost
  bool checkpoint_given = false;
  std::uint64_t replayed_size = 0;  // so far deletions are known; 0: no files of the log were named
  std::vector<std::string> deleted_again;  // submissions
  std::vector<std::string> unasked;        // which the log calls deleted, and that were left
  std::uint64_t uploads_forgotten = 0;
  std::vector<std::string> waiting_anew;  // submissions with a confirmed deletion, held or not
  core::UtcTime complete_from;  // what reports say of searches begins then, or later (claim_anew)
  // The front would draw another, and forget what contents and fingerprints it knows of.
  bool contents_key_lacking = false;
  Description backup;                        // `lacking` in it: evidence that is not here either
  std::vector<std::string> records_lacking;  // as of Verified (verify.h): neither are these
};

// kDuplicate: the state folder is not empty; kMalformed: the backup does not hold (verify.h),
// [log] names no new log, the checkpoint is none of the old log's or older than the backup, the
// keys are another log's, or none (that they can be read, and that a checkpoint is there or can be
// written, is looked at before anything is copied); kChanged: a file is not what the backup lists;
// kIo. After an error the state folder is empty, but for a process that was killed: then empty it
// and begin anew.
std::expected<Restored, Refusal> restore(const RestoreRequest& request);

}  // namespace heyan::backup
