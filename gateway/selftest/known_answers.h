// Known answers for the self-test: third parties' vectors, one for each algorithm that decides.
#pragma once

#include <span>
#include <string_view>

#include "verifier/crypto/digest.h"
#include "verifier/crypto/key.h"
#include "verifier/crypto/signature.h"

namespace heyan::selftest {

struct DigestAnswer {
  crypto::Hash hash;
  std::string_view message;
  std::string_view digest_hex;
};

struct SignatureAnswer {
  std::string_view name;
  crypto::KeyAlgorithm algorithm;
  std::string_view key_hex;  // RSA: SubjectPublicKeyInfo; otherwise the point
  crypto::SignatureKind kind;
  crypto::Hash hash;
  std::string_view message_hex;
  std::string_view signature_hex;  // r || s, or the bytes of RSA and Ed25519
};

// "abc" by FIPS 180-4, RFC 1321, GB/T 32905 and the Keccak team.
std::span<const DigestAnswer> digest_answers();
// NIST CAVP (ECDSA P-256 and P-384, RSA PKCS#1), pyca/cryptography (secp256k1), ed25519.cr.yp.to,
// GB/T 32918.5 (SM2), and one RSA-PSS signature made with OpenSSL 3.0.
std::span<const SignatureAnswer> signature_answers();

}  // namespace heyan::selftest
