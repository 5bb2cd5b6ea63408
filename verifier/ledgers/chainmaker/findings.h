// What an evaluation answers to the checks REC-1, INC-1, INC-2, QUO-1, QUO-3, KEY-1, KEY-2 and
// TIM-1.
//
// Codes and effects are those of the catalogue (schemas/catalogue/reason-map.tsv); each check but
// INC-2 gets at least one answer. Where the proof's own strict outcome is not ACCEPT, some answer
// keeps the attestation from being established.
#pragma once

#include <vector>

#include "heyan/v1/finding.pb.h"
#include "verifier/ledgers/chainmaker/evaluation.h"

namespace heyan::ledgers::chainmaker {

// `disagreement_decides`: signatures on which the libraries differ would change the outcome.
std::vector<v1::Finding> make_findings(const Evaluation& evaluation, const v1::Item& item,
                                       const ChainmakerConfig& config, bool disagreement_decides);

}  // namespace heyan::ledgers::chainmaker
