// A problem document that somebody else sent.
//
// Source: RFC 9457 sections 3.1 and 3.2: a member of a wrong type is ignored as if it were absent,
// an absent type is about:blank, what is not known is an extension. Nothing of it is trusted or
// followed; `detail` is for people. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::http {

struct ReceivedProblem {
  std::string type = "about:blank";
  std::optional<int> status;
  std::string title;
  std::string detail;
  std::string instance;
  std::vector<std::string> extensions;  // names, in the order of the document
  std::vector<std::string> ignored;     // names of members whose value has a wrong type
};

// The errors of core::json::parse; kMalformed where it is no object.
core::Result<ReceivedProblem> parse_received_problem(core::ByteView json);

}  // namespace heyan::http
