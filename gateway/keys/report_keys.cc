#include "gateway/keys/report_keys.h"

namespace heyan::keys {

using crypto::KeyAlgorithm;

std::expected<void, Refusal> make_report_keys(const std::filesystem::path& folder,
                                              std::string_view common_name, core::UtcTime now) {
  HEYAN_CHECK_OK(make_folder(folder));
  HEYAN_CHECK_OK(make_pair(folder, "es256", KeyAlgorithm::kEcdsaP256, common_name, now));
  HEYAN_CHECK_OK(make_pair(folder, "sm2", KeyAlgorithm::kSm2, common_name, now));
  return {};
}

std::expected<ReportKeys, Refusal> load_report_keys(const std::filesystem::path& folder) {
  HEYAN_CHECK_OK(check_private(folder));
  HEYAN_TRY(SigningPair es256, load_pair(folder, "es256", KeyAlgorithm::kEcdsaP256));
  HEYAN_TRY(SigningPair sm2, load_pair(folder, "sm2", KeyAlgorithm::kSm2));
  return ReportKeys{.es256 = std::move(es256), .sm2 = std::move(sm2)};
}

}  // namespace heyan::keys
