// Possible causes of a difference: which change would make the file's fingerprint the recorded one?
//
// Threat: what the box says of the file's content may be a lie. It is only ever compared with the
// record, says nothing without a difference that the judge measured itself, and is a possible cause
// in the report (security decision 1). Inside verifier/checks; pure, any thread.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "heyan/v1/case_record.pb.h"
#include "heyan/v1/finding.pb.h"

namespace heyan::checks {

struct PossibleCause {
  v1::ReasonCode code = v1::REASON_NONE;
  // Codes and numbers alone, never what the box wrote as text.
  std::vector<std::pair<std::string, std::string>> params;
};

// For a recorded fingerprint that the file does not have. Changes that reproduce it exactly; only
// where there is none, traces that say less. Each code at most once.
std::vector<PossibleCause> explain(const v1::Digest& recorded, const v1::Measured& measured,
                                   const v1::ContentFacts& contents);

}  // namespace heyan::checks
