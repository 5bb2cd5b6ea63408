// The trust list and the policy as one signed object: which list and policy a court approved, by
// their digests, signed by k of n court keys that were pinned when the system was installed
// (security decision 6).
//
//   {"payload": B64URL(statement), "signatures": [{"protected": B64URL(header), "signature":
//   B64URL(r || s)}, ...]}
//   header {"alg":"ES256","kid":HEX(SHA-256(SubjectPublicKeyInfo)),"typ":"heyan-trust-bundle+jws"}
//   statement  {"id","issued","nextUpdate","policy":HEX,"sample","schema":"heyan.trust-bundle.v1",
//              "trustList":HEX,"version"}
//
// All canonical JSON (RFC 8785); RFC 7515 general serialisation. The digests are TrustList::digest
// and Policy::digest, so a signer can hold a report against the bundle without reading a list.
//
// Threat: whoever may write the files could otherwise change whom the court believes. Only pinned
// keys count, each once; every signature that is there must verify; nothing unknown is accepted.
// Pure, any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/core/time.h"
#include "verifier/crypto/key.h"
#include "verifier/crypto/signature.h"
#include "verifier/crypto/signing.h"

namespace heyan::trust {

struct TrustBundle {
  std::string id;
  std::int64_t version = 0;
  core::UtcTime issued;
  core::UtcTime next_update;
  bool sample = false;
  core::Bytes trust_list;  // SHA-256
  core::Bytes policy;      // SHA-256
  bool operator==(const TrustBundle&) const = default;
};

// Signs with each of the P-256 keys.
core::Result<std::string> sign_trust_bundle(const TrustBundle& bundle,
                                            std::span<const crypto::SigningKey> keys);

// kMalformed, kNotCanonical: not such a document; kUnsupported: fewer than `at_least` pinned keys
// signed, an unknown key signed, or a signature does not verify.
core::Result<TrustBundle> verify_trust_bundle(core::ByteView document,
                                              std::span<const crypto::PublicKey> pinned,
                                              std::size_t at_least,
                                              crypto::SignatureChecker& checker);

}  // namespace heyan::trust
