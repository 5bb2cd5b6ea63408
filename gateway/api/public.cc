// What anybody may know: the keys with which reports are signed, and how a report stands whose
// number one holds.
//
// Threat: no oracle. A number holds 80 random bits and is printed on the report; what is said of a
// number that there is not is the same whoever asks, and how often is limited (security decision
// 30).
#include <map>

#include "gateway/api/answers.h"
#include "gateway/api/api.h"
#include "gateway/service/standing.h"
#include "verifier/core/json.h"
#include "verifier/core/time.h"

namespace heyan::api {
namespace {

using core::json::Value;
using front::Exchange;
using front::Task;
using http::Method;
using http::Problem;

constexpr std::size_t kPointBytes = 65;  // 04 || X || Y

// RFC 7517 and RFC 7518 section 6.2; of P-256 keys alone.
Value jwk_of(const v1::PublishedKey& key) {
  const core::ByteView point = core::as_bytes(key.point());
  Value jwk;
  if (point.size() != kPointBytes || key.chain().empty()) return jwk;
  Value chain{Value::Array{}};
  for (const std::string& certificate : key.chain()) {
    chain.push(core::to_base64(core::as_bytes(certificate)));
  }
  jwk.set("kty", "EC")
      .set("crv", "P-256")
      .set("alg", "ES256")
      .set("use", "sig")
      .set("x", core::to_base64url(point.subspan(1, 32)))
      .set("y", core::to_base64url(point.subspan(33)))
      .set("x5c", std::move(chain))
      .set("x5t#S256", core::to_base64url(core::as_bytes(key.certificate_sha256())))
      .set("exp", key.valid_until_ms() / 1000);
  return jwk;
}

std::string keys_text(const v1::PublishedKeys& keys, const std::string& origin) {
  Value value;
  for (const v1::PublishedKey& key : keys.keys()) {
    // Without a certificate: what receipts were signed with before.
    if (key.algorithm() != "ES256" || key.chain().empty()) continue;
    if (key.use() == "report") value.set("reports", jwk_of(key));
    if (key.use() == "receipt" || key.use() == "statement") value.set(key.use(), jwk_of(key));
  }
  Value log;
  log.set("origin", origin).set("vkey", keys.log_vkey());
  value.set("log", std::move(log));
  return core::json::write_canonical(value);
}

// Numbers and words of the signed text, and no name of it.
std::string report_text(const std::string& number, const service::PublicReport& report) {
  const auto payload = core::json::parse(core::as_bytes(report.payload),
                                         core::Limits{.json_bytes = report.payload.size()});
  Value value;
  value.set("number", number)
      .set("payloadDigest", core::to_hex(report.payload_sha256))
      .set("standing", report.withdrawn                ? "WITHDRAWN"
                       : !report.superseded_by.empty() ? "SUPERSEDED"
                                                       : "ISSUED");
  if (!report.superseded_by.empty()) value.set("supersededBy", report.superseded_by);
  if (report.record_deleted) value.set("recordDeleted", true);
  if (!report.log_proof.text.empty()) {
    value.set("log", report.log_proof.log).set("logProof", report.log_proof.text);
  }
  if (!payload) return core::json::write_canonical(value);
  const auto copy = [&](std::string_view name, std::string_view pointer) {
    const Value* found = payload->at(pointer);
    if (found != nullptr) value.set(name, *found);
  };
  copy("verdict", "/verdict");
  copy("asOf", "/asOf");
  copy("sample", "/trustList/sample");
  std::map<std::string, std::int64_t> counts;
  const Value* evidence = payload->find("evidence");
  if (evidence != nullptr && evidence->as_array() != nullptr) {
    for (const Value& item : *evidence->as_array()) {
      const Value* verdict = item.find("verdict");
      if (verdict != nullptr && verdict->as_string() != nullptr) ++counts[*verdict->as_string()];
    }
  }
  Value counted{Value::Object{}};
  for (const auto& [verdict, items] : counts) counted.set(verdict, items);
  value.set("counts", std::move(counted));
  return core::json::write_canonical(value);
}

}  // namespace

bool Api::is_for_anybody(const Segments& path) {
  if (path.size() < 2 || path[0] != "v1") return false;
  return (path.size() == 2 && (path[1] == "keys" || path[1] == "csp-reports")) ||
         path[1] == "public" || (path.size() == 3 && path[1] == "reports" && path[2] == "verify");
}

Task<void> Api::anybody(Exchange& exchange, const Segments& path) {
  const Method method = exchange.head().method;
  const bool read = method == Method::kGet || method == Method::kHead;
  if (path[1] == "reports" || path[1] == "csp-reports") {
    if (method != Method::kPost) {
      co_await refuse_method(exchange, "POST");
    } else if (path[1] == "reports") {
      co_await verify_report(exchange);
    } else {
      co_await csp_report(exchange);
    }
  } else if (path[1] == "public" && (path.size() != 4 || path[2] != "reports")) {
    co_await refuse(exchange, problem_of(Problem::kNotFound));
  } else if (!read) {
    co_await refuse_method(exchange, "GET, HEAD");
  } else if (path[1] == "keys") {
    co_await keys(exchange);
  } else {
    co_await public_report(exchange, path[3]);
  }
}

Task<void> Api::keys(Exchange& exchange) {
  if (const auto wait = public_rate_.take(exchange.peer().client, RateLimit::Clock::now())) {
    co_await refuse_for_now(exchange, *wait);
    co_return;
  }
  const auto ask = [&]() -> core::Result<v1::PublishedKeys> {
    v1::FrontAsks asks;
    asks.mutable_keys();
    HEYAN_TRY(v1::FrontGets gets, parts_.acceptance.signer.ask(asks));
    if (!gets.has_keys()) return core::fail(core::ErrorCode::kIo, "the signer does not answer");
    return std::move(*gets.mutable_keys());
  };
  const auto keys = co_await exchange.workers().run(ask);
  if (!keys) {
    co_await refuse(exchange, problem_of(Problem::kUnavailable));
    co_return;
  }
  http::Answer answer = json_answer(200, keys_text(*keys, settings_.log_origin));
  co_await say(exchange, std::move(answer));
}

Task<void> Api::public_report(Exchange& exchange, std::string number) {
  if (const auto wait = public_rate_.take(exchange.peer().client, RateLimit::Clock::now())) {
    co_await refuse_for_now(exchange, *wait);
    co_return;
  }
  const Places::Place place = checks_.take();
  if (!place) {
    co_await refuse_for_now(exchange, std::chrono::seconds(1));
    co_return;
  }
  const auto find = [&] { return service::find_public(parts_.acceptance, number); };
  const auto found = co_await exchange.workers().run(find);
  if (!found || !*found) {
    co_await refuse(exchange, problem_of(found ? Problem::kNotFound : Problem::kUnavailable));
    co_return;
  }
  http::Answer answer = json_answer(200, report_text(number, **found));
  co_await say(exchange, std::move(answer));
}

}  // namespace heyan::api
