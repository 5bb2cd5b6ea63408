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
    const auto takes_words = [](const CLI::Option* option) { return option->get_positional(); };
    if (found == nullptr && !above->get_options(takes_words).empty()) return {};
    if (found == nullptr) return no_such_command(typed, known);
    above = found;
  }
  return {};
}

std::optional<Arguments> parse_words(CLI::App& app, int count, const char* const* words) {
  const auto instead = [](ExitStatus status, std::string out, std::string err) {
    return Arguments{
        .command = std::nullopt, .status = status, .out = std::move(out), .err = std::move(err)};
  };
  if (count <= 1) return instead(ExitStatus::kUsage, {}, app.help());
  if (std::string why = misnamed(app, std::span(words, static_cast<std::size_t>(count)).subspan(1));
      !why.empty()) {
    return instead(ExitStatus::kUsage, {}, "heyan: " + std::move(why));
  }
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& error) {
    std::ostringstream out;
    std::ostringstream err;
    const int status = app.exit(error, out, err);
    return instead(status == 0 ? ExitStatus::kOk : ExitStatus::kUsage, out.str(), err.str());
  }
  return std::nullopt;
}

}  // namespace heyan::cli
