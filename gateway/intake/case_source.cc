#include "gateway/intake/case_source.h"

#include <system_error>

namespace heyan::intake {

std::expected<std::unique_ptr<CaseSource>, Refusal> open_case(const std::filesystem::path& path,
                                                              const core::Limits& limits) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return open_folder_case(path);
  return open_zip_case(path, limits);
}

}  // namespace heyan::intake
