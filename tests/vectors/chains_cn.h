// What the kinds of topic chains-cn share: a case, and what was found of it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "verifier/core/json.h"

namespace heyan::vectors {

struct Judged {
  std::string verdict;  // "valid", "invalid", "unsupported", "not-cosigned"; empty: not run
  std::string why_not;  // then: the reason
  std::vector<std::string> reasons;                 // codes of FORMAT.md
  std::optional<std::vector<std::string>> signers;  // institutions counted, sorted
};

// Cases whose kind begins with "chainmaker-". `line`: the case, as it stands in cases.jsonl.
Judged run_chainmaker_case(const std::filesystem::path& folder, const core::json::Value& line);

// The same for kinds that begin with "fisco2-" and "fisco3-".
Judged run_fisco_case(const std::filesystem::path& folder, const core::json::Value& line);

}  // namespace heyan::vectors
