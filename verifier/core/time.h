// Time, always UTC: a point with millisecond resolution and its RFC 3339 form.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace heyan::core {

using UtcTime = std::chrono::sys_time<std::chrono::milliseconds>;

// Protobuf messages carry times as milliseconds since 1970-01-01T00:00:00Z.
UtcTime from_unix_ms(std::int64_t milliseconds);
std::int64_t to_unix_ms(UtcTime time);

// "2026-11-20T08:30:00Z"; with ".123" only where the milliseconds are not zero. A time outside the
// years 0001 to 9999 has no such form and is shown as the nearest that has.
std::string format_rfc3339(UtcTime time);

// RFC 3339 section 5.6 with a zone ("Z" or an offset), years 0001 to 9999, "T" and "Z" in capitals;
// no leap second. Digits after the third of a fraction are cut off. Nothing where the text is
// anything else.
std::optional<UtcTime> parse_rfc3339(std::string_view text);

}  // namespace heyan::core
