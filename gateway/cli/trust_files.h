// Trust lists and policies as commands take them: what stands in the way is said as a Trouble.
#pragma once

#include <expected>
#include <filesystem>

#include "gateway/cli/trouble.h"
#include "gateway/intake/trust_files.h"

namespace heyan::cli {

using intake::LoadedPolicy;
using intake::LoadedTrust;
using intake::SourceFiles;

// As intake::load_trust and the others. Status 65 with every defect, or 74.
std::expected<LoadedTrust, Trouble> load_trust(const std::filesystem::path& path);
std::expected<LoadedPolicy, Trouble> load_policy(const std::filesystem::path& path);
std::expected<LoadedTrust, Trouble> parse_trust(const SourceFiles& files);
std::expected<LoadedPolicy, Trouble> parse_policy(const SourceFiles& files);

}  // namespace heyan::cli
