// How commands are listed, and what is said where one is not known.
#pragma once

#include <CLI/CLI.hpp>
#include <span>
#include <string>

namespace heyan::cli {

// Each help page begins with an example; in a list of commands the first sentence is enough.
class BriefLists final : public CLI::Formatter {
 public:
  std::string make_subcommand(const CLI::App* command) const override;
};

// What is wrong with the words that should name a command; "" where they do, or where an option
// stands in their place.
std::string misnamed(const CLI::App& app, std::span<const char* const> words);

}  // namespace heyan::cli
