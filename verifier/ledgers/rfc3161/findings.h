// What a judged token answers to the checks.
#pragma once

#include <string>
#include <vector>

#include "heyan/v1/finding.pb.h"
#include "verifier/ledgers/rfc3161/verification.h"

namespace heyan::ledgers::rfc3161 {

// Does the token show a time of this file?
bool shows_time(const Verification& found);

// The names of its reasons, sorted, each once.
std::vector<std::string> names_of(const std::set<Reason>& reasons);

// `linked`: the authority is linked to a party of the case, so that its clock is not somebody
// else's.
std::vector<v1::Finding> make_findings(const Verification& found, const std::string& institution,
                                       bool linked);

}  // namespace heyan::ledgers::rfc3161
