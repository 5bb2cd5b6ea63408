#include "gateway/cli/command_names.h"

#include <sstream>
#include <string_view>
#include <vector>

#include "gateway/cli/argument_checks.h"

namespace heyan::cli {

std::string BriefLists::make_subcommand(const CLI::App* command) const {
  const std::string text = command->get_description();
  const std::size_t start = text.find("\n\n");
  const std::size_t from = start == std::string::npos ? 0 : start + 2;
  std::ostringstream out;
  CLI::detail::format_help(out, command->get_name(),
                           text.substr(from, text.find('\n', from) - from), get_column_width());
  return out.str();
}

std::string misnamed(const CLI::App& app, std::span<const char* const> words) {
  std::vector<std::string_view> typed;
  const CLI::App* above = &app;
  for (const std::string_view word : words) {
    std::vector<std::string_view> known;
    const CLI::App* found = nullptr;
    const auto commands = above->get_subcommands([](const CLI::App*) { return true; });
    for (const CLI::App* command : commands) {
      if (command->get_name().empty()) continue;  // a group of options
      known.emplace_back(command->get_name());
      if (command->get_name() == word) found = command;
    }
    if (known.empty() || word.starts_with('-')) return {};
    typed.push_back(word);
    if (found == nullptr) return no_such_command(typed, known);
    above = found;
  }
  return {};
}

}  // namespace heyan::cli
