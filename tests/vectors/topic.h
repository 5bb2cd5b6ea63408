// One topic of run_vectors: how its case list is read and one case is run through the code that production uses.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace heyan::vectors {

enum class Status { kPassed, kFailed, kSkipped };

struct CaseResult {
  std::string id;
  std::string expected;
  std::string got;     // for a skipped case: the reason, in words
  Status status = Status::kFailed;
};

using Report = std::function<void(const CaseResult&)>;

// Reads the case list in `folder`, runs every case and reports each. False where the list itself cannot be read
// (already said on stderr); that is a failure of the run, never a pass.
using RunTopic = bool (*)(const std::filesystem::path& folder, const Report& report);

bool run_fabric(const std::filesystem::path& folder, const Report& report);
bool run_report(const std::filesystem::path& folder, const Report& report);
bool run_chains_cn(const std::filesystem::path& folder, const Report& report);

}  // namespace heyan::vectors
