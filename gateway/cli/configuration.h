// The configuration of a gateway, for the commands that read one.
#pragma once

#include <expected>
#include <filesystem>

#include "gateway/cli/trouble.h"
#include "gateway/ops/config.h"

namespace heyan::cli {

std::expected<ops::Config, Trouble> load_configuration(const std::filesystem::path& file);

}  // namespace heyan::cli
