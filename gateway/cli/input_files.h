// Files that the user names to be read: what is no file is an error of input, like one that is not
// there.
#pragma once

#include <expected>
#include <filesystem>
#include <optional>

#include "gateway/cli/trouble.h"
#include "verifier/transparency/note_key.h"

namespace heyan::cli {

inline constexpr std::size_t kKeyLimitBytes = 64u << 10;

std::expected<core::Bytes, Trouble> read_input(const std::string& path, std::size_t limit_bytes,
                                               std::string_view remedy);

// The key of a report log; nothing where the path is empty.
std::expected<std::optional<transparency::NoteVerifier>, Trouble> read_log_key(
    const std::filesystem::path& path);

}  // namespace heyan::cli
