// The named curves: what the gate and the key reader compare with.
//
// Source: SEC 2 2.4.1, 2.4.2, 2.5.1; RFC 5480 2.1.1; GB/T 32918.5. Constants only.
#pragma once

#include "verifier/core/bytes.h"
#include "verifier/crypto/key.h"

namespace heyan::crypto {

struct Curve {
  KeyAlgorithm algorithm;
  const char* openssl_group;
  const char* botan_group;
  std::size_t bytes;           // of a coordinate and of the group order
  core::ByteView order;        // big-endian, `bytes` long
  core::ByteView half_order;   // floor(order / 2)
  core::ByteView spki_prefix;  // SubjectPublicKeyInfo up to the point
};

// The curve of an ECDSA or SM2 key; null for RSA and Ed25519.
const Curve* curve_of(KeyAlgorithm algorithm);

// SubjectPublicKeyInfo of Ed25519 up to the 32 bytes (RFC 8410 section 4).
core::ByteView ed25519_spki_prefix();

}  // namespace heyan::crypto
