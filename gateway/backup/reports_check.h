// The reports of a backup against its log: part of verify.h.
#pragma once

#include <functional>
#include <string_view>

#include "gateway/backup/manifest.h"

namespace heyan::backup {

// Tells what is wrong, as verify.h's findings. How many signed reports there are. Errors: a
// database or key of the backup does not read.
using Tell = std::function<void(std::string_view word, std::string_view about)>;
std::expected<std::uint64_t, Refusal> check_reports(const std::filesystem::path& state,
                                                    const Tell& tell);

}  // namespace heyan::backup
