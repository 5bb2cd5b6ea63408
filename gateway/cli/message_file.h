// A message of a court's system in files that the user names: alone, or a whole HTTP request.
//
// Messages for developers: read into memory, and handed on as nameless files. One thread.
#pragma once

#include <expected>
#include <vector>

#include "gateway/cli/options.h"
#include "gateway/cli/trouble.h"
#include "gateway/os/folder.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::cli {

inline constexpr std::size_t kMessageBytes = 256u << 20;  // with its parts, in a request

struct MessageFiles {
  v1::CourtMessage message;         // adapter, content type, parts
  std::vector<os::OpenFile> parts;  // as in `message`
  std::vector<os::OpenFile> body;   // one: the message itself
};

// Kinds of trouble: no such file; a request whose body cannot be cut; two parts of one name.
std::expected<MessageFiles, Trouble> read_message_files(const AdaptersTryOptions& options);

}  // namespace heyan::cli
