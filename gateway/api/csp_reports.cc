// POST /v1/csp-reports: nothing of it is stored; it is counted, and said in the log.
#include "gateway/api/csp_reports.h"

#include <algorithm>
#include <array>

#include "gateway/api/answers.h"
#include "gateway/api/api.h"
#include "verifier/core/json.h"
#include "verifier/core/text.h"

namespace heyan::api {
namespace {

using front::Exchange;
using front::Task;
using http::Problem;

constexpr std::string_view kType = "application/csp-report";
constexpr std::size_t kBlockedCharacters = 100;
constexpr core::Limits kSmall{.json_bytes = kCspReportBytes, .json_depth = 4, .json_nodes = 64};
constexpr std::array<std::string_view, 19> kDirectives = {
    "base-uri",    "child-src",      "connect-src",     "default-src",     "font-src",
    "form-action", "frame-src",      "frame-ancestors", "img-src",         "manifest-src",
    "media-src",   "object-src",     "script-src",      "script-src-attr", "script-src-elem",
    "style-src",   "style-src-attr", "style-src-elem",  "worker-src"};

std::string_view text_of(const core::json::Value& report, std::string_view name) {
  const core::json::Value* found = report.find(name);
  const std::string* text = found == nullptr ? nullptr : found->as_string();
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

// Older browsers say all of the directive, its sources too.
std::string_view directive_of(const core::json::Value& report) {
  std::string_view said = text_of(report, "effective-directive");
  if (said.empty()) said = text_of(report, "violated-directive");
  const auto* const known = std::ranges::find(kDirectives, said.substr(0, said.find(' ')));
  return known == kDirectives.end() ? "other" : *known;
}

// Without path and query, which may name a case or a party.
std::string blocked_of(std::string_view uri) {
  const std::size_t scheme = uri.find("://");
  uri = uri.substr(
      0, scheme == uri.npos ? uri.find_first_of(":/?#") : uri.find_first_of("/?#", scheme + 3));
  return core::visible(uri, kBlockedCharacters);
}

}  // namespace

std::optional<CspReport> parse_csp_report(core::ByteView body) {
  const auto document = core::json::parse(body, kSmall);
  if (!document || document->as_object() == nullptr) return std::nullopt;
  const core::json::Value* report = document->find("csp-report");
  if (report == nullptr || report->as_object() == nullptr) return std::nullopt;
  return CspReport{.directive = directive_of(*report),
                   .blocked = blocked_of(text_of(*report, "blocked-uri"))};
}

Task<void> Api::csp_report(Exchange& exchange) {
  if (const auto wait = csp_rate_.take(exchange.peer().client, RateLimit::Clock::now())) {
    co_await refuse_for_now(exchange, *wait);
    co_return;
  }
  const std::string* type = exchange.head().find("content-type");
  const auto parsed = http::parse_parameterised(type == nullptr ? "" : *type);
  if (!parsed || parsed->value != kType) {
    co_await refuse(exchange, problem_of(Problem::kUnsupportedMediaType));
    co_return;
  }
  const auto body = co_await read_whole_body(exchange, kCspReportBytes);
  if (!body) {
    co_await refuse(exchange, body.error());
    co_return;
  }
  const auto report = parse_csp_report(*body);
  if (!report) {
    co_await refuse(exchange, problem_of(Problem::kMalformedBody));
    co_return;
  }
  parts_.observer.refused_by_browser(report->directive, report->blocked);
  http::Answer answer;
  answer.status = 204;
  co_await say(exchange, std::move(answer));
}

}  // namespace heyan::api
