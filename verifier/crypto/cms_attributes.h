// The signed attributes of a CMS signer, and the algorithms that one may name. For the .cc files of
// this folder only.
#pragma once

#include <optional>

#include "verifier/crypto/der.h"
#include "verifier/crypto/digest.h"
#include "verifier/crypto/key.h"
#include "verifier/crypto/signature.h"

namespace heyan::crypto::cms {

// The digest of a certificate as an ESS attribute has it.
struct CertificateDigest {
  Hash hash = Hash::kSha256;
  core::Bytes digest;
  // IssuerSerial, where it is there: the one issuer's name, and the number's content octets.
  core::Bytes issuer;
  core::Bytes serial;
};

struct SignedAttributes {
  core::Bytes content_type;  // content octets
  core::Bytes message_digest;
  std::vector<CertificateDigest> certificates;  // of version 1 and 2: each must fit
};

// `set`: the attributes as a SET OF. kDuplicate: one of those read stands twice; kUnsupported: the
// digest of the certificate is not of a known hash.
core::Result<SignedAttributes> read_signed_attributes(core::ByteView set);

// Do two distinguished names say the same (RFC 5280 7.1)?
bool is_same_name(core::ByteView a, core::ByteView b);

// Of an AlgorithmIdentifier, with parameters NULL or absent: SHA-1, SHA-256, SHA-384, SHA-512, SM3
// (as itself or "without key", 1.2.156.10197.1.401.1; .2 by mistake for it).
std::optional<Hash> digest_algorithm(core::ByteView algorithm_identifier);

// Likewise, and of what is only compared: MD5 and SHA3-256 too.
std::optional<Hash> imprint_algorithm(core::ByteView algorithm_identifier);

// The scheme of a signer's signatureAlgorithm for that key and digest; nothing where they do not
// belong together, or beyond the lists. SHA-1 has none.
std::optional<Scheme> signer_scheme(core::ByteView algorithm_identifier, KeyAlgorithm key,
                                    Hash digest);

// The one value of that tag that fills `content`.
core::Result<DerValue> only(core::ByteView content, std::uint8_t tag);

}  // namespace heyan::crypto::cms
