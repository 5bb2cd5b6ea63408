#include "gateway/cli/signing_keys.h"

namespace heyan::cli {

std::expected<void, Trouble> make_signing_keys(const std::filesystem::path& folder,
                                               std::string_view common_name, core::UtcTime now) {
  auto made = keys::make_report_keys(folder, common_name, now);
  if (made) return {};
  const bool usage = made.error().code == core::ErrorCode::kDuplicate;
  Trouble trouble = trouble_of(std::move(made).error());
  if (usage) trouble.status = ExitStatus::kUsage;
  return std::unexpected(std::move(trouble));
}

std::expected<SigningKeys, Trouble> load_signing_keys(const std::filesystem::path& folder) {
  auto loaded = keys::load_report_keys(folder);
  if (!loaded) return std::unexpected(trouble_of(std::move(loaded).error()));
  return *std::move(loaded);
}

}  // namespace heyan::cli
