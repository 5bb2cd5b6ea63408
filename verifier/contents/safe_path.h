// Which relative paths may be opened beneath a case folder or taken from an archive.
//
// Threat: names such as "../../etc/passwd", "/etc/passwd", "C:\x" or "a\0.txt" (zip slip, CWE-22).
// A name is refused, never repaired: a repaired name could meet another one. Pure, any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace heyan::contents {

inline constexpr std::size_t kMaxPathBytes = 1024;
inline constexpr std::size_t kMaxPathPartBytes =
    255;  // NAME_MAX: no file system holds a longer one

// Why the path is unsafe, as the end of a sentence ("... has a part \"..\""), or nothing where it
// is safe: relative, parts separated by "/", none of them empty, "." or "..", no backslash or drive
// letter, valid UTF-8 without control characters (core::has_control).
std::optional<std::string_view> unsafe_path(std::string_view path);

}  // namespace heyan::contents
