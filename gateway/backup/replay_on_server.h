// The same as replay.h for tables on a server, which were restored by the server's own means.
//
// The old log is the one that [log] follows: its published files, the checkpoint that the new log
// will quote and the restored log must be of one history. Asked in the roles of front and signer,
// which the configuration names: nothing is done that these could not do.
#pragma once

#include "gateway/backup/replay.h"
#include "gateway/ops/config.h"

namespace heyan::backup {

struct ServerReplayRequest {
  const ops::Config& config;  // with [database], and [log] that follows another
  const std::filesystem::path& log;
  MarkRequest mark;
};

struct ReplayedOnServer {
  Marked marked;
  std::string log;                 // its name
  std::uint64_t size = 0;          // of its published files
  std::uint64_t follows_size = 0;  // of the checkpoint that the new log quotes
};

// As read_deletions and mark_again; kMalformed, too: no log to follow is named, or its checkpoint
// is older than the files or of another history; kUnsupported: tables of another version.
std::expected<ReplayedOnServer, Refusal> replay_on_server(const ServerReplayRequest& request);

}  // namespace heyan::backup
