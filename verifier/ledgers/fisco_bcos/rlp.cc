#include "verifier/ledgers/fisco_bcos/rlp.h"

#include <algorithm>
#include <array>

#include "verifier/core/cursor.h"

namespace heyan::ledgers::fisco_bcos {
namespace {

using core::Bytes;
using core::ByteView;
using core::Result;

constexpr std::uint8_t kString = 0x80;
constexpr std::uint8_t kList = 0xc0;
constexpr std::uint8_t kShort = 55;  // longest payload whose length stands in the first byte

ByteView without_leading_zeros(ByteView number) {
  while (!number.empty() && number.front() == 0) number = number.subspan(1);
  return number;
}

std::array<std::uint8_t, 8> big_endian(std::uint64_t number) {
  std::array<std::uint8_t, 8> octets;
  for (std::size_t i = 0; i < octets.size(); ++i)
    octets.at(i) = static_cast<std::uint8_t>(number >> (8 * (octets.size() - 1 - i)));
  return octets;
}

Bytes with_length(std::uint8_t kind, ByteView payload) {
  Bytes result;
  if (payload.size() <= kShort) {
    result.push_back(static_cast<std::uint8_t>(kind + payload.size()));
  } else {
    const auto octets = big_endian(payload.size());
    const ByteView length = without_leading_zeros(octets);
    result.push_back(static_cast<std::uint8_t>(kind + kShort + length.size()));
    result.insert(result.end(), length.begin(), length.end());
  }
  result.insert(result.end(), payload.begin(), payload.end());
  return result;
}

// The payload's length where it follows the first byte, in `octets` bytes.
Result<std::uint64_t> take_length(core::Cursor& cursor, std::size_t octets) {
  HEYAN_TRY(const ByteView bytes, cursor.take(octets));
  if (bytes.front() == 0)
    return core::fail(core::ErrorCode::kNotCanonical, "a length has a leading zero");
  std::uint64_t length = 0;
  for (const std::uint8_t octet : bytes) length = length << 8 | octet;
  if (length <= kShort)
    return core::fail(core::ErrorCode::kNotCanonical, "a short length is written long");
  return length;
}

Result<RlpItem> take_item(core::Cursor& cursor, ByteView all) {
  const std::size_t start = cursor.offset();
  HEYAN_TRY(const std::uint8_t first, cursor.take_byte());
  if (first < kString) return RlpItem{.is_list = false, .payload = all.subspan(start, 1)};
  const bool is_list = first >= kList;
  const auto rest = static_cast<std::uint8_t>(first - (is_list ? kList : kString));
  std::uint64_t length = rest;
  if (rest > kShort) {
    HEYAN_TRY(length, take_length(cursor, rest - kShort));
  }
  HEYAN_TRY(const ByteView payload, cursor.take(length));
  if (!is_list && payload.size() == 1 && payload.front() < kString)
    return core::fail(core::ErrorCode::kNotCanonical, "a single byte is wrapped");
  return RlpItem{.is_list = is_list, .payload = payload};
}

}  // namespace

Bytes encode_rlp_bytes(ByteView bytes) {
  if (bytes.size() == 1 && bytes.front() < kString) return core::to_bytes(bytes);
  return with_length(kString, bytes);
}

Bytes encode_rlp_number(ByteView big_endian) {
  return encode_rlp_bytes(without_leading_zeros(big_endian));
}

Bytes encode_rlp_number(std::uint64_t number) { return encode_rlp_number(big_endian(number)); }

Bytes encode_rlp_list(std::span<const Bytes> items) {
  Bytes payload;
  for (const Bytes& item : items) payload.insert(payload.end(), item.begin(), item.end());
  return with_length(kList, payload);
}

Result<std::vector<RlpItem>> parse_rlp_items(ByteView bytes, std::size_t most) {
  core::Cursor cursor(bytes);
  std::vector<RlpItem> items;
  while (!cursor.at_end()) {
    if (items.size() == most) return core::fail(core::ErrorCode::kLimit, "more items than fit");
    HEYAN_TRY(const RlpItem item, take_item(cursor, bytes));
    items.push_back(item);
  }
  return items;
}

Result<std::vector<RlpItem>> parse_rlp_list(ByteView bytes, std::size_t most) {
  HEYAN_TRY(const std::vector<RlpItem> whole, parse_rlp_items(bytes, 1));
  if (whole.empty() || !whole.front().is_list)
    return core::fail(core::ErrorCode::kMalformed, "is no list");
  return parse_rlp_items(whole.front().payload, most);
}

}  // namespace heyan::ledgers::fisco_bcos
