#include "verifier/ledgers/opentimestamps/header.h"

#include <algorithm>

#include "verifier/crypto/digest.h"

namespace heyan::ledgers::opentimestamps {
namespace {

constexpr std::int64_t kMostChange = 4;  // between periods, either way

const Wide& easiest() {
  static const Wide kEasiest = Wide::from_compact(kEasiestBits).value_or(Wide());
  return kEasiest;
}

}  // namespace

std::optional<BlockHeader> BlockHeader::read(core::ByteView bytes) {
  if (bytes.size() != kHeaderBytes) return std::nullopt;
  BlockHeader header;
  std::ranges::copy(bytes, header.bytes_.begin());
  return header;
}

std::uint32_t BlockHeader::number(std::size_t at) const {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8 | bytes_.at(at + i);
  return value;
}

std::optional<Wide> BlockHeader::target() const {
  const auto target = Wide::from_compact(bits());
  return target && *target <= easiest() ? target : std::nullopt;
}

core::Bytes BlockHeader::hash() const { return crypto::sha256(crypto::sha256(bytes_)); }

Wide work_of(std::uint32_t bits) {
  const auto target = Wide::from_compact(bits);
  if (!target) return {};
  // 2^256 / (target + 1), without the number that does not fit.
  return target->complement().over(target->plus(Wide(1))).plus(Wide(1));
}

std::uint32_t next_bits(std::uint32_t bits, std::uint32_t first_time, std::uint32_t last_time) {
  const auto target = Wide::from_compact(bits);
  if (!target) return 0;
  constexpr std::int64_t kMeant = kPeriodSeconds;
  const std::int64_t took = std::clamp(std::int64_t{last_time} - std::int64_t{first_time},
                                       kMeant / kMostChange, kMeant * kMostChange);
  const Wide next = target->times(static_cast<std::uint32_t>(took)).over(kPeriodSeconds);
  return std::min(next, easiest()).compact();
}

}  // namespace heyan::ledgers::opentimestamps
