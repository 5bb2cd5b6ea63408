// A receipt of a CCF ledger, in JSON: alone, or within the answer of the service together with the
// claims of the application.
//
//   {"cert": PEM, "node_id": HEX, "signature": BASE64, "proof": [{"left": HEX} | {"right":
//   HEX}...],
//    "leaf_components": {"write_set_digest": HEX, "commit_evidence": TEXT, "claims_digest": HEX},
//    "service_endorsements": [PEM...], "is_signature_transaction": BOOLEAN}
//   {"receipt": {...}, "applicationClaims": [...], "state": "Ready", "transactionId": "2.13"}
//
// All names may be in camel case instead ("leafComponents"); then all are. The last two members may
// be absent. The receipt of a signature transaction has "leaf" instead of "leaf_components", and an
// empty proof.
//
// Threat: every byte is hostile. A leaf is SHA-256 of three digests and an inner node of two,
// without a prefix: only parts of exactly 32 bytes keep them apart, so nothing else is read.
// Unknown and duplicate members are refused. Source: microsoft/CCF doc/use_apps/verify_tx.rst,
// src/node/historical_queries. Errors: kMalformed, kUnknown, kDuplicate, kLimit, kUnsupported
// (claims of another kind). Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/core/limits.h"
#include "verifier/ledgers/ccf/claims.h"

namespace heyan::ledgers::ccf {

inline constexpr std::size_t kAnswerBytes = 4u << 20;
inline constexpr std::size_t kMostSteps = 63;
inline constexpr std::size_t kMostEndorsements = 16;

struct Step {
  bool left = false;  // the hash stands left of what was folded so far
  Bytes32 hash{};
};

struct LeafParts {
  Bytes32 write_set{};
  Bytes32 claims{};         // all zero: nothing is claimed
  std::string evidence;     // "ce:VIEW.SEQNO:HEX"
  std::string transaction;  // "VIEW.SEQNO" of it
  std::uint64_t seqno = 0;

  bool claims_nothing() const { return claims == Bytes32{}; }
};

struct Receipt {
  std::string certificate;  // of the node, PEM
  Bytes32 node{};           // SHA-256 of its key, as stated
  std::optional<LeafParts> leaf;
  Bytes32 signed_root{};  // where there is no leaf: what a signature transaction signs
  std::vector<Step> path;
  std::vector<std::string> endorsements;  // of earlier identities of the service, PEM
  core::Bytes signature;                  // ECDSA over the root, DER
};

struct Answer {
  Receipt receipt;
  std::optional<std::vector<Claim>> claims;
};

// Begins as one of the two forms does.
bool looks_like_receipt(core::ByteView head);

core::Result<Answer> read_answer(core::ByteView bytes, const core::Limits& limits);

}  // namespace heyan::ledgers::ccf
