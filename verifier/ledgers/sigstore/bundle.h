// A Sigstore bundle, versions 0.1 to 0.3, of a file that was signed with a managed key:
//
//   {"mediaType": TYPE,
//    "verificationMaterial": {"publicKey": {"hint": TEXT}, "tlogEntries": [ENTRY],
//                             "timestampVerificationData": {...}},
//    "messageSignature": {"messageDigest": {"algorithm": "SHA2_256", "digest": BASE64},
//                         "signature": BASE64}}
//   ENTRY: {"logIndex": "N", "logId": {"keyId": BASE64}, "kindVersion": {"kind", "version"},
//           "integratedTime": "N", "inclusionPromise": {"signedEntryTimestamp": BASE64},
//           "inclusionProof": {"logIndex": "N", "rootHash": BASE64, "treeSize": "N",
//             "hashes": [BASE64...], "checkpoint": {"envelope": NOTE}}, "canonicalizedBody":
//             BASE64}
//
// Threat: every byte is hostile. Unknown and duplicate members are refused; numbers are decimal
// texts without sign or leading zero. One entry. Source: sigstore/protobuf-specs
// protos/sigstore_bundle.proto, sigstore_rekor.proto. Errors: kMalformed, kUnknown, kDuplicate,
// kLimit; kUnsupported: certificates, DSSE envelopes, several entries. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/core/limits.h"
#include "verifier/ledgers/members.h"
#include "verifier/transparency/merkle.h"

namespace heyan::ledgers::sigstore {

inline constexpr std::size_t kBundleBytes = 1u << 20;

struct LogEntry {
  Bytes32 log{};  // id of its key
  std::string kind;
  std::string version;
  std::uint64_t log_index = 0;           // over all trees of the log
  std::uint64_t integrated_seconds = 0;  // POSIX; worth what the promise is worth
  core::Bytes promise;                   // signed entry timestamp; empty: none
  std::uint64_t index = 0;               // in the tree of the checkpoint
  std::uint64_t size = 0;
  transparency::TreeHash root{};
  std::vector<transparency::TreeHash> path;
  std::string checkpoint;  // a signed note
  core::Bytes body;        // the leaf, as it is
};

struct Bundle {
  Bytes32 digest{};  // of the file, as stated
  core::Bytes signature;
  LogEntry entry;
};

// Begins as a bundle does.
bool looks_like_bundle(core::ByteView head);

// Time stamps are not looked at.
core::Result<Bundle> read_bundle(core::ByteView bytes, const core::Limits& limits);

// In canonical JSON with that checkpoint, and without the hint and time stamps, which no log and no
// key signed. Of bytes that read_bundle takes.
std::string write_signed_parts(core::ByteView bytes, const std::string& checkpoint,
                               const core::Limits& limits);

}  // namespace heyan::ledgers::sigstore
