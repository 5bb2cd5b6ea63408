// One topic of run_vectors: how its case list is read and one case is run through the code that
// production uses.
//
// Topic chains-cn is the file topic_chains_cn.cc with `bool heyan::vectors::run_chains_cn(folder,
// report)`. CMake finds the files and generates the table; nobody edits a list.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace heyan::vectors {

enum class Status { kPassed, kFailed, kSkipped };

struct CaseResult {
  std::string id;
  std::string expected;
  std::string got;  // for a skipped case: the reason, in words
  Status status = Status::kFailed;
};

using Report = std::function<void(const CaseResult&)>;

// Reads the case list in `folder`, runs every case and reports each. False where the list itself
// cannot be read (already said on stderr); that is a failure of the run, never a pass.
using RunTopic = bool (*)(const std::filesystem::path& folder, const Report& report);

struct Topic {
  std::string_view name;  // "chains-cn"
  RunTopic run;
};

// Every topic that was built in, in the order of their names.
std::span<const Topic> topics();

}  // namespace heyan::vectors
