// Text as people hand it over: copied with blanks around it, or with the line end that a scanner
// adds.
#pragma once

#include <string_view>

namespace heyan::cli {

// Without blanks, tabs and line ends before and behind; nothing else is taken away.
inline std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kWhiteSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kWhiteSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kWhiteSpace) - first + 1);
}

}  // namespace heyan::cli
