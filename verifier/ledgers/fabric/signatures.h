// Every signature of a judgement with who made it, whether it counts, and why not; and the quorum
// that those make which count.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "verifier/judging.h"
#include "verifier/ledgers/fabric/evaluation.h"

namespace heyan::ledgers::fabric {

struct JudgedSignature {
  v1::Signature entry;
  const Identity* identity = nullptr;  // never null
  // Good, of that role, by a key in order that no other institution holds: what the channel's own
  // policies may count. The quorum, and orderers, count institutions of the trust list only.
  bool stands = false;
  std::vector<v1::ReasonCode> reasons;  // why it is not counted, and what is to be noted of it
};

struct QuorumFacts {
  v1::Quorum quorum;
  bool policy_holds = false;    // the endorsement policy, by counted endorsements
  bool ordering_holds = false;  // BlockValidation; of more than one, as many institutions as wanted
  bool orderers_missing = false;  // fewer ordering institutions than the trust list wants
  std::set<std::string>
      committed_by;  // institutions whose counted answers say that the transaction is valid
};

// Endorsers, then orderers, then those who answered, then the client; each in the order of the
// proofs. A key that two institutions hold is counted for neither of them: nobody can tell whose
// signature it is.
std::vector<JudgedSignature> judge_signatures(const Evaluation& evaluation,
                                              const FabricConfig& config, const Judging& judging,
                                              Verifier& verifier);

QuorumFacts count(const std::vector<JudgedSignature>& signatures, const Evaluation& evaluation,
                  const FabricConfig& config, const trust::LedgerEntry& entry,
                  const Judging& judging);

}  // namespace heyan::ledgers::fabric
