#include "gateway/backup/within.h"

namespace heyan::backup {

bool is_within(const std::filesystem::path& folder, const std::filesystem::path& outer) {
  std::error_code error;
  const auto place = std::filesystem::weakly_canonical(std::filesystem::absolute(folder), error);
  if (error) return false;
  const auto between = place.lexically_relative(std::filesystem::canonical(outer, error));
  return !error && !between.empty() && *between.begin() != "..";
}

}  // namespace heyan::backup
