#include "gateway/cli/run_program.h"

#include <csignal>
#include <exception>
#include <new>

#include "gateway/cli/commands.h"
#include "gateway/cli/trouble.h"

namespace heyan::cli {

ExitStatus report_trouble(const Trouble& trouble, Console& console) {
  console.talk("heyan: " + to_text(trouble));
  return trouble.status;
}

ExitStatus print(std::string_view data, Console& console) {
  if (console.data(data)) return ExitStatus::kOk;
  return report_trouble({.status = ExitStatus::kInputOutput,
                         .what = "standard output cannot be written",
                         .defects = {},
                         .remedy = "Check the disk, or the program that reads from it."},
                        console);
}

ExitStatus run_program(const std::function<Arguments()>& read,
                       const std::function<ExitStatus(const Command&, Console&)>& run) {
  // A reader that goes away is an error of writing, not a reason to vanish without a word.
  std::signal(SIGPIPE, SIG_IGN);
  Console console;
  try {
    const Arguments arguments = read();
    if (!arguments.err.empty()) console.talk(arguments.err);
    if (!arguments.out.empty()) {
      const ExitStatus printed = print(arguments.out, console);
      if (printed != ExitStatus::kOk) return printed;
    }
    return arguments.command ? run(*arguments.command, console) : arguments.status;
  } catch (const std::bad_alloc&) {
    console.talk("heyan: not enough memory");
  } catch (const std::exception&) {
    console.talk(
        "heyan: an internal error; please report it with the command and `heyan selftest`");
  }
  return ExitStatus::kInternal;
}

}  // namespace heyan::cli
