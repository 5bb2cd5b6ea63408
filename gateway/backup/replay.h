// What was deleted after a backup was made is deleted again when it is restored (security decision
// 33). The log tells of what: whoever holds a copy of its published files has the last word.
//
// Threat: a front that was taken over can have deletions logged that nobody wanted
// (signer/deletion.cc), and a backup from before is then the last copy. So what nobody had asked
// for when the backup was made, or what was held, is named and left, unless whoever restores says
// otherwise. A deletion is carried out 30 days after it was confirmed at the earliest: of a younger
// backup none is rightly among those.
//
// Only marked here, in the front's tables: the gateway removes the files when it starts, as it goes
// on with any deletion (service/deleter.h), and has its new log tell of it, too. One thread.
#pragma once

#include "gateway/backup/manifest.h"
#include "verifier/transparency/checkpoint.h"
#include "verifier/transparency/note.h"

namespace heyan::backup {

struct ReplayRequest {
  const std::filesystem::path& log;  // published files
  const transparency::NoteVerifier& key;
  const transparency::Checkpoint& known;  // the backup's: the files continue it
  const std::filesystem::path& front;     // front.db, of what is being restored
  core::UtcTime at;
  // Also those that nobody had asked for, or that were held, when the backup was made.
  bool also_unasked = false;
};

struct Replayed {
  std::string checkpoint;  // of the files: a signed note
  std::uint64_t size = 0;
  std::vector<std::string> deletions;  // submissions that the backup has
  std::vector<std::string> unasked;    // left as they were
};

// kMalformed: the files do not hold (log_audit/audit.h), or do not continue the backup's log; as
// log_audit::audit; kIo.
std::expected<Replayed, Refusal> replay_deletions(const ReplayRequest& request);

}  // namespace heyan::backup
