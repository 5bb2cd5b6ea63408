// What is said after a state folder was brought back from an earlier time, by `heyan restore` or as
// an image of the disk: what the gateway does not go on with as it was then, and what a person has
// to look at before it is opened. For restore_command.cc and log_renew_command.cc. One thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/cli/console.h"
#include "schemas/catalogue/catalogue.h"
#include "verifier/core/time.h"

namespace heyan::cli {

struct Loss {
  catalogue::Language language;
  std::string_view from_zh;  // "备份"
  std::string_view from_en;  // "backup": what the state is from
  std::string when;          // that was made, as the trails spell it, or "" where nobody here knows
  const std::filesystem::path& config;
};

// From when on reports claim searches and comparisons.
void say_complete_from(const Loss& loss, core::UtcTime from, Console& console);

// Those that were deleted since and are deleted again.
void say_deleted_again(const Loss& loss, const std::vector<std::string>& submissions,
                       Console& console);

// Those that the log calls deleted and that were left. `remedy_*`: what to do where it is right.
void say_unasked(const Loss& loss, const std::vector<std::string>& submissions,
                 std::string_view remedy_zh, std::string_view remedy_en, Console& console);

// Holds, cancellations, accounts, and the confirmed deletions of `waiting`, which wait anew.
void say_what_to_look_at(const Loss& loss, const std::vector<std::string>& waiting,
                         Console& console);

}  // namespace heyan::cli
