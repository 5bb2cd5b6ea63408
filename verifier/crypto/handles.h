// What a PublicKey holds, and the functions of each library that make and use it. For this folder
// only.
//
// No library header stands here: each library's key is an incomplete type that its own .cc file
// completes. Everything here is read-only once made: any thread.
#pragma once

#include <memory>

#include "verifier/core/bytes.h"
#include "verifier/crypto/key.h"
#include "verifier/crypto/signature.h"

namespace heyan::crypto {

struct OpensslKey;
struct BotanKey;

// The numbers of an RSA key, big-endian without leading zeros.
struct RsaNumbers {
  core::Bytes modulus;
  core::Bytes exponent;
};

struct PublicKey::Handles {
  KeyAlgorithm algorithm = KeyAlgorithm::kEcdsaP256;
  core::Bytes spki;
  core::Bytes sha256;
  core::Bytes point;
  RsaNumbers rsa;
  bool pss_only = false;  // an RSA key that signs with PSS alone
  std::size_t bits = 0;
  std::shared_ptr<const OpensslKey> openssl;
  std::shared_ptr<const BotanKey> botan;  // null for Ed25519: sodium needs only the point
};

// Null where the library refuses the key, for example a point that is not on the curve.
std::shared_ptr<const OpensslKey> openssl_key(const PublicKey::Handles& handles);
std::shared_ptr<const BotanKey> botan_key(const PublicKey::Handles& handles);

// Canonical, on the curve, of prime order: so neither small-order nor of mixed order.
bool sodium_accepts_point(core::ByteView point);

// Each takes what the gate let through: r || s, or the bytes of RSA and Ed25519.
bool openssl_verify(const PublicKey::Handles& key, const Scheme& scheme, core::ByteView message,
                    core::ByteView signature);
bool botan_verify(const PublicKey::Handles& key, const Scheme& scheme, core::ByteView message,
                  core::ByteView signature);
bool sodium_verify(core::ByteView point, core::ByteView message, core::ByteView signature);

}  // namespace heyan::crypto
