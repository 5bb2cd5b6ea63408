#include "verifier/core/cursor.h"

namespace heyan::core {
namespace {

template <typename T>
Result<T> take_big_endian(Cursor& cursor) {
  HEYAN_TRY(const ByteView bytes, cursor.take(sizeof(T)));
  T value = 0;
  for (const std::uint8_t byte : bytes) value = static_cast<T>((value << 8) | byte);
  return value;
}

}  // namespace

Result<ByteView> Cursor::take(std::uint64_t count) {
  if (count > remaining()) {
    return fail(ErrorCode::kTruncated, "fewer bytes remain than needed", offset_);
  }
  const ByteView taken = bytes_.subspan(offset_, static_cast<std::size_t>(count));
  offset_ += taken.size();
  return taken;
}

Result<std::uint8_t> Cursor::take_byte() {
  if (at_end())
    return fail(ErrorCode::kTruncated, "the input ends where a byte is needed", offset_);
  return bytes_[offset_++];
}

Result<std::uint64_t> Cursor::take_varint_of(bool minimal) {
  // Most are one byte long, and proofs are made of them.
  if (!at_end() && bytes_[offset_] < 0x80) return bytes_[offset_++];
  const std::size_t start = offset_;
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 70; shift += 7) {
    HEYAN_TRY(const std::uint8_t byte, take_byte());
    // The tenth byte holds bit 63 alone.
    if (shift == 63 && byte > 1) return fail(ErrorCode::kMalformed, "varint above 64 bits", start);
    value |= std::uint64_t{byte & 0x7fu} << shift;
    if ((byte & 0x80u) != 0) continue;
    if (minimal && byte == 0 && shift != 0) {
      return fail(ErrorCode::kNotCanonical, "varint longer than needed", start);
    }
    return value;
  }
  return fail(ErrorCode::kMalformed, "varint above ten bytes", start);
}

Result<std::uint64_t> Cursor::take_varint() { return take_varint_of(true); }
Result<std::uint64_t> Cursor::take_padded_varint() { return take_varint_of(false); }

Result<std::uint16_t> Cursor::take_u16() { return take_big_endian<std::uint16_t>(*this); }
Result<std::uint32_t> Cursor::take_u32() { return take_big_endian<std::uint32_t>(*this); }
Result<std::uint64_t> Cursor::take_u64() { return take_big_endian<std::uint64_t>(*this); }

Result<void> Cursor::expect_end() const {
  if (!at_end()) return fail(ErrorCode::kTrailing, "bytes follow the end", offset_);
  return {};
}

}  // namespace heyan::core
