// Signing keys as commands take them: what stands in the way is said as a Trouble.
#pragma once

#include <expected>
#include <filesystem>
#include <string_view>

#include "gateway/cli/trouble.h"
#include "gateway/keys/report_keys.h"

namespace heyan::cli {

using SigningKeys = keys::ReportKeys;

// As keys::make_report_keys and keys::load_report_keys. Status 2 where the folder is not empty; 65,
// too, where a certificate is not valid now.
std::expected<void, Trouble> make_signing_keys(const std::filesystem::path& folder,
                                               std::string_view common_name, core::UtcTime now);
std::expected<SigningKeys, Trouble> load_signing_keys(const std::filesystem::path& folder);

}  // namespace heyan::cli
