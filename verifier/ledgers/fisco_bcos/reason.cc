#include "verifier/ledgers/fisco_bcos/reason.h"

namespace heyan::ledgers::fisco_bcos {

std::string_view name(Reason reason) {
  switch (reason) {
    case Reason::kParse:
      return "PARSE";
    case Reason::kBadProof:
      return "BAD_PROOF";
    case Reason::kUnsupported:
      return "UNSUPPORTED";
    case Reason::kChainMismatch:
      return "CHAIN_MISMATCH";
    case Reason::kBlockHashMismatch:
      return "BLOCK_HASH_MISMATCH";
    case Reason::kTxHashMismatch:
      return "TX_HASH_MISMATCH";
    case Reason::kTxNotInBlock:
      return "TX_NOT_IN_BLOCK";
    case Reason::kReceiptHashMismatch:
      return "RECEIPT_HASH_MISMATCH";
    case Reason::kReceiptNotInBlock:
      return "RECEIPT_NOT_IN_BLOCK";
    case Reason::kReceiptOfOtherTx:
      return "RECEIPT_OF_OTHER_TX";
    case Reason::kTxFailed:
      return "TX_FAILED";
    case Reason::kSignerNotTrusted:
      return "SIGNER_NOT_TRUSTED";
    case Reason::kBadSignature:
      return "BAD_SIGNATURE";
    case Reason::kNoQuorum:
      return "NO_QUORUM";
    case Reason::kBadSender:
      return "BAD_SENDER";
    case Reason::kBadEndorsement:
      return "BAD_ENDORSEMENT";
    case Reason::kNamespace:
      return "NAMESPACE";
    case Reason::kCallUnreadable:
      return "CALL_UNREADABLE";
    case Reason::kEvidenceHashMismatch:
      return "EVIDENCE_HASH_MISMATCH";
    case Reason::kNoReceipt:
      return "NO_RECEIPT";
    case Reason::kNoTransaction:
      return "NO_TRANSACTION";
  }
  return "";
}

v1::ProofOutcome outcome(Reasons reasons) {
  // Where it matters, the quorum is missed as well.
  reasons.erase(Reason::kBadSignature);
  if (reasons.empty()) return v1::PROOF_OUTCOME_ACCEPT;
  if (reasons == Reasons{Reason::kUnsupported}) return v1::PROOF_OUTCOME_UNSUPPORTED;
  reasons.erase(Reason::kNoReceipt);
  reasons.erase(Reason::kNoTransaction);
  return reasons.empty() ? v1::PROOF_OUTCOME_INCOMPLETE : v1::PROOF_OUTCOME_REJECT;
}

}  // namespace heyan::ledgers::fisco_bcos
