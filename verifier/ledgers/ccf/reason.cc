#include "verifier/ledgers/ccf/reason.h"

#include <array>

namespace heyan::ledgers::ccf {

std::string_view name(Reason reason) {
  static constexpr std::array<std::string_view, 12> kNames = {
      "PARSE",        "UNSUPPORTED",     "NODE_CERTIFICATE",  "NODE_ID",
      "NOT_ENDORSED", "ROOT_SIGNATURE",  "ENGINES_DISAGREE",  "NO_QUORUM",
      "NO_CLAIMS",    "CLAIMS_MISMATCH", "RECORD_UNREADABLE", "EVIDENCE_HASH_MISMATCH"};
  return kNames.at(static_cast<std::size_t>(reason));
}

bool voids(Reason reason) { return reason < Reason::kNoQuorum; }

v1::ProofOutcome outcome(const Reasons& reasons) {
  if (reasons.empty()) return v1::PROOF_OUTCOME_ACCEPT;
  if (reasons == Reasons{Reason::kUnsupported}) return v1::PROOF_OUTCOME_UNSUPPORTED;
  if (reasons == Reasons{Reason::kNoClaims}) return v1::PROOF_OUTCOME_INCOMPLETE;
  return v1::PROOF_OUTCOME_REJECT;
}

}  // namespace heyan::ledgers::ccf
