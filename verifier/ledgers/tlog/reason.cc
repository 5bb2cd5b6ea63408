#include "verifier/ledgers/tlog/reason.h"

#include <array>

namespace heyan::ledgers::tlog {

std::string_view name(Reason reason) {
  static constexpr std::array<std::string_view, 19> kNames = {"PARSE",
                                                              "UNSUPPORTED",
                                                              "CHECKPOINT",
                                                              "DUPLICATE_SIGNATURE",
                                                              "ORIGIN",
                                                              "LOG_UNKNOWN",
                                                              "LOG_SIGNATURE_MISSING",
                                                              "LOG_SIGNATURE",
                                                              "COSIGNATURE",
                                                              "ENGINES_DISAGREE",
                                                              "NO_QUORUM",
                                                              "NOT_INCLUDED",
                                                              "NO_RECORD",
                                                              "RECORD_UNREADABLE",
                                                              "EVIDENCE_HASH_MISMATCH",
                                                              "SUBMIT_KEY",
                                                              "LEAF_SIGNATURE",
                                                              "ENTRY_MISMATCH",
                                                              "ENTRY_TIMESTAMP"};
  return kNames.at(static_cast<std::size_t>(reason));
}

bool voids(Reason reason) { return reason < Reason::kNoQuorum; }

v1::ProofOutcome outcome(Reasons reasons) {
  if (reasons.empty()) return v1::PROOF_OUTCOME_ACCEPT;
  if (reasons == Reasons{Reason::kUnsupported}) return v1::PROOF_OUTCOME_UNSUPPORTED;
  reasons.erase(Reason::kNoRecord);
  return reasons.empty() ? v1::PROOF_OUTCOME_INCOMPLETE : v1::PROOF_OUTCOME_REJECT;
}

}  // namespace heyan::ledgers::tlog
