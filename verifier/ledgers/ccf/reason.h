// Receipts of CCF in their own words (docs/ccf.md).
#pragma once

#include <cstdint>
#include <set>
#include <string_view>

#include "heyan/v1/attestation.pb.h"

namespace heyan::ledgers::ccf {

enum class Reason : std::uint8_t {
  kParse,
  kUnsupported,      // a node key or a claim of a kind that is not known
  kNodeCertificate,  // unreadable, or of an authority
  kNodeId,           // not the hash of the node's key
  kNotEndorsed,      // the node's certificate is not of the service of the trust list
  kRootSignature,    // the node's signature over the root does not verify
  kEnginesDisagree,  // on one of these signatures
  kNoQuorum,         // the operator's signature is not enough by the trust list, or does not count
  kNoClaims,         // the transaction claims nothing, or its claims were not offered
  kClaimsMismatch,   // the claims offered are not those of the transaction
  kRecordUnreadable,
  kEvidenceHashMismatch,
};

// "PARSE", ...
std::string_view name(Reason reason);

using Reasons = std::set<Reason>;

// What leaves nothing of a receipt: nobody is believed to have signed its root.
bool voids(Reason reason);

// ACCEPT where nothing is wrong; INCOMPLETE where only the claims are missing; UNSUPPORTED where
// nothing but a kind is not known; REJECT otherwise.
v1::ProofOutcome outcome(const Reasons& reasons);

}  // namespace heyan::ledgers::ccf
