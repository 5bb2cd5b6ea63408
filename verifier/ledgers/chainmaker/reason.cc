#include "verifier/ledgers/chainmaker/reason.h"

namespace heyan::ledgers::chainmaker {

std::string_view name(Reason reason) {
  switch (reason) {
    case Reason::kParse:
      return "PARSE";
    case Reason::kUnsupported:
      return "UNSUPPORTED";
    case Reason::kChainMismatch:
      return "CHAIN_MISMATCH";
    case Reason::kConfigMismatch:
      return "CONFIG_MISMATCH";
    case Reason::kBlockHashMismatch:
      return "BLOCK_HASH_MISMATCH";
    case Reason::kBadProof:
      return "BAD_PROOF";
    case Reason::kTxNotInBlock:
      return "TX_NOT_IN_BLOCK";
    case Reason::kTxFailed:
      return "TX_FAILED";
    case Reason::kRwSetMismatch:
      return "RWSET_MISMATCH";
    case Reason::kQcHashMismatch:
      return "QC_HASH_MISMATCH";
    case Reason::kBadSignature:
      return "BAD_SIGNATURE";
    case Reason::kSignerNotTrusted:
      return "SIGNER_NOT_TRUSTED";
    case Reason::kNoQuorum:
      return "NO_QUORUM";
    case Reason::kBadProposerSignature:
      return "BAD_PROPOSER_SIGNATURE";
    case Reason::kBadSender:
      return "BAD_SENDER";
    case Reason::kBadEndorsement:
      return "BAD_ENDORSEMENT";
    case Reason::kNotCosigned:
      return "NOT_COSIGNED";
  }
  return "";
}

Reasons without_uncounted(Reasons reasons) {
  // Where a signature that voids the proof is at fault, its own reason stands beside these.
  for (const Reason one :
       {Reason::kQcHashMismatch, Reason::kBadSignature, Reason::kSignerNotTrusted})
    reasons.erase(one);
  return reasons;
}

v1::ProofOutcome outcome(const Reasons& reasons) {
  const Reasons deciding = without_uncounted(reasons);
  if (deciding.empty()) return v1::PROOF_OUTCOME_ACCEPT;
  Reasons faults = deciding;
  faults.erase(Reason::kUnsupported);
  faults.erase(Reason::kNotCosigned);
  if (!faults.empty()) return v1::PROOF_OUTCOME_REJECT;
  return deciding.contains(Reason::kUnsupported) ? v1::PROOF_OUTCOME_UNSUPPORTED
                                                 : v1::PROOF_OUTCOME_NOT_COSIGNED;
}

}  // namespace heyan::ledgers::chainmaker
