#include "gateway/cli/signing_keys.h"

#include "gateway/cli/clock.h"
#include "gateway/keys/certificates.h"

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
  for (const keys::SigningPair* pair : {&loaded->es256, &loaded->sm2}) {
    const keys::Validity validity = keys::validity_of(pair->certificate, now());
    if (validity != keys::Validity::kEnded && validity != keys::Validity::kNotBegun) continue;
    return std::unexpected(
        trouble_of({core::ErrorCode::kMalformed,
                    "a certificate is not valid now, and no report signed beside it would verify"},
                   folder.string(), "Renew it with `heyan keys renew DIR`."));
  }
  return *std::move(loaded);
}

}  // namespace heyan::cli
