#include "verifier/ledgers/fabric/reason.h"

namespace heyan::ledgers::fabric {

std::string_view name(Reason reason) {
  switch (reason) {
    case Reason::kParse:
      return "PARSE";
    case Reason::kConfigAnchor:
      return "CONFIG_ANCHOR";
    case Reason::kConfigChain:
      return "CONFIG_CHAIN";
    case Reason::kConfigMismatch:
      return "CONFIG_MISMATCH";
    case Reason::kHeaderLink:
      return "HEADER_LINK";
    case Reason::kDataHash:
      return "DATA_HASH";
    case Reason::kTxEncoding:
      return "TX_ENCODING";
    case Reason::kOrdererSignature:
      return "ORDERER_SIGNATURE";
    case Reason::kOrdererQuorum:
      return "ORDERER_QUORUM";
    case Reason::kKeyNotFound:
      return "KEY_NOT_FOUND";
    case Reason::kNamespace:
      return "NAMESPACE";
    case Reason::kCreatorSignature:
      return "CREATOR_SIGNATURE";
    case Reason::kTxid:
      return "TXID";
    case Reason::kProposalHash:
      return "PROPOSAL_HASH";
    case Reason::kEndorsementPolicy:
      return "ENDORSEMENT_POLICY";
    case Reason::kMvcc:
      return "MVCC";
    case Reason::kFlagMismatch:
      return "FLAG_MISMATCH";
    case Reason::kFlaggedInvalid:
      return "FLAGGED_INVALID";
    case Reason::kFlagsLength:
      return "FLAGS_LENGTH";
    case Reason::kNoValidationFlags:
      return "NO_VALIDATION_FLAGS";
    case Reason::kDigestMismatch:
      return "DIGEST_MISMATCH";
    case Reason::kCommitHash:
      return "COMMIT_HASH";
    case Reason::kTransaction:
      return "TRANSACTION";
    case Reason::kAttestSignature:
      return "ATTEST_SIGNATURE";
    case Reason::kAttestProposalHash:
      return "ATTEST_PROPOSAL_HASH";
    case Reason::kAttestInconsistent:
      return "ATTEST_INCONSISTENT";
    case Reason::kUnsupported:
      return "UNSUPPORTED";
    case Reason::kChainFork:
      return "CHAIN_FORK";
  }
  return "";
}

Reasons without_uncounted(Reasons reasons) {
  for (const Reason one :
       {Reason::kAttestSignature, Reason::kAttestProposalHash, Reason::kAttestInconsistent})
    reasons.erase(one);
  return reasons;
}

v1::ProofOutcome outcome(const Reasons& reasons) {
  if (reasons.empty()) return v1::PROOF_OUTCOME_ACCEPT;
  if (reasons == Reasons{Reason::kNoValidationFlags}) return v1::PROOF_OUTCOME_INCOMPLETE;
  if (reasons == Reasons{Reason::kUnsupported}) return v1::PROOF_OUTCOME_UNSUPPORTED;
  return v1::PROOF_OUTCOME_REJECT;
}

}  // namespace heyan::ledgers::fabric
