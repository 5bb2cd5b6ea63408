// Sigsum's proof of logging, a file of lines NAME=VALUE in three parts:
//
//   version=2                              1 or 2
//   log=KEYHASH
//   leaf=KEYHASH SIGNATURE                 version 1: CHECKSUM(4 digits) KEYHASH SIGNATURE
//   (blank line)
//   size=N  root_hash=HASH  signature=SIGNATURE  cosignature=KEYHASH SECONDS SIGNATURE ...
//   (blank line; this part is absent where the size is 1)
//   leaf_index=N  node_hash=HASH ...
//
// Hashes and signatures are hexadecimal in either case, numbers decimal without leading zeros and
// below 2^63.
//
// Threat: every byte is hostile. A key signs at most once; nothing follows the last part. Source:
// sigsum/sigsum-go doc/sigsum-proof.md, pkg/proof. Errors: kMalformed, kLimit (too long, too many
// lines), kUnsupported (another version). Pure; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/transparency/merkle.h"

namespace heyan::ledgers::sigsum {

inline constexpr std::size_t kProofBytes = 64u << 10;
inline constexpr std::size_t kMostCosignatures = 64;

using KeyHash = std::array<std::uint8_t, 32>;  // SHA-256 of the bare key
using SignatureBytes = std::array<std::uint8_t, 64>;

struct CosignatureLine {
  KeyHash key{};
  std::uint64_t seconds = 0;
  SignatureBytes signature{};
  bool operator==(const CosignatureLine&) const = default;
};

struct Proof {
  KeyHash log{};
  KeyHash submitter{};
  SignatureBytes leaf_signature{};
  std::uint64_t size = 0;
  transparency::TreeHash root{};
  SignatureBytes log_signature{};
  std::vector<CosignatureLine> cosignatures;
  std::uint64_t index = 0;
  std::vector<transparency::TreeHash> path;
  bool operator==(const Proof&) const = default;
};

// "version=" and a digit.
bool looks_like_proof(core::ByteView head);

core::Result<Proof> parse_proof(std::string_view bytes);
// In version 2, which parse_proof reads as the same proof.
std::string encode_proof(const Proof& proof);

}  // namespace heyan::ledgers::sigsum
