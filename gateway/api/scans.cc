// GET /v1/submissions/{id}/scans: what a malware scanner said of the files of a submission.
#include "gateway/api/answers.h"
#include "gateway/api/api.h"
#include "verifier/core/json.h"
#include "verifier/core/time.h"

namespace heyan::api {
namespace {

using core::json::Value;
using front::Exchange;
using front::Task;
using http::Problem;

Value value_of(const store::ScannedFile& file) {
  Value value;
  value.set("path", file.path).set("state", store::name(file.scan.state));
  if (!file.scan.name.empty()) value.set("name", file.scan.name);
  if (file.scan.at_ms != 0)
    value.set("at", core::format_rfc3339(core::from_unix_ms(file.scan.at_ms)));
  return value;
}

}  // namespace

Task<void> Api::scans(Exchange& exchange, Caller caller, std::string id) {
  const auto find = [&] { return parts_.acceptance.store.scans_of(id, caller.scope()); };
  const auto found = co_await exchange.workers().run(find);
  if (!found || !*found) {
    co_await refuse(exchange, problem_of(found ? Problem::kNotFound : Problem::kUnavailable));
    co_return;
  }
  exchange.concerns(id);
  Value items{Value::Array{}};
  for (const store::ScannedFile& file : **found) items.push(value_of(file));
  Value value;
  value.set("scanner", settings_.scans).set("items", std::move(items));
  http::Answer answer = json_answer(200, core::json::write_canonical(value));
  co_await say(exchange, std::move(answer));
}

}  // namespace heyan::api
