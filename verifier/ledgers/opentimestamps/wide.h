// Numbers of 256 bits, as Bitcoin's targets and work are: just the arithmetic that those need.
//
// What does not fit is cut off at 256 bits; callers stay below. Pure; any thread.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>

#include "verifier/core/bytes.h"

namespace heyan::ledgers::opentimestamps {

class Wide {
 public:
  constexpr Wide() = default;
  explicit constexpr Wide(std::uint32_t value) : limbs_{value} {}

  // 32 bytes, the least significant first (a block's hash), or up to 32, the most significant
  // first.
  static Wide from_little_endian(core::ByteView bytes);
  static Wide from_big_endian(core::ByteView bytes);

  // The compact form of a header's `bits`: mantissa × 256^(exponent - 3). Nothing where it is
  // negative, zero or too large (Bitcoin Core, arith_uint256::SetCompact).
  static std::optional<Wide> from_compact(std::uint32_t bits);
  std::uint32_t compact() const;  // cuts off what it cannot hold (GetCompact)

  Wide times(std::uint32_t factor) const;
  Wide over(std::uint32_t divisor) const;  // not zero; rounds down
  Wide over(const Wide& divisor) const;
  Wide plus(const Wide& other) const;
  Wide minus(const Wide& other) const;
  Wide complement() const;

  std::strong_ordering operator<=>(const Wide& other) const;
  bool operator==(const Wide&) const = default;

 private:
  static constexpr std::size_t kLimbs = 8;
  static constexpr unsigned kLimbBits = 32;

  bool bit(unsigned index) const {
    return (limbs_.at(index / kLimbBits) >> index % kLimbBits) & 1u;
  }
  std::uint8_t byte(std::size_t index) const;  // from the least significant
  void set_byte(std::size_t index, std::uint8_t value);
  std::size_t size_in_bytes() const;

  std::array<std::uint32_t, kLimbs> limbs_{};  // the least significant first
};

}  // namespace heyan::ledgers::opentimestamps
