// GET /v1/submissions: the caller's list, filtered and searched within its scope.
#include "gateway/api/answers.h"
#include "gateway/api/api.h"
#include "gateway/api/lines.h"
#include "gateway/service/filing.h"

namespace heyan::api {
namespace {

using core::json::Value;
using front::Exchange;
using front::Task;
using http::Problem;
using Lines = std::vector<store::SubmissionLine>;

core::Result<Lines> find_lines(const service::Acceptance& with, const Caller& caller,
                               ListWish wish) {
  if (wish.receiving) {
    return with.store.list_receiving(wish.own ? caller.sending() : caller.scope(), wish.after,
                                     wish.limit + 1);
  }
  if (!wish.sought.empty() && with.contents != nullptr) {
    std::vector<std::string> courts;
    for (const Court& court : caller.courts) courts.push_back(court.code);
    wish.filter.sought = service::sought_of(wish.sought, courts, *with.contents);
  }
  return with.store.list(caller.scope(), wish.filter, wish.after, wish.limit + 1);
}

}  // namespace

Task<void> Api::worklist(Exchange& exchange, Caller caller) {
  http::ProblemDocument problem = problem_of(Problem::kMalformedRequest);
  ListWish wish = read_wish(exchange.head(), problem.errors);
  if (!problem.errors.empty()) {
    co_await refuse(exchange, std::move(problem));
    co_return;
  }
  if (wish.filter.unassigned && !caller.may(Right::kAssign)) {
    co_await refuse(exchange, problem_of(Problem::kForbidden));
    co_return;
  }
  if (wish.proposed) {
    const std::int64_t after_ms = settings_.propose_after.count();
    wish.filter.ended_before_ms = after_ms == 0 ? 0 : settings_.now_ms() - after_ms;
  }
  const auto find = [&] { return find_lines(parts_.acceptance, caller, wish); };
  auto lines = co_await exchange.workers().run(find);
  if (!lines) {
    co_await refuse(exchange, problem_of(Problem::kUnavailable));
    co_return;
  }
  const bool more = lines->size() > wish.limit;
  if (more) lines->resize(wish.limit);
  Value items{Value::Array{}};
  for (const store::SubmissionLine& line : *lines) {
    items.push(line_value(line, settings_.now_ms()));
  }
  Value value;
  value.set("items", std::move(items));
  value.set("next",
            more ? Value(encode_cursor(lines->back(), wish.filter.attention_first)) : Value());
  http::Answer answer = json_answer(200, core::json::write_canonical(value));
  co_await say(exchange, std::move(answer));
}

}  // namespace heyan::api
