// What a log's entry says: whose signature, over which digest. Kind hashedrekord, in two versions:
//
//   {"apiVersion": "0.0.1", "kind": "hashedrekord", "spec": {
//     "data": {"hash": {"algorithm": "sha256", "value": HEX}},
//     "signature": {"content": BASE64, "publicKey": {"content": BASE64 of a key in PEM}}}}
//   {"apiVersion": "0.0.2", "kind": "hashedrekord", "spec": {"hashedRekordV002": {
//     "data": {"algorithm": "SHA2_256", "digest": BASE64},
//     "signature": {"content": BASE64, "verifier": {"keyDetails": "PKIX_ECDSA_P256_SHA_256",
//                                                   "publicKey": {"rawBytes": BASE64}}}}}}
//
// Threat: a log takes any entry, so that a genuine one proves nothing of a file before all of this
// was compared (CVE-2022-36056, CVE-2026-22703). Source: sigstore/rekor
// pkg/types/hashedrekord/v0.0.1, sigstore/rekor-tiles. Errors: as bundle.h; kUnsupported:
// certificates, another digest or key than ECDSA on P-256 with SHA-256. Pure; any thread.
#pragma once

#include "verifier/crypto/key.h"
#include "verifier/ledgers/sigstore/bundle.h"

namespace heyan::ledgers::sigstore {

struct Body {
  Bytes32 digest{};
  core::Bytes signature;
  crypto::PublicKey key;
};

// Of the kind and version that the bundle states beside it. kChanged: the body says another.
core::Result<Body> read_body(const LogEntry& entry, const core::Limits& limits);

// Of Rekor version 2: no promise, one index.
bool is_second_version(const LogEntry& entry);

}  // namespace heyan::ledgers::sigstore
