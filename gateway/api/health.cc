// Is it there, is it ready, how is it?
#include <algorithm>
#include <array>

#include "gateway/api/answers.h"
#include "gateway/api/api.h"
#include "gateway/api/listeners.h"
#include "verifier/core/json.h"

namespace heyan::api {
namespace {

using front::Exchange;
using front::Task;
using http::Problem;

// What a person is to do where no report is signed.
struct Stopped {
  std::string_view reason;
  std::string_view remedy;
};
constexpr std::array kStopped = {
    Stopped{
        "canary-wrong",
        "A known item was judged wrongly: this machine's verdicts cannot be relied on. Keep its "
        "log, run `heyan selftest`, and see docs/operator.md, Canaries."},
    Stopped{"log-set-back",
            "A witness keeps a checkpoint of the report log that does not lead to the log that is "
            "here: reports that were handed out may be missing. Nothing is logged or signed. Do "
            "not go on with this database; see docs/operator.md, Witnesses."},
};

core::json::Value stopped_value(std::string_view reason) {
  core::json::Value value;
  value.set("reason", reason);
  const auto* known = std::ranges::find(kStopped, reason, &Stopped::reason);
  if (known != kStopped.end()) value.set("remedy", known->remedy);
  return value;
}

http::Answer readiness_answer(const service::Health& standing) {
  core::json::Value parts;
  for (const service::Part& part : standing.parts) parts.set(part.name, part.ready);
  core::json::Value value;
  value.set("ready", standing.ready())
      .set("parts", std::move(parts))
      .set("malwareScanner", standing.scanner_word());
  const std::string& stopped = standing.intakes.stopped();
  if (!stopped.empty()) value.set("stopped", stopped_value(stopped));
  http::Answer answer =
      json_answer(standing.ready() ? 200 : 503, core::json::write_canonical(value));
  answer.set("cache-control", "no-store");
  return answer;
}

}  // namespace

bool Api::is_health(const Exchange& exchange) {
  const Segments& path = exchange.head().target.segments;
  return path.size() == 1 && (path[0] == "healthz" || path[0] == "readyz" || path[0] == "metrics");
}

Task<void> Api::health(Exchange& exchange) {
  const http::Method method = exchange.head().method;
  const std::string name = exchange.head().target.segments[0];
  const bool here = name != "metrics" || exchange.peer().listener == kMetricsListener;
  if (!here) {
    co_await refuse(exchange, problem_of(Problem::kNotFound));
    co_return;
  }
  if (method != http::Method::kGet && method != http::Method::kHead) {
    co_await refuse_method(exchange, "GET, HEAD");
    co_return;
  }
  http::Answer answer = text_answer("text/plain; charset=utf-8", "ok\n");
  if (name != "healthz") {
    const auto look = [this] { return parts_.readiness.look(); };
    const service::Health standing = co_await exchange.workers().run(look);
    if (name == "readyz") {
      answer = readiness_answer(standing);
    } else {
      answer =
          text_answer(ops::Metrics::kMediaType,
                      parts_.observer.metrics(standing, parts_.connections(), parts_.tls_until()));
    }
  }
  co_await say(exchange, std::move(answer));
}

}  // namespace heyan::api
