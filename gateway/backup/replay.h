// What was deleted after a backup was made is deleted again when it is restored (security decision
// 33). The log tells of what: whoever holds a copy of its published files has the last word.
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
};

struct Replayed {
  std::string checkpoint;  // of the files: a signed note
  std::uint64_t size = 0;
  std::uint64_t deletions = 0;  // of submissions that the backup has
};

// kMalformed: the files do not hold (log_audit/audit.h), or do not continue the backup's log; as
// log_audit::audit; kIo.
std::expected<Replayed, Refusal> replay_deletions(const ReplayRequest& request);

}  // namespace heyan::backup
