// What an entry of a case archive may be: a plain file or folder with a safe, unique name and a
// size within limits. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "verifier/contents/zip_directory.h"

namespace heyan::contents {

// The first breach of the rules, or nothing. `archive_bytes` is the size of the whole archive,
// against which the declared inflated size is held (Limits::zip_ratio).
std::optional<ZipFault> fault_of(const std::vector<RawEntry>& entries, std::uint64_t archive_bytes,
                                 const core::Limits& limits);

// A folder's name ends in "/".
bool is_folder(const RawEntry& entry);

}  // namespace heyan::contents
