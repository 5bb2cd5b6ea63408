#include "gateway/api/assignment_body.h"

#include <algorithm>

#include "gateway/accounts/person.h"
#include "verifier/core/json.h"
#include "verifier/core/text.h"

namespace heyan::api {
namespace {

constexpr core::Limits kSmall{.json_bytes = kAssignmentBytes, .json_depth = 2, .json_nodes = 16};

// Of that member, which is the only one; empty where it has a defect.
std::optional<std::string> only_text(core::ByteView body, std::string_view name,
                                     std::vector<http::ProblemError>& defects) {
  const auto document = core::json::parse(body, kSmall);
  if (!document || document->as_object() == nullptr) return std::nullopt;
  const std::string pointer = "/" + std::string(name);
  for (const auto& [other, member] : *document->as_object()) {
    if (other == name) continue;
    defects.push_back(
        {"/" + core::json::shown_pointer_token(other), "unknown-name", "leave it out"});
  }
  const core::json::Value* found = document->find(name);
  if (found == nullptr) {
    defects.push_back({pointer, "missing-name", "a text is needed"});
  } else if (found->as_string() == nullptr) {
    defects.push_back({pointer, "wrong-type", "a text is needed"});
  } else {
    return *found->as_string();
  }
  return std::string();
}

std::size_t characters_of(std::string_view utf8) {
  constexpr unsigned kMark = 0xC0;
  constexpr unsigned kFollows = 0x80;
  return static_cast<std::size_t>(std::ranges::count_if(
      utf8, [](char c) { return (static_cast<unsigned char>(c) & kMark) != kFollows; }));
}

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
}

}  // namespace

std::optional<std::string> read_account(core::ByteView body,
                                        std::vector<http::ProblemError>& defects) {
  auto account = only_text(body, "account", defects);
  if (account && defects.empty() && !accounts::is_account(*account)) {
    defects.push_back({"/account", "unknown-account", "no judge of this court has that account"});
  }
  return account;
}

std::optional<std::string> read_reason(core::ByteView body,
                                       std::vector<http::ProblemError>& defects) {
  auto given = only_text(body, "reason", defects);
  if (!given || !defects.empty()) return given;
  std::string reason = trimmed(*given);
  const std::size_t characters = characters_of(reason);
  if (core::has_control(reason)) {
    defects.push_back({"/reason", "bad-text", "one line without invisible characters is needed"});
  } else if (characters < kLeastReason || characters > kMostReason) {
    defects.push_back({"/reason", "limit", "10 to 500 characters are needed"});
  }
  return reason;
}

}  // namespace heyan::api
