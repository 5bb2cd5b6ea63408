// The steps that lead from a file's digest to what a block holds.
//
// Threat: arguments and messages are hostile; every length has a bound, of the reference
// implementation (python-opentimestamps, core/op.py). One thread.
#pragma once

#include <cstdint>
#include <optional>

#include "verifier/core/cursor.h"
#include "verifier/crypto/signature.h"

namespace heyan::ledgers::opentimestamps {

inline constexpr std::size_t kMostMessageBytes = 4096;

enum class Operation : std::uint8_t {
  kSha1 = 0x02,
  kRipemd160 = 0x03,
  kSha256 = 0x08,
  kKeccak256 = 0x67,
  kAppend = 0xf0,
  kPrepend = 0xf1,
  kReverse = 0xf2,
  kHexlify = 0xf3,
};

std::optional<Operation> operation_of(std::uint8_t tag);

// Bytes of the digest; nothing of an operation that is no digest.
std::optional<std::size_t> digest_bytes(Operation operation);

// What the operation makes of the message; its argument is taken from the cursor. kInternal where
// the two libraries compute different digests, any other error where the proof is at fault.
core::Result<core::Bytes> apply(Operation operation, core::ByteView message, core::Cursor& cursor,
                                crypto::SignatureChecker& checker);

}  // namespace heyan::ledgers::opentimestamps
