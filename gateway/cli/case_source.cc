#include "gateway/cli/case_source.h"

#include <system_error>

namespace heyan::cli {

std::expected<std::unique_ptr<CaseSource>, Trouble> open_case(const std::filesystem::path& path,
                                                              const core::Limits& limits) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return open_folder_case(path);
  return open_zip_case(path, limits);
}

}  // namespace heyan::cli
