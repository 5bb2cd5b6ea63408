// Percent-encoding (RFC 3986 section 2.1), upper-case digits. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace heyan::http {

// What needs none anywhere, besides letters and digits (section 2.3).
inline constexpr std::string_view kUnreservedMarks = "-._~";

// Every byte but letters, digits and these marks.
std::string percent_encode(std::string_view text, std::string_view marks = kUnreservedMarks);

}  // namespace heyan::http
