#include "verifier/core/bytes.h"

#include <algorithm>
#include <array>

namespace heyan::core {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kStandard =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrlSafe =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Six bits of one character, or kNoSextet.
using Sextets = std::array<std::uint8_t, 256>;
constexpr std::uint8_t kNoSextet = 0xff;

constexpr Sextets sextets_of(std::string_view alphabet) {
  Sextets table{};
  table.fill(kNoSextet);
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return table;
}

std::string encode64(ByteView bytes, std::string_view alphabet, bool padded) {
  std::string text;
  text.reserve(bytes.size() / 3 * 4 + 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j) group = group << 8 | (j < count ? bytes[i + j] : 0u);
    for (std::size_t j = 0; j < 4; ++j) {
      if (j <= count) {
        text += alphabet[group >> (18 - 6 * j) & 63u];
      } else if (padded) {
        text += '=';
      }
    }
  }
  return text;
}

// `text` without padding. The bits of the last character that no byte uses must be zero, or two
// texts would mean the same bytes.
std::optional<Bytes> decode64(std::string_view text, const Sextets& sextets) {
  if (text.size() % 4 == 1) return std::nullopt;
  Bytes bytes;
  bytes.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t group = 0;
  unsigned bits = 0;
  for (const char c : text) {
    const std::uint8_t sextet = sextets[static_cast<unsigned char>(c)];
    if (sextet == kNoSextet) return std::nullopt;
    group = (group << 6 | sextet) & 0xffffu;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push_back(static_cast<std::uint8_t>(group >> bits));
  }
  if ((group & ((1u << bits) - 1)) != 0) return std::nullopt;
  return bytes;
}

}  // namespace

ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Bytes to_bytes(ByteView view) { return {view.begin(), view.end()}; }
Bytes to_bytes(std::string_view text) { return to_bytes(as_bytes(text)); }
std::string to_string(ByteView view) { return std::string(as_text(view)); }

bool equal(ByteView a, ByteView b) { return std::ranges::equal(a, b); }

std::string to_hex(ByteView bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    text += kHexDigits[byte >> 4];
    text += kHexDigits[byte & 15u];
  }
  return text;
}

std::optional<Bytes> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  Bytes bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_digit(text[i]);
    const int low = hex_digit(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<std::uint8_t>(high << 4 | low));
  }
  return bytes;
}

std::string to_base64(ByteView bytes) { return encode64(bytes, kStandard, true); }
std::string to_base64url(ByteView bytes) { return encode64(bytes, kUrlSafe, false); }

std::optional<Bytes> from_base64(std::string_view text) {
  static constexpr Sextets kSextets = sextets_of(kStandard);
  if (text.size() % 4 != 0) return std::nullopt;
  // At most two "=", and only at the end: decode64 refuses every other one.
  for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
  return decode64(text, kSextets);
}

std::optional<Bytes> from_base64url(std::string_view text) {
  static constexpr Sextets kSextets = sextets_of(kUrlSafe);
  return decode64(text, kSextets);
}

}  // namespace heyan::core
