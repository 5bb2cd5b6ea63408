// Which chain: its generation and its algorithms. As the trust list says, never as a proof says.
#pragma once

#include <cstdint>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::ledgers::fisco_bcos {

using core::Bytes;
using core::ByteView;
using core::Result;

enum class Generation : std::uint8_t { k2, k3 };

enum class Crypto : std::uint8_t {
  kEcdsa,  // secp256k1 and Keccak-256
  kSm,     // SM2 and SM3
};

struct Form {
  Generation generation = Generation::k3;
  Crypto crypto = Crypto::kSm;
  bool is_sm() const { return crypto == Crypto::kSm; }
};

inline constexpr std::size_t kHashBytes = 32;
inline constexpr std::size_t kNodeIdBytes = 64;  // X || Y of the node's key
inline constexpr std::size_t kAddressBytes = 20;
inline constexpr std::size_t kBloomBytes = 256;

}  // namespace heyan::ledgers::fisco_bcos
