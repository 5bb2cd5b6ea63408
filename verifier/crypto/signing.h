// Private keys: made, read, and used to sign reports. Only the signer, `heyan keys new` and tests
// use this.
#pragma once

#include <memory>
#include <string>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/core/time.h"
#include "verifier/crypto/certificate.h"
#include "verifier/crypto/key.h"
#include "verifier/crypto/signature.h"

namespace heyan::crypto {

// A private key that is kept elsewhere, in a token: it signs digests and never comes out.
class DigestSigner {
 public:
  DigestSigner() = default;
  DigestSigner(const DigestSigner&) = delete;
  DigestSigner& operator=(const DigestSigner&) = delete;
  virtual ~DigestSigner() = default;
  // r || s over a digest, by ECDSA on P-256.
  virtual core::Result<core::Bytes> sign(core::ByteView digest) const = 0;
};

class SigningKey {
 public:
  static core::Result<SigningKey> generate(KeyAlgorithm algorithm);  // kEcdsaP256, kSm2, kEd25519
  static core::Result<SigningKey> from_pem(std::string_view pem);    // PKCS#8, unencrypted
  // kUnsupported: not of P-256; kMalformed: what it signs does not verify with that public key.
  static core::Result<SigningKey> kept_by(std::shared_ptr<const DigestSigner> keeper,
                                          const PublicKey& key);
  std::string to_pem() const;  // never of a key that is kept elsewhere
  const PublicKey& public_key() const;

  // Signature in the scheme's encoding. ECDSA is normalised to low S where the scheme asks for it.
  core::Result<core::Bytes> sign(const Scheme& scheme, core::ByteView message) const;

  // A self-signed certificate of this key: CN as given, digitalSignature, the validity as given.
  core::Result<Certificate> self_signed(std::string_view common_name, core::UtcTime not_before,
                                        core::UtcTime not_after) const;

  // The library's own handle. For verifier/crypto only.
  struct Handle;
  const Handle& handle() const { return *handle_; }

 private:
  explicit SigningKey(std::shared_ptr<const Handle> handle) : handle_(std::move(handle)) {}
  std::shared_ptr<const Handle> handle_;
};

// Bytes from the operating system's generator.
core::Bytes random_bytes(std::size_t count);

}  // namespace heyan::crypto
