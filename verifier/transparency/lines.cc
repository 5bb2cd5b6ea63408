#include "verifier/transparency/lines.h"

#include <algorithm>
#include <charconv>

#include "verifier/core/bytes.h"
#include "verifier/core/text.h"

namespace heyan::transparency {
namespace {

constexpr std::size_t kMostDigits = 19;  // of 2^63 - 1

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_ascii_control(char c) { return static_cast<unsigned char>(c) < 0x20; }

}  // namespace

std::optional<std::string_view> Lines::next() {
  const std::size_t end = rest_.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = rest_.substr(0, end);
  rest_.remove_prefix(end + 1);
  return line;
}

std::optional<std::uint64_t> parse_decimal(std::string_view text) {
  if (text.empty() || text.size() > kMostDigits || !std::ranges::all_of(text, is_digit)) {
    return std::nullopt;
  }
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  std::uint64_t value = 0;  // 19 digits cannot overflow it
  std::from_chars(text.data(), text.data() + text.size(), value);
  if (value > kMaxTreeSize) return std::nullopt;
  return value;
}

std::optional<TreeHash> parse_hash(std::string_view text) {
  const auto bytes = core::from_base64(text);
  return bytes ? tree_hash(*bytes) : std::nullopt;
}

std::string encode_hash(const TreeHash& hash) { return core::to_base64(hash); }

bool is_note_text(std::string_view text) {
  return core::is_utf8(text) &&
         std::ranges::none_of(text, [](char c) { return c != '\n' && is_ascii_control(c); });
}

bool is_note_line(std::string_view line) {
  return !line.empty() && core::is_utf8(line) && std::ranges::none_of(line, is_ascii_control);
}

}  // namespace heyan::transparency
