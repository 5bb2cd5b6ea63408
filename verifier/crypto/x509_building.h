// Filling and signing an X509 with OpenSSL. For the .cc files of this folder only.
#pragma once

#include <string_view>

#include "verifier/core/time.h"
#include "verifier/crypto/certificate.h"
#include "verifier/crypto/openssl.h"
#include "verifier/crypto/signing.h"

namespace heyan::crypto {

struct SigningKey::Handle {
  KeyPtr pkey;  // null where the private key is kept elsewhere
  PublicKey public_key;
  std::shared_ptr<const DigestSigner> keeper = nullptr;
};

KeyPtr openssl_public_key(const PublicKey& key);

// Version, serial, subject, validity and key. The issuer is the subject.
bool fill_x509(X509* x509, EVP_PKEY* subject, std::string_view common_name,
               core::UtcTime not_before, core::UtcTime not_after);
// `value` as OpenSSL's configuration writes it; never from outside.
bool add_extension(X509* x509, X509* issuer, int nid, const char* value);
bool sign_x509(X509* x509, EVP_PKEY* issuer, KeyAlgorithm algorithm);

// The same certificate signed by a key that is kept elsewhere. It must have been signed by some key
// of P-256: that names the algorithm within it.
core::Result<Certificate> resign_x509(X509* x509, const DigestSigner& keeper);

// Read again by our own strict reader.
core::Result<Certificate> finish_x509(X509* x509);

}  // namespace heyan::crypto
