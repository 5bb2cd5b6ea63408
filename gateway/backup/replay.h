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

#include <optional>
#include <set>

#include "gateway/backup/manifest.h"
#include "gateway/sql/database.h"
#include "verifier/transparency/checkpoint.h"
#include "verifier/transparency/note.h"

namespace heyan::backup {

struct LogRequest {
  const std::filesystem::path& log;  // published files
  const transparency::NoteVerifier& key;
  std::optional<transparency::Checkpoint> known;  // the backup's: the files continue it
  core::UtcTime at;
};

// What a log tells of deletions.
struct Told {
  std::string note;  // the checkpoint of the files, signed
  transparency::Checkpoint checkpoint;
  std::set<core::Bytes> deleted;  // submissions, by their digests
};

// kMalformed: the files do not hold (log_audit/audit.h), or do not continue the backup's log; as
// log_audit::audit; kIo.
std::expected<Told, Refusal> read_deletions(const LogRequest& request);

struct MarkRequest {
  core::UtcTime at;
  // Also those that nobody had asked for, or that were held, when the backup was made.
  bool also_unasked = false;
};

struct Marked {
  std::vector<std::string> deletions;  // submissions that the backup has
  std::vector<std::string> unasked;    // left as they were
};

// In `front`, the front's tables of what is being restored: a file, or on a server. All or nothing;
// done again it finds nothing more to do. kIo, kInternal.
core::Result<Marked> mark_again(sql::Database& front, const Told& told, const MarkRequest& request);
core::Result<Marked> mark_again(const std::filesystem::path& front, const Told& told,
                                const MarkRequest& request);

// What the new log is to quote, in `file`, knows all that the old log's files tell. kMalformed.
std::expected<void, Refusal> expect_followed(const transparency::Checkpoint& followed,
                                             const std::filesystem::path& file, const Told& told);

}  // namespace heyan::backup
