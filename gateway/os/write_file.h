// Files that a command writes: whole or not at all.
#pragma once

#include <filesystem>
#include <string_view>

#include "verifier/core/error.h"

namespace heyan::os {

enum class Privacy : std::uint8_t { kUsual, kOwnerOnly };  // mode 0666 less the umask, or 0600

// Writes beside `path` and renames over it when everything is on disk; after a failure the old file
// stands. A device or pipe is written directly.
core::Result<void> write_whole(const std::filesystem::path& path, std::string_view bytes,
                               Privacy privacy = Privacy::kUsual);

// Creates the file; kDuplicate where there is one.
core::Result<void> write_new(const std::filesystem::path& path, std::string_view bytes,
                             Privacy privacy);

}  // namespace heyan::os
