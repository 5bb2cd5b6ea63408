// What an operator states of a deposit, and nothing proves: named values, to be quoted.
//
// Threat: known names only, each of its own kind and bounded. Pure; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/core/error.h"
#include "verifier/core/json.h"

namespace heyan::ledgers::zhixin {

enum class StatementKind : std::uint8_t {
  kText,    // not empty, at most kMaxStatement characters
  kNumber,  // an integer that is not negative
  kEither,  // of those; operators write times both ways
};

struct StatementRule {
  std::string_view name;
  StatementKind kind;
};

struct Statement {
  std::string name;
  std::string value;
};

inline constexpr std::size_t kMaxStatement = 256;

// The members of an object, in the order of `rules`. Every member must have a rule; none must be
// there.
core::Result<std::vector<Statement>> read_statements(const core::json::Value& object,
                                                     std::span<const StatementRule> rules);

// Unicode characters of UTF-8 text.
std::size_t characters(std::string_view text);

}  // namespace heyan::ledgers::zhixin
