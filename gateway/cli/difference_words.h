// A difference report in words. Pure.
#pragma once

#include <string>
#include <vector>

#include "schemas/catalogue/catalogue.h"
#include "verifier/report/difference.h"

namespace heyan::cli {

// The verdicts of a record under one set of rules: (item, verdict) in the order of the record.
struct Trial {
  std::string id;  // "time" "trust" "policy"; "strict" "default" "recorded"
  std::vector<std::pair<std::string, std::string>> verdicts;
};

struct Rejudged {
  std::vector<Trial> alone;        // today's time, trust list or policy alone, all else as recorded
  std::vector<Trial> sensitivity;  // today's time and trust list under each of three policies
};

// `rejudged`: null where two reports were compared.
std::string to_text(const report::Difference& difference, const Rejudged* rejudged,
                    catalogue::Language language);
core::json::Value to_json(const report::Difference& difference, const Rejudged* rejudged);

}  // namespace heyan::cli
