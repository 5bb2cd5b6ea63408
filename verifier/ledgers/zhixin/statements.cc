#include "verifier/ledgers/zhixin/statements.h"

#include <algorithm>
#include <optional>

namespace heyan::ledgers::zhixin {
namespace {

using core::ErrorCode;
using core::fail;
using core::json::Value;

std::optional<std::string> read_text(const Value& value) {
  const std::string* text = value.as_string();
  if (text == nullptr || text->empty() || characters(*text) > kMaxStatement) return std::nullopt;
  return *text;
}

std::optional<std::string> read_number(const Value& value) {
  const std::int64_t* number = value.as_integer();
  if (number == nullptr || *number < 0) return std::nullopt;
  return std::to_string(*number);
}

std::optional<std::string> read_value(const Value& value, StatementKind kind) {
  if (kind == StatementKind::kText) return read_text(value);
  auto number = read_number(value);
  return number || kind == StatementKind::kNumber ? number : read_text(value);
}

}  // namespace

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0u) != 0x80u; }));
}

core::Result<std::vector<Statement>> read_statements(const Value& object,
                                                     std::span<const StatementRule> rules) {
  const Value::Object* members = object.as_object();
  if (members == nullptr) return fail(ErrorCode::kMalformed, "the statements are no object");
  for (const auto& [name, value] : *members) {
    if (std::ranges::find(rules, name, &StatementRule::name) == rules.end())
      return fail(ErrorCode::kUnknown, "an unknown member stands among the statements");
  }
  std::vector<Statement> statements;
  for (const StatementRule& rule : rules) {
    const Value* value = object.find(rule.name);
    if (value == nullptr) continue;
    auto text = read_value(*value, rule.kind);
    if (!text) return fail(ErrorCode::kMalformed, "a statement is of the wrong kind or too long");
    statements.push_back({.name = std::string(rule.name), .value = *std::move(text)});
  }
  return statements;
}

}  // namespace heyan::ledgers::zhixin
