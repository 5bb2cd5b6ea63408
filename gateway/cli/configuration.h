// The configuration of a gateway, for the commands that read one.
#pragma once

#include <expected>
#include <filesystem>

#include "gateway/cli/trouble.h"
#include "gateway/ops/config.h"

namespace heyan::cli {

std::expected<ops::Config, Trouble> load_configuration(const std::filesystem::path& file);

// What is the court's to do, or of its staff, is not done with a gateway of litigants alone, whose
// role on the server could not.
std::expected<void, Trouble> expect_of_court(const ops::Config& config);

}  // namespace heyan::cli
