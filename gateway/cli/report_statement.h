// What a report says of itself, for whoever checks one. Pure.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "schemas/catalogue/catalogue.h"
#include "verifier/core/bytes.h"

namespace heyan::cli {

// Text through core::visible.
struct Statement {
  std::string number;
  std::string as_of;
  std::string court;
  std::string case_number;
  std::string verdict;
  bool sample = false;    // made under a sample trust list
  bool declared = false;  // court and case number are what a party said
  std::vector<std::pair<std::string, std::string>> items;  // id, verdict
};

// Of a payload; absent where it is not a report of ours.
std::optional<Statement> read_statement(core::ByteView payload);

// In the words of the report itself (verifier/report/labels.cc).
std::string describe(const Statement& statement, core::ByteView payload,
                     catalogue::Language language);

}  // namespace heyan::cli
