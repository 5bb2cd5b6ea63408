// What a program of ours does around its command: what its arguments ask to be printed is printed,
// and no exception leaves it.
#pragma once

#include <functional>

#include "gateway/cli/arguments.h"
#include "gateway/cli/console.h"
#include "gateway/cli/exit_status.h"

namespace heyan::cli {

ExitStatus run_program(const std::function<Arguments()>& read,
                       const std::function<ExitStatus(const Command&, Console&)>& run);

}  // namespace heyan::cli
