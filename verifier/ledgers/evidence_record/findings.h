// What a judged evidence record answers to the checks.
#pragma once

#include <string>
#include <vector>

#include "heyan/v1/finding.pb.h"
#include "verifier/ers/verification.h"

namespace heyan::ledgers::evidence_record {

// `institution`: whose the first stamp is; empty: nobody's. `linked`: an authority of some stamp is
// linked to a party of the case, so that not all clocks are somebody else's.
std::vector<v1::Finding> make_findings(const ers::Evaluation& evaluation,
                                       const ers::Verification& found,
                                       const std::string& institution, bool linked);

}  // namespace heyan::ledgers::evidence_record
