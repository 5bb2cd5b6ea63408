#include "verifier/core/text.h"

#include <cstdint>

#include <fmt/core.h>

namespace heyan::core {
namespace {

// One step through text: a code point and its bytes, or one byte that is not UTF-8.
struct Step {
  char32_t point = 0;
  std::size_t length = 1;
  bool valid = false;
};

unsigned char byte_at(std::string_view text, std::size_t index) {
  return index < text.size() ? static_cast<unsigned char>(text[index]) : 0;
}

// Unicode 15, table 3-7: the second byte's range depends on the first; all others are 80..BF.
Step step(std::string_view text) {
  const unsigned char first = byte_at(text, 0);
  if (first < 0x80) return {first, 1, true};
  if (first < 0xc2 || first > 0xf4) return {};
  const std::size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  unsigned char low = 0x80;
  unsigned char high = 0xbf;
  if (first == 0xe0) low = 0xa0;   // overlong
  if (first == 0xed) high = 0x9f;  // surrogates
  if (first == 0xf0) low = 0x90;   // overlong
  if (first == 0xf4) high = 0x8f;  // above U+10FFFF
  char32_t point = first & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const unsigned char next = byte_at(text, i);
    if (next < low || next > high) return {};
    point = point << 6 | (next & 0x3fu);
    low = 0x80;
    high = 0xbf;
  }
  return {point, length, true};
}

bool is_control(char32_t point) {
  if (point < 0x20 || (point >= 0x7f && point <= 0x9f)) return true;  // C0, DEL, C1
  if (point >= 0x200b && point <= 0x200f) return true;    // zero width; directional marks
  if (point >= 0x2028 && point <= 0x202e) return true;    // separators; embeddings and overrides
  if (point >= 0x2060 && point <= 0x206f) return true;    // word joiner; isolates; deprecated
  if (point >= 0xfff9 && point <= 0xfffb) return true;    // interlinear annotation
  if (point >= 0xe0000 && point <= 0xe007f) return true;  // tags: invisible copies of ASCII
  // Soft hyphen, grapheme joiner, Arabic letter mark, Mongolian vowel separator, byte-order mark.
  return point == 0xad || point == 0x34f || point == 0x61c || point == 0x180e || point == 0xfeff;
}

}  // namespace

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const Step next = step(text);
    if (!next.valid) return false;
    text.remove_prefix(next.length);
  }
  return true;
}

bool has_control(std::string_view text) {
  while (!text.empty()) {
    const Step next = step(text);
    if (next.valid && is_control(next.point)) return true;
    text.remove_prefix(next.length);
  }
  return false;
}

std::string visible(std::string_view text, std::size_t max_characters) {
  std::string shown;
  for (std::size_t count = 0; !text.empty(); ++count) {
    if (count == max_characters) return shown + "…";
    const Step next = step(text);
    if (!next.valid) {
      shown += fmt::format("⟨0x{:02X}⟩", byte_at(text, 0));
    } else if (is_control(next.point)) {
      shown += fmt::format("⟨U+{:04X}⟩", static_cast<std::uint32_t>(next.point));
    } else {
      shown += text.substr(0, next.length);
    }
    text.remove_prefix(next.length);
  }
  return shown;
}

}  // namespace heyan::core
