// Numbers of the zip format that its reader and its writer share. Source: PKWARE APPNOTE 4.3.7,
// 4.3.12 and 4.3.16. Internal to verifier/contents.
#pragma once

#include <cstddef>
#include <cstdint>

namespace heyan::contents {

inline constexpr std::uint32_t kLocalHeader = 0x04034b50;
inline constexpr std::uint32_t kCentralHeader = 0x02014b50;
inline constexpr std::uint32_t kEndRecord = 0x06054b50;
inline constexpr std::size_t kLocalHeaderBytes = 30;

}  // namespace heyan::contents
