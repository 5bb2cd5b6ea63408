// Files that do not leave because of what a malware scanner said of them, or because it has not
// looked at them: not yet, or, where they are larger than it takes, not at all.
//
// Threat: whoever filed a file wants somebody at the court to open it. Nobody is shown it, and it
// leaves only for staff who say that they know (the query's `confirm`, with the code of the
// refusal, so that nobody confirms another state than the one that is). It is no finding about the
// evidence: it is hashed and verified as any other. Pure, any thread.
#pragma once

#include <optional>
#include <string_view>

#include "gateway/api/rights.h"
#include "gateway/http/problem.h"
#include "gateway/store/scans.h"

namespace heyan::api {

// Nothing: it may leave. `scanned`: the configuration names a scanner.
std::optional<http::ProblemDocument> withheld(std::string_view path, const store::Scan& scan,
                                              bool scanned);

// `confirm`: null where the request has none.
bool is_confirmed(const http::ProblemDocument& refusal, Role role, const std::string* confirm);

}  // namespace heyan::api
