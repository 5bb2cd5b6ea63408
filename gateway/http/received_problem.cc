#include "gateway/http/received_problem.h"

#include <array>

#include "verifier/core/json.h"

namespace heyan::http {
namespace {

constexpr std::int64_t kFirstStatus = 100;
constexpr std::int64_t kLastStatus = 599;

struct Text {
  std::string_view name;
  std::string ReceivedProblem::* member;
};
constexpr auto kTexts = std::to_array<Text>({{"type", &ReceivedProblem::type},
                                             {"title", &ReceivedProblem::title},
                                             {"detail", &ReceivedProblem::detail},
                                             {"instance", &ReceivedProblem::instance}});

bool take_status(const core::json::Value& value, ReceivedProblem& problem) {
  const std::int64_t* const status = value.as_integer();
  if (status == nullptr || *status < kFirstStatus || *status > kLastStatus) return false;
  problem.status = static_cast<int>(*status);
  return true;
}

// Nothing: no member that RFC 9457 names.
std::optional<bool> take_member(std::string_view name, const core::json::Value& value,
                                ReceivedProblem& problem) {
  if (name == "status") return take_status(value, problem);
  for (const Text& text : kTexts) {
    if (text.name != name) continue;
    if (value.as_string() != nullptr) problem.*text.member = *value.as_string();
    return value.as_string() != nullptr;
  }
  return std::nullopt;
}

}  // namespace

core::Result<ReceivedProblem> parse_received_problem(core::ByteView json) {
  const auto document = core::json::parse(json, {});
  if (!document) return std::unexpected(document.error().error);
  if (document->as_object() == nullptr)
    return core::fail(core::ErrorCode::kMalformed, "a problem document is no object");
  ReceivedProblem problem;
  for (const auto& [name, value] : *document->as_object()) {
    const auto taken = take_member(name, value, problem);
    if (!taken)
      problem.extensions.push_back(name);
    else if (!*taken)
      problem.ignored.push_back(name);
  }
  return problem;
}

}  // namespace heyan::http
