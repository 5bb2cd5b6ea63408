// What a Certificate and a RevocationList hold. For the .cc files of this folder only.
#pragma once

#include <map>
#include <optional>

#include "verifier/crypto/certificate.h"
#include "verifier/crypto/openssl.h"

namespace heyan::crypto {

// Signed data of X.509: SEQUENCE { signed, AlgorithmIdentifier, BIT STRING } cut apart.
struct SignedData {
  core::ByteView content;    // the signed structure, tag and length included
  core::ByteView algorithm;  // AlgorithmIdentifier, likewise
  core::ByteView signature;  // without the count of unused bits
};

struct Certificate::Parsed {
  core::Bytes der;
  core::Bytes sha256;
  core::Bytes subject;
  core::Bytes issuer;
  core::Bytes serial;
  core::Bytes subject_key_id;
  core::Bytes authority_key_id;
  core::UtcTime not_before;
  core::UtcTime not_after;
  bool is_ca = false;
  PublicKey key;
  SignedData signed_data;  // views of `der`
  X509Ptr x509;            // only read; OpenSSL locks its own caches
};

struct RevocationList::Parsed {
  core::Bytes der;
  core::Bytes issuer;
  core::Bytes authority_key_id;
  core::UtcTime this_update;
  std::optional<core::UtcTime> next_update;
  std::optional<core::UtcTime> keeps_ended_since;
  std::map<core::Bytes, Revocation> revoked;  // by serial
  SignedData signed_data;
};

core::Result<SignedData> split_signed(core::ByteView der);

// Does the key verify `data`? The scheme follows from the AlgorithmIdentifier and the key together.
SignatureOutcome verify_signed(const SignedData& data, const PublicKey& key,
                               SignatureChecker& checker, std::string_view sm2_user_id);

// The scheme of an AlgorithmIdentifier for a key of that algorithm; nothing where they do not
// belong together or the algorithm is not supported. High S is permitted.
std::optional<Scheme> scheme_of(core::ByteView algorithm_identifier, KeyAlgorithm key);

// The hash of an AlgorithmIdentifier, whatever the key.
std::optional<Hash> hash_of_algorithm(core::ByteView algorithm_identifier);

std::optional<core::UtcTime> time_of(const ASN1_TIME* time);
// The content octets as they stood in the DER: OpenSSL keeps sign and magnitude apart.
core::Bytes integer_octets(const ASN1_INTEGER* integer);
core::Bytes name_der(const X509_NAME* name);

}  // namespace heyan::crypto
