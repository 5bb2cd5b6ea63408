// How commands are listed, and what is said where one is not known.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <span>
#include <string>

#include "gateway/cli/arguments.h"

namespace heyan::cli {

// Each help page begins with an example; in a list of commands the first sentence is enough.
class BriefLists final : public CLI::Formatter {
 public:
  std::string make_subcommand(const CLI::App* command) const override;
};

// What is wrong with the words that should name a command; "" where they do, or where an option
// stands in their place.
std::string misnamed(const CLI::App& app, std::span<const char* const> words);

// Reads the command line into what `app` was told to fill. Nothing where it was understood; else
// what to print, and the status.
std::optional<Arguments> parse_words(CLI::App& app, int count, const char* const* words);

}  // namespace heyan::cli
