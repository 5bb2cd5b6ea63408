#include "verifier/crypto/der.h"

#include <algorithm>

namespace heyan::crypto {
namespace {

using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr int kMaxDepth = 24;
constexpr std::uint8_t kConstructed = 0x20;

struct Length {
  std::size_t header = 0;  // octets of tag and length
  std::uint64_t content = 0;
};

Result<Length> read_length(ByteView bytes) {
  if (bytes.size() < 2) return fail(ErrorCode::kTruncated, "DER value without length");
  const std::uint8_t first = bytes[1];
  if (first < 0x80) return Length{2, first};
  const std::size_t count = first & 0x7f;
  if (count == 0) return fail(ErrorCode::kNotCanonical, "DER value of indefinite length");
  if (count > 4) return fail(ErrorCode::kLimit, "DER length beyond 32 bits");
  if (bytes.size() < 2 + count) return fail(ErrorCode::kTruncated, "DER length cut short");
  std::uint64_t length = 0;
  for (std::size_t i = 0; i < count; ++i) length = length << 8 | bytes[2 + i];
  if (length < 0x80 || bytes[2] == 0) {
    return fail(ErrorCode::kNotCanonical, "DER length not in its shortest form");
  }
  return Length{2 + count, length};
}

Result<void> check_integer(ByteView content) {
  if (content.empty()) return fail(ErrorCode::kMalformed, "DER integer without octets");
  if (content.size() > 1 &&
      ((content[0] == 0x00 && content[1] < 0x80) || (content[0] == 0xff && content[1] >= 0x80))) {
    return fail(ErrorCode::kNotCanonical, "DER integer not in its shortest form");
  }
  return {};
}

Result<void> check_bit_string(ByteView content) {
  if (content.empty()) return fail(ErrorCode::kMalformed, "DER bit string without octets");
  const unsigned unused = content[0];
  if (unused > 7 || (unused != 0 && content.size() == 1)) {
    return fail(ErrorCode::kMalformed, "DER bit string with an impossible unused count");
  }
  if (unused != 0 && (content.back() & ((1u << unused) - 1)) != 0) {
    return fail(ErrorCode::kNotCanonical, "DER bit string with unused bits set");
  }
  return {};
}

Result<void> check_object_id(ByteView content) {
  if (content.empty() || (content.back() & 0x80) != 0) {
    return fail(ErrorCode::kMalformed, "DER object identifier cut short");
  }
  bool starts = true;  // a subidentifier may not begin with 0x80
  for (const std::uint8_t octet : content) {
    if (starts && octet == 0x80)
      return fail(ErrorCode::kNotCanonical, "DER object identifier padded");
    starts = (octet & 0x80) == 0;
  }
  return {};
}

Result<void> check_primitive(const DerValue& value) {
  switch (value.tag) {
    case der::kBoolean:
      if (value.content.size() != 1 || (value.content[0] != 0x00 && value.content[0] != 0xff)) {
        return fail(ErrorCode::kNotCanonical, "DER boolean neither 00 nor FF");
      }
      return {};
    case der::kInteger:
    case 0x0a:  // ENUMERATED
      return check_integer(value.content);
    case der::kBitString:
      return check_bit_string(value.content);
    case der::kObjectId:
      return check_object_id(value.content);
    case der::kNull:
      if (!value.content.empty()) return fail(ErrorCode::kMalformed, "DER null with content");
      return {};
    case der::kSequence & ~kConstructed:
    case der::kSet & ~kConstructed:
      return fail(ErrorCode::kMalformed, "DER sequence or set in primitive form");
    default:
      return {};
  }
}

// Universal types other than SEQUENCE, SET and EXTERNAL may not be constructed in DER.
bool may_be_constructed(std::uint8_t tag) {
  const bool universal = (tag & 0xc0) == 0;
  return !universal || tag == der::kSequence || tag == der::kSet;
}

Result<void> check_value(const DerValue& value, int depth) {
  if ((value.tag & kConstructed) == 0) return check_primitive(value);
  if (!may_be_constructed(value.tag)) {
    return fail(ErrorCode::kNotCanonical, "DER string in constructed form");
  }
  if (depth == kMaxDepth) return fail(ErrorCode::kLimit, "DER nested too deep");
  DerReader reader(value.content);
  ByteView previous;
  while (!reader.at_end()) {
    HEYAN_TRY(const DerValue child, reader.next());
    HEYAN_CHECK_OK(check_value(child, depth + 1));
    if (value.tag == der::kSet && std::ranges::lexicographical_compare(child.whole, previous)) {
      return fail(ErrorCode::kNotCanonical, "DER set not in order");
    }
    previous = child.whole;
  }
  return {};
}

}  // namespace

Result<DerValue> DerReader::next() {
  if (bytes_.empty()) return fail(ErrorCode::kTruncated, "DER value missing");
  if ((bytes_[0] & 0x1f) == 0x1f) return fail(ErrorCode::kUnsupported, "DER tag beyond 30");
  HEYAN_TRY(const Length length, read_length(bytes_));
  if (length.content > bytes_.size() - length.header) {
    return fail(ErrorCode::kTruncated, "DER value longer than what remains");
  }
  const auto content = static_cast<std::size_t>(length.content);
  DerValue value{bytes_[0], bytes_.subspan(length.header, content),
                 bytes_.first(length.header + content)};
  bytes_ = bytes_.subspan(length.header + content);
  return value;
}

Result<DerValue> DerReader::next(std::uint8_t tag) {
  if (!bytes_.empty() && bytes_[0] != tag) {
    return fail(ErrorCode::kMalformed, "DER value of another type");
  }
  return next();
}

Result<void> DerReader::expect_end() const {
  if (!bytes_.empty()) return fail(ErrorCode::kTrailing, "bytes after a DER structure");
  return {};
}

Result<ByteView> der_unsigned(ByteView content) {
  HEYAN_CHECK_OK(check_integer(content));
  if ((content[0] & 0x80) != 0) return fail(ErrorCode::kNotCanonical, "negative DER integer");
  return content.size() > 1 && content[0] == 0 ? content.subspan(1) : content;
}

Result<void> check_der(ByteView bytes) {
  DerReader reader(bytes);
  HEYAN_TRY(const DerValue value, reader.next());
  HEYAN_CHECK_OK(check_value(value, 0));
  return reader.expect_end();
}

Result<std::string> der_object_identifier(ByteView content) {
  constexpr std::size_t kMostOctets = 64;
  constexpr std::uint64_t kMostBefore = UINT64_MAX >> 8;
  constexpr std::uint8_t kMore = 0x80;
  if (content.empty() || (content.back() & kMore) != 0) {
    return fail(ErrorCode::kMalformed, "an object identifier that ends within a number");
  }
  if (content.size() > kMostOctets) return fail(ErrorCode::kLimit, "a long object identifier");
  std::string text;
  std::uint64_t arc = 0;
  bool begun = false;
  for (const std::uint8_t octet : content) {
    if (!begun && octet == kMore) {
      return fail(ErrorCode::kNotCanonical, "an object identifier with a leading zero");
    }
    if (arc > kMostBefore) return fail(ErrorCode::kLimit, "a large object identifier");
    arc = arc << 7 | (octet & 0x7f);
    begun = (octet & kMore) != 0;
    if (begun) continue;
    if (text.empty()) {
      // X.690 8.19.4: the first two arcs in one number.
      const std::uint64_t first = std::min<std::uint64_t>(arc / 40, 2);
      text = std::to_string(first) + "." + std::to_string(arc - first * 40);
    } else {
      text += "." + std::to_string(arc);
    }
    arc = 0;
  }
  return text;
}

}  // namespace heyan::crypto
