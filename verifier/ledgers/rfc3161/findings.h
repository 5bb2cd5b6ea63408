// What a judged token answers to the checks.
#pragma once

#include <string>
#include <vector>

#include "heyan/v1/finding.pb.h"
#include "verifier/timestamps/verification.h"

namespace heyan::ledgers::rfc3161 {

// The names of its reasons, sorted, each once.
std::vector<std::string> names_of(const std::set<timestamps::Reason>& reasons);

// `linked`: the authority is linked to a party of the case, so that its clock is not somebody
// else's.
std::vector<v1::Finding> make_findings(const timestamps::Verification& found,
                                       const std::string& institution, bool linked);

}  // namespace heyan::ledgers::rfc3161
