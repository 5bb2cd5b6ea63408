// A password that somebody types: never an argument, which every user of the machine could read.
#pragma once

#include <expected>
#include <string>

#include "gateway/cli/console.h"
#include "gateway/cli/trouble.h"

namespace heyan::cli {

// From a terminal twice, without showing it; otherwise the first line of standard input.
std::expected<std::string, Trouble> read_password(catalogue::Language language, Console& console);

}  // namespace heyan::cli
