// One block header of Bitcoin: 80 bytes, little-endian, and the work in it.
//
// Threat: anyone can make a header that meets an easy target; what the target must be, only the
// chain says (headers.h). Source: Bitcoin Core, primitives/block.h and pow.cpp. Pure; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "verifier/ledgers/opentimestamps/wide.h"

namespace heyan::ledgers::opentimestamps {

inline constexpr std::size_t kHeaderBytes = 80;
inline constexpr std::size_t kHashBytes = 32;
// Blocks of one difficulty, and the seconds that they are meant to take.
inline constexpr std::uint32_t kPeriodBlocks = 2016;
inline constexpr std::uint32_t kPeriodSeconds = 1'209'600;
// The easiest target of the main chain.
inline constexpr std::uint32_t kEasiestBits = 0x1d00ffff;

class BlockHeader {
 public:
  // Nothing where it is not 80 bytes.
  static std::optional<BlockHeader> read(core::ByteView bytes);

  core::ByteView bytes() const { return bytes_; }
  core::ByteView previous() const { return core::ByteView(bytes_).subspan(4, kHashBytes); }
  core::ByteView root() const { return core::ByteView(bytes_).subspan(36, kHashBytes); }
  std::uint32_t time() const { return number(68); }  // seconds since 1970, as the miner says
  std::uint32_t bits() const { return number(72); }

  // What its hash may be at most; nothing where `bits` is no target, or an easier one than the main
  // chain has.
  std::optional<Wide> target() const;
  // SHA-256 twice, the least significant byte first, by OpenSSL alone: for lists that a court
  // keeps.
  core::Bytes hash() const;

  bool operator==(const BlockHeader&) const = default;

 private:
  std::uint32_t number(std::size_t at) const;

  std::array<std::uint8_t, kHeaderBytes> bytes_{};
};

// Hashes that it takes on average to meet the target of `bits`; zero where that is none.
Wide work_of(std::uint32_t bits);

// The target after a period that began and ended at these times (pow.cpp,
// CalculateNextWorkRequired).
std::uint32_t next_bits(std::uint32_t bits, std::uint32_t first_time, std::uint32_t last_time);

}  // namespace heyan::ledgers::opentimestamps
