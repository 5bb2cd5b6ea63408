// A read position over bytes that never reads past the end and never allocates.
//
// Threat: lengths come from an attacker. `take` compares with what remains and never adds to a
// pointer first.
#pragma once

#include <cstdint>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::core {

class Cursor {
 public:
  explicit Cursor(ByteView bytes) : bytes_(bytes) {}

  std::size_t offset() const { return offset_; }
  std::size_t remaining() const { return bytes_.size() - offset_; }
  bool at_end() const { return remaining() == 0; }

  // The next `count` bytes; kTruncated where fewer remain.
  Result<ByteView> take(std::uint64_t count);
  Result<std::uint8_t> take_byte();

  // Base-128 varint (protobuf encoding, "Base 128 Varints"): at most ten bytes, at most 64 bits,
  // minimal length.
  Result<std::uint64_t> take_varint();
  // The same, but zero padding up to the tenth byte is accepted.
  Result<std::uint64_t> take_padded_varint();

  // Big-endian unsigned integers.
  Result<std::uint16_t> take_u16();
  Result<std::uint32_t> take_u32();
  Result<std::uint64_t> take_u64();

  // Ok only where everything was consumed; kTrailing otherwise.
  Result<void> expect_end() const;

 private:
  Result<std::uint64_t> take_varint_of(bool minimal);

  ByteView bytes_;
  std::size_t offset_ = 0;
};

}  // namespace heyan::core
