// Fabric's own words for what a proof lacks (docs/fabric.md): the strict outcome of one
// proof, before any verdict of a report.
#pragma once

#include <set>
#include <string_view>

#include "heyan/v1/attestation.pb.h"

namespace heyan::ledgers::fabric {

enum class Reason : std::uint8_t {
  kParse,
  kConfigAnchor,
  kConfigChain,
  kConfigMismatch,
  kHeaderLink,
  kDataHash,
  kTxEncoding,
  kOrdererSignature,
  kOrdererQuorum,
  kKeyNotFound,
  kNamespace,
  kCreatorSignature,
  kTxid,
  kProposalHash,
  kEndorsementPolicy,
  kMvcc,
  kFlagMismatch,
  kFlaggedInvalid,
  kFlagsLength,
  kNoValidationFlags,
  kDigestMismatch,
  kCommitHash,
  kTransaction,  // the transaction is refused for a reason without a name of its own
  kAttestSignature,
  kAttestProposalHash,
  kAttestInconsistent,
  kUnsupported,
  kChainFork,  // two blocks that the orderers signed cannot both stand on one chain
};

// "DATA_HASH", ...
std::string_view name(Reason reason);

using Reasons = std::set<Reason>;

// Without those that leave a further proof uncounted and take nothing from the record's own:
// answers that fail.
Reasons without_uncounted(Reasons reasons);

// ACCEPT without reasons; INCOMPLETE where nothing but the peers' flags is missing; UNSUPPORTED
// where nothing else is wrong; REJECT otherwise.
v1::ProofOutcome outcome(const Reasons& reasons);

// Peer's validation codes (fabric-protos peer/transaction.proto) that this verifier computes.
enum Code : std::uint8_t {
  kValid = 0,
  kNilEnvelope = 1,
  kBadPayload = 2,
  kBadCommonHeader = 3,
  kBadCreatorSignature = 4,
  kInvalidEndorserTransaction = 5,
  kUnsupportedTxPayload = 7,
  kBadProposalTxid = 8,
  kDuplicateTxid = 9,
  kEndorsementPolicyFailure = 10,
  kMvccReadConflict = 11,
  kPhantomReadConflict = 12,
  kBadHeaderExtension = 19,
  kBadResponsePayload = 21,
  kBadRwset = 22,
  kIllegalWriteset = 23,
  kInvalidChaincode = 25,
  kInvalidOtherReason = 255,
};

}  // namespace heyan::ledgers::fabric
