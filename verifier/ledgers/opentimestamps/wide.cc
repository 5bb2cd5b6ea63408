#include "verifier/ledgers/opentimestamps/wide.h"

#include <algorithm>

namespace heyan::ledgers::opentimestamps {
namespace {

constexpr std::size_t kBytes = 32;
constexpr unsigned kByteBits = 8;
constexpr std::size_t kLimbBytes = 4;
constexpr std::size_t kMantissaBytes = 3;
constexpr std::uint32_t kSign = 0x00800000;

std::uint32_t low(std::uint64_t value) { return static_cast<std::uint32_t>(value); }

}  // namespace

std::uint8_t Wide::byte(std::size_t index) const {
  const auto shift = static_cast<unsigned>(index % kLimbBytes) * kByteBits;
  return static_cast<std::uint8_t>(limbs_.at(index / kLimbBytes) >> shift);
}

void Wide::set_byte(std::size_t index, std::uint8_t value) {
  const auto shift = static_cast<unsigned>(index % kLimbBytes) * kByteBits;
  limbs_.at(index / kLimbBytes) |= std::uint32_t{value} << shift;
}

std::size_t Wide::size_in_bytes() const {
  std::size_t size = kBytes;
  while (size > 0 && byte(size - 1) == 0) --size;
  return size;
}

Wide Wide::from_little_endian(core::ByteView bytes) {
  Wide number;
  for (std::size_t i = 0; i < std::min(bytes.size(), kBytes); ++i) number.set_byte(i, bytes[i]);
  return number;
}

Wide Wide::from_big_endian(core::ByteView bytes) {
  Wide number;
  for (std::size_t i = 0; i < std::min(bytes.size(), kBytes); ++i)
    number.set_byte(i, bytes[bytes.size() - 1 - i]);
  return number;
}

std::optional<Wide> Wide::from_compact(std::uint32_t bits) {
  const std::size_t size = bits >> 24;
  if ((bits & kSign) != 0) return std::nullopt;
  Wide number;
  for (std::size_t i = 0; i < kMantissaBytes; ++i) {
    const auto part = static_cast<std::uint8_t>(bits >> (i * kByteBits));
    const std::size_t place = i + size;  // of the number, less the three bytes of the mantissa
    if (part == 0 || place < kMantissaBytes) continue;
    if (place - kMantissaBytes >= kBytes) return std::nullopt;
    number.set_byte(place - kMantissaBytes, part);
  }
  return number == Wide() ? std::nullopt : std::optional(number);
}

std::uint32_t Wide::compact() const {
  std::size_t size = size_in_bytes();
  std::uint32_t mantissa = 0;
  for (std::size_t i = 0; i < kMantissaBytes; ++i) {
    mantissa <<= kByteBits;
    if (size > i) mantissa |= byte(size - 1 - i);
  }
  // The highest bit means minus, so a byte more is taken.
  if ((mantissa & kSign) != 0) {
    mantissa >>= kByteBits;
    ++size;
  }
  return mantissa | low(size) << 24;
}

Wide Wide::times(std::uint32_t factor) const {
  Wide product;
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < kLimbs; ++i) {
    carry += std::uint64_t{limbs_.at(i)} * factor;
    product.limbs_.at(i) = low(carry);
    carry >>= kLimbBits;
  }
  return product;
}

Wide Wide::over(std::uint32_t divisor) const {
  Wide quotient;
  std::uint64_t rest = 0;
  for (std::size_t i = kLimbs; i-- > 0;) {
    rest = rest << kLimbBits | limbs_.at(i);
    quotient.limbs_.at(i) = low(rest / divisor);
    rest %= divisor;
  }
  return quotient;
}

Wide Wide::over(const Wide& divisor) const {
  Wide quotient;
  Wide rest;
  for (unsigned i = kLimbs * kLimbBits; i-- > 0;) {
    rest = rest.plus(rest);
    if (bit(i)) rest.limbs_.front() |= 1u;
    if (rest < divisor) continue;
    rest = rest.minus(divisor);
    quotient.limbs_.at(i / kLimbBits) |= 1u << i % kLimbBits;
  }
  return quotient;
}

Wide Wide::plus(const Wide& other) const {
  Wide sum;
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < kLimbs; ++i) {
    carry += std::uint64_t{limbs_.at(i)} + other.limbs_.at(i);
    sum.limbs_.at(i) = low(carry);
    carry >>= kLimbBits;
  }
  return sum;
}

Wide Wide::minus(const Wide& other) const { return plus(other.complement()).plus(Wide(1)); }

Wide Wide::complement() const {
  Wide inverted;
  std::ranges::transform(limbs_, inverted.limbs_.begin(), [](std::uint32_t limb) { return ~limb; });
  return inverted;
}

std::strong_ordering Wide::operator<=>(const Wide& other) const {
  return std::lexicographical_compare_three_way(limbs_.rbegin(), limbs_.rend(),
                                                other.limbs_.rbegin(), other.limbs_.rend());
}

}  // namespace heyan::ledgers::opentimestamps
