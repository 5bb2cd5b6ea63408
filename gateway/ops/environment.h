// Single values of the configuration from environment variables, which go before those of the file:
// HEYAN_ and the names of table and key in capitals.
//
// Threat: whoever sets the environment starts the gateway. A variable that begins with HEYAN_ and
// is none of ours is an error like an unknown key: a mistyped one must not leave the file in force.
// Which court systems there are, whose keys sign and where calls go to stands in the file alone.
// Pure, any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/ops/config.h"

namespace heyan::ops {

// "HEYAN_LISTEN_PUBLIC" ..., in the order of the file.
std::vector<std::string_view> variable_names();

// `environment`: "NAME=VALUE"; what does not begin with HEYAN_ is not looked at. Every defect.
ConfigErrors apply_environment(Config& config, std::span<const std::string> environment,
                               const std::filesystem::path& folder);

// That of this process.
std::vector<std::string> own_environment();

}  // namespace heyan::ops
