#include "verifier/core/wire.h"

#include <limits>

#include "verifier/core/text.h"

namespace heyan::core {
namespace {

constexpr std::uint64_t kMaxFieldNumber = (1u << 29) - 1;

// Fixed-width numbers are little-endian.
std::uint64_t little_endian(ByteView bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i > 0; --i) value = value << 8 | bytes[i - 1];
  return value;
}

}  // namespace

Result<ByteView> WireField::as_bytes() const {
  if (type != WireType::kBytes) return fail(ErrorCode::kMalformed, "field is not bytes", offset);
  return bytes;
}

Result<std::string_view> WireField::as_utf8() const {
  HEYAN_TRY(const ByteView content, as_bytes());
  if (!is_utf8(as_text(content))) {
    return fail(ErrorCode::kMalformed, "string field is not UTF-8", offset);
  }
  return as_text(content);
}

Result<std::uint64_t> WireField::as_uint64() const {
  if (type != WireType::kVarint) {
    return fail(ErrorCode::kMalformed, "field is not a varint", offset);
  }
  return value;
}

Result<std::uint32_t> WireField::as_uint32() const {
  HEYAN_TRY(const std::uint64_t number64, as_uint64());
  if (number64 > std::numeric_limits<std::uint32_t>::max()) {
    return fail(ErrorCode::kMalformed, "number does not fit 32 bits", offset);
  }
  return static_cast<std::uint32_t>(number64);
}

Result<std::int32_t> WireField::as_int32() const {
  HEYAN_TRY(const std::uint64_t number64, as_uint64());
  const auto number_signed = static_cast<std::int64_t>(number64);
  if (number_signed < std::numeric_limits<std::int32_t>::min() ||
      number_signed > std::numeric_limits<std::int32_t>::max()) {
    return fail(ErrorCode::kMalformed, "number does not fit 32 bits", offset);
  }
  return static_cast<std::int32_t>(number_signed);
}

Result<bool> WireField::as_bool() const {
  HEYAN_TRY(const std::uint64_t number64, as_uint64());
  if (number64 > 1) return fail(ErrorCode::kMalformed, "bool is neither 0 nor 1", offset);
  return number64 == 1;
}

Result<std::uint64_t> WireReader::take_value() {
  return options_.minimal_values ? cursor_.take_varint() : cursor_.take_padded_varint();
}

Result<std::optional<WireField>> WireReader::next() {
  if (cursor_.at_end()) return std::nullopt;
  WireField field;
  field.offset = cursor_.offset();
  HEYAN_TRY(const std::uint64_t tag, cursor_.take_varint());
  const std::uint64_t number = tag >> 3;
  if (number < 1 || number > kMaxFieldNumber) {
    return fail(ErrorCode::kMalformed, "field number out of range", field.offset);
  }
  field.number = static_cast<std::uint32_t>(number);
  field.type = static_cast<WireType>(tag & 7u);
  switch (field.type) {
    case WireType::kVarint: {
      HEYAN_TRY(field.value, take_value());
      return field;
    }
    case WireType::kBytes: {
      HEYAN_TRY(const std::uint64_t length, cursor_.take_varint());
      HEYAN_TRY(field.bytes, cursor_.take(length));
      return field;
    }
    case WireType::kFixed64:
    case WireType::kFixed32: {
      HEYAN_TRY(const ByteView fixed, cursor_.take(field.type == WireType::kFixed64 ? 8 : 4));
      field.value = little_endian(fixed);
      return field;
    }
  }
  return fail(ErrorCode::kMalformed, "wire type is a group or reserved", field.offset);
}

Result<void> FieldsSeen::once(const WireField& field) {
  if (field.number >= 64) {
    return fail(ErrorCode::kUnsupported, "field number above 63", field.offset);
  }
  if (has(field.number)) {
    return fail(ErrorCode::kDuplicate, "field stands twice", field.offset);
  }
  seen_ |= std::uint64_t{1} << field.number;
  return {};
}

}  // namespace heyan::core
