// What the facts of a judgement answer to the checks REC-1, INC-1, INC-2, QUO-1, QUO-3, KEY-1,
// KEY-2 and TIM-1.
//
// Codes and effects are those of the catalogue (schemas/catalogue/reason-map.tsv); each check but
// INC-2 gets at least one answer. Where the proof's own strict outcome is REJECT, some answer keeps
// the attestation from being established: what no other answer said is said as
// RECORD_NOT_EFFECTIVE.
#pragma once

#include <vector>

#include "heyan/v1/finding.pb.h"
#include "verifier/ledgers/fabric/evaluation.h"
#include "verifier/ledgers/fabric/signatures.h"

namespace heyan::ledgers::fabric {

struct Judgement {
  const OfferedProofs& proofs;
  const FabricConfig& config;
  const Evaluation& evaluation;
  const std::vector<JudgedSignature>& signatures;
  const QuorumFacts& quorum;
  const Reasons& reasons;  // those of the evaluation, and what counting added
  bool committed = false;  // shown by the replayed chain, or by a quorum of answers
  bool disagreement_decides =
      false;  // signatures on which the libraries differ would change the outcome
};

std::vector<v1::Finding> make_findings(const Judgement& judgement);

}  // namespace heyan::ledgers::fabric
