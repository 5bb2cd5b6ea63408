// Why something that was handed in could not be taken: the kind of error, every defect with its
// place, and what to do next.
//
// Never what was learnt about evidence: that is a finding in a report. Text from outside stands in
// it only as core::visible shows it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "verifier/contents/submission_reader.h"
#include "verifier/core/error.h"

namespace heyan::intake {

struct Refusal {
  core::ErrorCode code = core::ErrorCode::kInternal;  // kIo, kInternal, or a fault of what came in
  std::string what;  // one sentence: what could not be done, and with which file
  std::vector<contents::Defect> defects;  // all of them, where a document is at fault
  std::string remedy;                     // what to do next
};

// "SUBJECT: TEXT", with the byte offset where the error knows one.
Refusal refusal_of(const core::Error& error, std::string_view subject, std::string_view remedy);

// The same for a file that the user named: one that is not there is an error of input, kIo.
Refusal refusal_of_named(const core::Error& error, std::string_view path, std::string_view remedy);

}  // namespace heyan::intake
