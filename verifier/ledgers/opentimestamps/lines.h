// Lines of a table: fields between tabs. For the readers of this folder. Pure; any thread.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <vector>

#include "verifier/core/bytes.h"
#include "verifier/ledgers/opentimestamps/header.h"

namespace heyan::ledgers::opentimestamps {

// Takes the next line away from `text`; without its end, "\n" or "\r\n".
inline std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

inline std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> fields;
  for (;;) {
    const std::size_t tab = line.find('\t');
    fields.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return fields;
    line = line.substr(tab + 1);
  }
}

inline std::optional<std::uint64_t> height_of(std::string_view text) {
  constexpr std::size_t kMostDigits = 10;
  if (text.empty() || text.size() > kMostDigits || (text.size() > 1 && text.front() == '0'))
    return std::nullopt;
  std::uint64_t height = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), height);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole ? std::optional(height) : std::nullopt;
}

inline std::optional<BlockHeader> header_of(std::string_view text) {
  const auto bytes = core::from_hex(text);
  return bytes ? BlockHeader::read(*bytes) : std::nullopt;
}

}  // namespace heyan::ledgers::opentimestamps
