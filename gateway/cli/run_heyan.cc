#include "gateway/cli/arguments.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/run_program.h"

namespace heyan::cli {

ExitStatus run_heyan(int count, const char* const* words) {
  return run_program([&] { return read_arguments(count, words); },
                     [](const Command& command, Console& console) {
                       return std::visit([&](const auto& options) { return run(options, console); },
                                         command);
                     });
}

}  // namespace heyan::cli
