// The programs as they are built, but for the workers.
#pragma once

#include <filesystem>

#include "tests/functional/process.h"

namespace heyan::faults {

class Programs {
 public:
  explicit Programs(const std::filesystem::path& worker);
  std::filesystem::path path() const { return std::filesystem::path(folder_.path()) / "bin"; }
  // From the next start on.
  void set_worker(const std::filesystem::path& worker) const;

 private:
  functional::TemporaryFolder folder_;
};

}  // namespace heyan::faults
