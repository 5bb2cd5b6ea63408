// What a judgement answers to the checks REC-1, INC-1, QUO-1, QUO-3, KEY-1, KEY-2 and TIM-1.
//
// Codes and effects are those of the catalogue (schemas/catalogue/reason-map.tsv); each check gets
// at least one answer. Where the proof's own strict outcome is REJECT, some answer keeps the
// attestation from being established.
#pragma once

#include <vector>

#include "heyan/v1/finding.pb.h"
#include "verifier/ledgers/fisco_bcos/judgement.h"

namespace heyan::ledgers::fisco_bcos {

// `disagreement_decides`: signatures on which the libraries differ would change the outcome.
std::vector<v1::Finding> make_findings(const Judgement& judgement, bool disagreement_decides);

}  // namespace heyan::ledgers::fisco_bcos
