// The command line, read: a command with its options, or what to print instead.
#pragma once

#include <optional>
#include <string>

#include "gateway/cli/exit_status.h"
#include "gateway/cli/options.h"

namespace heyan::cli {

struct Arguments {
  std::optional<Command> command;  // absent: print and leave
  ExitStatus status = ExitStatus::kOk;
  std::string out;  // help or version
  std::string err;  // what was not understood
};

Arguments read_arguments(int count, const char* const* words);

}  // namespace heyan::cli
