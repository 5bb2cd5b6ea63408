// The key of the search for the same content (service/content_index.h), in what is being restored.
//
// A backup has it with the private keys alone. A front that starts without it draws another, and
// what the court's tables know of contents and fingerprints is found by nobody any more. For
// restore.cc. One thread.
#pragma once

#include <filesystem>

#include "gateway/backup/manifest.h"

namespace heyan::backup {

inline constexpr std::string_view kContentsKey = "contents.key";  // in front/

enum class ContentsKey : std::uint8_t {
  kThere,
  kLacking,   // and the tables need it
  kUnneeded,  // no front ever started over these tables
};

// Into `half`, the state folder to be: the backup's own, else that of `keys`, where it lies beside
// the private keys or, in a state folder, in front/ beside that folder. `keys` may be empty. kIo.
std::expected<ContentsKey, Refusal> take_contents_key(const std::filesystem::path& keys,
                                                      const std::filesystem::path& half);

}  // namespace heyan::backup
