// A public key, read strictly.
//
// Threat: key bytes come from certificates and trust lists. Only named curves, uncompressed points
// on the curve, RSA within Limits, no small-order Ed25519 point (OpenSSL 3.0 accepts those).
// Source: RFC 5280 4.1.2.7, RFC 5480, RFC 8017 A.1, RFC 8410, GB/T 35276 (SM2). Values, cheap to
// copy; any thread.
#pragma once

#include <memory>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/core/limits.h"

namespace heyan::crypto {

enum class KeyAlgorithm : std::uint8_t { kEcdsaP256, kEcdsaP384, kSecp256k1, kRsa, kEd25519, kSm2 };

// "ecdsa-p256" "ecdsa-p384" "secp256k1" "rsa" "ed25519" "sm2", as the trust list writes them.
std::string_view name(KeyAlgorithm algorithm);
std::optional<KeyAlgorithm> key_algorithm_by_name(std::string_view name);

class PublicKey {
 public:
  // SubjectPublicKeyInfo, DER: canonical, nothing after it.
  static core::Result<PublicKey> from_spki(core::ByteView der, const core::Limits& limits = {});
  // One PEM block "PUBLIC KEY", nothing but white space around it.
  static core::Result<PublicKey> from_pem(std::string_view pem, const core::Limits& limits = {});
  // A bare point (04 || X || Y) on the curve of `algorithm`, or 32 bytes of Ed25519. Not for RSA.
  static core::Result<PublicKey> from_point(KeyAlgorithm algorithm, core::ByteView point);

  KeyAlgorithm algorithm() const;
  core::ByteView spki() const;    // canonical DER
  core::ByteView sha256() const;  // of spki()
  core::ByteView point() const;   // 04 || X || Y, or the 32 bytes of Ed25519; empty for RSA
  std::size_t bits() const;       // of the modulus or the group order
  bool operator==(const PublicKey& other) const;

  // The libraries' own handles, made once when the key was read. For verifier/crypto only.
  struct Handles;
  const Handles& handles() const { return *handles_; }

 private:
  explicit PublicKey(std::shared_ptr<const Handles> handles) : handles_(std::move(handles)) {}
  std::shared_ptr<const Handles> handles_;
};

}  // namespace heyan::crypto
