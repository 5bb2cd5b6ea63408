// /v1/operator: what an operator may ask. GET /v1/operator/state: how the installation is. Numbers,
// keys and trust; nothing of any case.
#include "gateway/api/answers.h"
#include "gateway/api/api.h"
#include "gateway/ops/version.h"
#include "verifier/core/json.h"
#include "verifier/core/time.h"

namespace heyan::api {
namespace {

using core::json::Value;
using front::Exchange;
using front::Task;
using http::Problem;

std::string time_text(std::int64_t at_ms) {
  return core::format_rfc3339(core::from_unix_ms(at_ms));
}
std::string hex(const std::string& bytes) { return core::to_hex(core::as_bytes(bytes)); }

Value checks_of(const service::Health& health) {
  Value checks{Value::Array{}};
  for (const service::Part& part : health.parts) {
    Value one;
    one.set("name", part.name).set("good", part.ready);
    checks.push(std::move(one));
  }
  return checks;
}

Value keys_of(const v1::PublishedKeys& published) {
  Value keys{Value::Array{}};
  for (const v1::PublishedKey& key : published.keys()) {
    if (key.chain().empty()) continue;  // it signs no more
    Value one;
    one.set("use", key.use())
        .set("algorithm", key.algorithm())
        .set("validFrom", time_text(key.valid_from_ms()))
        .set("validUntil", time_text(key.valid_until_ms()))
        .set("sha256", hex(key.certificate_sha256()));
    keys.push(std::move(one));
  }
  return keys;
}

Value listeners_of(const std::vector<Listener>& listeners) {
  Value list{Value::Array{}};
  for (const Listener& listener : listeners) {
    Value one;
    one.set("name", listener.name).set("address", listener.address);
    list.push(std::move(one));
  }
  return list;
}

Value names_of(const std::vector<std::string>& names) {
  Value list{Value::Array{}};
  for (const std::string& name : names) list.push(name);
  return list;
}

Value self_test_of(const SelfTest& test) {
  Value value;
  value.set("at", time_text(test.at_ms))
      .set("stopped", names_of(test.stopped))
      .set("lacking", names_of(test.lacking));
  return value;
}

Value trust_of(const v1::TrustInForce& trust) {
  Value value;
  value.set("id", trust.id())
      .set("version", trust.version())
      .set("issued", time_text(trust.issued_ms()))
      .set("nextUpdate", time_text(trust.next_update_ms()))
      .set("digest", hex(trust.trust_list()))
      .set("sample", trust.sample());
  return value;
}

// `published`: null where the signer does not answer.
std::string state_text(const service::Health& health, const v1::PublishedKeys* published,
                       const Settings& settings) {
  // Zeros where the store does not answer, of which the check "store" tells.
  const service::Counts counts = health.counts.value_or(service::Counts());
  Value queue;
  queue.set("receiving", counts.jobs.receiving)
      .set("queued", counts.jobs.queued)
      .set("verifying", counts.jobs.verifying);
  Value backlog;
  backlog.set("waiting", health.intakes.waiting()).set("overdue", health.intakes.overdue());
  Value webhooks;
  webhooks.set("pending", counts.to_tell);
  Value scanner;
  scanner.set("state", health.scanner_word())
      .set("pending", counts.scans.pending)
      .set("found", counts.scans.found);
  Value value;
  value.set("ready", health.ready())
      .set("checks", checks_of(health))
      .set("version", ops::software_version())
      .set("startedAt", time_text(settings.started_at_ms))
      .set("queue", std::move(queue))
      .set("backlog", std::move(backlog))
      .set("webhooks", std::move(webhooks))
      .set("malwareScanner", std::move(scanner))
      .set("listeners", listeners_of(settings.listeners))
      .set("selfTest", self_test_of(settings.self_test))
      .set("keys", published == nullptr ? Value(Value::Array{}) : keys_of(*published))
      .set("trustList", published == nullptr ? Value() : trust_of(published->trust()));
  Value policy;
  if (published != nullptr) policy.set("digest", hex(published->trust().policy()));
  value.set("policy", std::move(policy));
  return core::json::write_canonical(value);
}

}  // namespace

Task<void> Api::operate(Exchange& exchange, const Caller& caller, const Segments& path) {
  const http::Method method = exchange.head().method;
  const bool read = method == http::Method::kGet || method == http::Method::kHead;
  const bool previews = path.size() == 4 && path[2] == "trust" && path[3] == "preview";
  const std::string_view part = path.size() == 3 ? std::string_view(path[2]) : std::string_view();
  if (previews && method == http::Method::kPost) {
    co_await preview_trust(exchange);
  } else if (previews) {
    co_await refuse_method(exchange, "POST");
  } else if (part != "state" && part != "trust" && part != "ledgers") {
    co_await refuse(exchange, problem_of(Problem::kNotFound));
  } else if (!read) {
    co_await refuse_method(exchange, "GET, HEAD");
  } else if (part == "trust") {
    co_await show_trust(exchange, caller);
  } else if (part == "ledgers") {
    co_await show_ledgers(exchange);
  } else {
    co_await operator_state(exchange);
  }
}

Task<void> Api::operator_state(Exchange& exchange) {
  const auto look = [&]() -> std::string {
    const service::Health health = parts_.readiness.look();
    v1::FrontAsks asks;
    asks.mutable_keys();
    const auto gets = parts_.acceptance.signer.ask(asks);
    const bool known = gets && gets->has_keys();
    return state_text(health, known ? &gets->keys() : nullptr, settings_);
  };
  std::string text = co_await exchange.workers().run(look);
  http::Answer answer = json_answer(200, std::move(text));
  co_await say(exchange, std::move(answer));
}

}  // namespace heyan::api
