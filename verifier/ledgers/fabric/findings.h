// What the facts of a judgement answer to the checks REC-1, INC-1, QUO-1, QUO-3, KEY-1, KEY-2 and
// TIM-1.
//
// Codes and effects are those of the catalogue (schemas/catalogue/reason-map.tsv); each check gets
// at least one answer.
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
  bool committed = false;  // shown by the replayed chain, or by a quorum of answers
  bool disagreement_decides =
      false;  // signatures on which the libraries differ would change the outcome
};

std::vector<v1::Finding> make_findings(const Judgement& judgement);

}  // namespace heyan::ledgers::fabric
