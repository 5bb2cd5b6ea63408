// Where the other programs lie: beside this one.
#pragma once

#include <filesystem>

namespace heyan::cli {

inline std::filesystem::path programs() {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
}

}  // namespace heyan::cli
