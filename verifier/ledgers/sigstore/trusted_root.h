// The logs of a Sigstore trusted root (application/vnd.dev.sigstore.trustedroot+json): whose
// checkpoints and promises a court believes. Of the rest nothing is read.
//
// The id of a key is its whole SHA-256: of the SubjectPublicKeyInfo for ECDSA (Rekor version 1), of
// name, line feed, 01 and the bare key for Ed25519 (version 2, as C2SP signed-note); its first four
// bytes name it in notes. The name of both is the host of `baseUrl`.
//
// Source: sigstore/protobuf-specs protos/sigstore_trustroot.proto, sigstore/rekor-tiles CLIENTS.md.
// Errors: kMalformed (also an id that is not the key's, or no start), kDuplicate, kUnsupported (a
// key that is neither ECDSA on P-256 nor Ed25519). Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "verifier/core/limits.h"
#include "verifier/core/time.h"
#include "verifier/crypto/key.h"
#include "verifier/ledgers/members.h"

namespace heyan::ledgers::sigstore {

struct TrustedLog {
  std::string name;
  Bytes32 id{};
  crypto::PublicKey key;
  core::UtcTime from;                  // both ends are part of it
  std::optional<core::UtcTime> until;  // nothing: still in use

  // Is a line of a note with that name and id this log's?
  bool signs(std::string_view line_name, core::ByteView line_id) const {
    return line_name == name && core::equal(line_id, core::ByteView(id).first(line_id.size()));
  }
  bool is_second_version() const { return key.algorithm() == crypto::KeyAlgorithm::kEd25519; }
};

core::Result<std::vector<TrustedLog>> read_trusted_root(core::ByteView bytes,
                                                        const core::Limits& limits);

}  // namespace heyan::ledgers::sigstore
