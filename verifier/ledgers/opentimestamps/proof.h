// A detached OpenTimestamps file (python-opentimestamps, core/timestamp.py and core/notary.py): the
// digest of a file, and a tree of operations that ends in attestations.
//
// Threat: all of it is hostile. Read once from front to back without recursion; depth, lengths,
// attestations and work have bounds, nothing may be left over. docs/opentimestamps.md names where
// this differs from the reference implementation. One thread.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "verifier/ledgers/opentimestamps/operation.h"

namespace heyan::ledgers::opentimestamps {

inline constexpr std::size_t kMostFileBytes = 1u << 20;
inline constexpr std::size_t kMostDepth = 255;  // operations on one way
inline constexpr std::size_t kMostAttestations = 1024;
inline constexpr std::size_t kMostWorkBytes = 16u << 20;  // that operations are applied to
inline constexpr std::size_t kTagBytes = 8;

enum class ClaimKind : std::uint8_t { kBitcoin, kPending, kLitecoin, kEthereum, kUnknown };

// What one attestation says of the message at its place.
struct Claim {
  ClaimKind kind = ClaimKind::kUnknown;
  std::array<std::uint8_t, kTagBytes> tag{};
  std::uint64_t height = 0;  // of a chain
  std::string uri;           // of the calendar that is to say more: [A-Za-z0-9-._/:]
  core::Bytes root;          // of Bitcoin: the message; empty where it has not 32 bytes
};

struct Proof {
  Operation file_hash = Operation::kSha256;
  core::Bytes file_digest;
  std::vector<Claim> claims;  // at least one; in the order of the file
};

// Do these first bytes begin such a file? False when in doubt.
bool looks_like_proof(core::ByteView head);

// kInternal where two libraries compute different digests; any other error where the file is at
// fault, with the place.
core::Result<Proof> read_proof(core::ByteView bytes, crypto::SignatureChecker& checker);

}  // namespace heyan::ledgers::opentimestamps
