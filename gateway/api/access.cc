// A judge breaks the glass: /v1/submissions/{id}/access, and who did, /v1/access.
//
// Threat: access that nobody hears of. It is in the audit trail before it is given, it is told to
// the court's clerks with its reason and to whoever may read the submission, and it ends by itself:
// all of it stands in the store, so that every front knows.
#include "gateway/api/answers.h"
#include "gateway/api/api.h"
#include "gateway/api/assignment_body.h"
#include "gateway/api/lines.h"
#include "verifier/core/json.h"
#include "verifier/core/time.h"

namespace heyan::api {
namespace {

using core::json::Value;
using front::Exchange;
using front::Task;
using http::Method;
using http::Problem;

constexpr std::int64_t kHourMs = std::int64_t{3600} * 1000;

bool is_read(Method method) { return method == Method::kGet || method == Method::kHead; }

std::string time_text(std::int64_t at_ms) {
  return core::format_rfc3339(core::from_unix_ms(at_ms));
}

// A party is told that it was, and when; the court's, by whom; its clerks and the operator, why.
Value value_of(const store::Access& access, Role reader, std::int64_t now_ms) {
  Value value;
  value.set("id", access.id)
      .set("submission", access.submission)
      .set("since", time_text(access.since_ms))
      .set("until", time_text(access.until_ms))
      .set("open", now_ms < access.until_ms);
  if (reader != Role::kLitigant) value.set("judge", accounts::shown_account(access.judge));
  if (reader == Role::kClerk || reader == Role::kOperator) value.set("reason", access.reason);
  if (reader == Role::kOperator) value.set("court", access.court);
  return value;
}

std::string list_text(const std::vector<store::Access>& accesses, Role reader, std::int64_t now_ms,
                      std::optional<Value> next = std::nullopt) {
  Value items{Value::Array{}};
  for (const store::Access& one : accesses) items.push(value_of(one, reader, now_ms));
  Value value;
  value.set("items", std::move(items));
  if (next) value.set("next", *std::move(next));
  return core::json::write_canonical(value);
}

// Nothing: the glass may be broken. kNotFound where the court has no such submission.
core::Result<std::optional<Problem>> why_not(store::Store& store, const Caller& caller,
                                             const std::string& id) {
  HEYAN_TRY(const auto found, store.find_submission(id, caller.whole_court()));
  if (!found) return Problem::kNotFound;
  HEYAN_TRY(const auto open, store.find_submission(id, caller.scope()));
  return open ? std::optional(Problem::kConflict) : std::nullopt;
}

core::Result<store::Access> access_of(const Caller& caller, const std::string& submission,
                                      std::string reason, std::int64_t now_ms, unsigned hours) {
  HEYAN_TRY(std::string id, store::new_submission_id());
  return store::Access{.id = std::move(id),
                       .submission = submission,
                       .court = caller.courts.at(0).code,
                       .judge = caller.account,
                       .reason = std::move(reason),
                       .since_ms = now_ms,
                       .until_ms = now_ms + kHourMs * std::int64_t{hours}};
}

http::ProblemDocument already_open() {
  http::ProblemDocument document = problem_of(Problem::kConflict);
  document.errors.push_back({"", "access-not-needed", "this submission is open to you already"});
  return document;
}

}  // namespace

Task<void> Api::access(Recorded& exchange, Caller caller, std::string id) {
  const Method method = exchange.head().method;
  if (method == Method::kPost) {
    co_await break_glass(exchange, caller, std::move(id));
  } else if (is_read(method)) {
    co_await show_access(exchange, caller, std::move(id));
  } else {
    co_await refuse_method(exchange, "GET, HEAD, POST");
  }
}

Task<void> Api::break_glass(Recorded& exchange, Caller caller, std::string id) {
  const auto body = co_await read_whole_body(exchange, kAssignmentBytes);
  if (!body) {
    co_await refuse(exchange, body.error());
    co_return;
  }
  const auto look = [&] { return why_not(parts_.acceptance.store, caller, id); };
  const auto not_so = co_await exchange.workers().run(look);
  if (!not_so || *not_so == Problem::kNotFound) {
    co_await refuse(exchange, problem_of(not_so ? Problem::kNotFound : Problem::kUnavailable));
    co_return;
  }
  if (*not_so) {
    co_await refuse(exchange, already_open());
    co_return;
  }
  std::vector<http::ProblemError> defects;
  auto reason = read_reason(*body, defects);
  if (!reason || !defects.empty()) {
    http::ProblemDocument document =
        problem_of(reason ? Problem::kDefects : Problem::kMalformedBody);
    document.errors = std::move(defects);
    co_await refuse(exchange, std::move(document));
    co_return;
  }
  const std::int64_t now_ms = settings_.now_ms();
  const auto wanted = access_of(caller, id, *std::move(reason), now_ms, settings_.access_hours);
  if (!wanted) {
    co_await refuse(exchange, problem_of(Problem::kUnavailable));
    co_return;
  }
  exchange.about("reason", audit::hidden(wanted->reason));
  exchange.about("until", time_text(wanted->until_ms));
  const bool recorded = co_await exchange.record_ahead(audit::Event::kGlassBroken);
  if (!recorded) {
    co_await refuse(exchange, problem_of(Problem::kUnavailable));
    co_return;
  }
  const auto give = [&] { return parts_.acceptance.store.give_access(*wanted); };
  const auto given = co_await exchange.workers().run(give);
  if (!given) {
    const bool twice = given.error().code == core::ErrorCode::kDuplicate;
    co_await refuse(exchange, twice ? already_open() : problem_of(Problem::kUnavailable));
    co_return;
  }
  exchange.concerns(id);
  http::Answer answer =
      json_answer(201, core::json::write_canonical(value_of(*wanted, caller.role, now_ms)));
  co_await say(exchange, std::move(answer));
}

Task<void> Api::show_access(Exchange& exchange, Caller caller, std::string id) {
  const auto find = [&]() -> core::Result<std::optional<std::vector<store::Access>>> {
    HEYAN_TRY(const auto found, parts_.acceptance.store.find_submission(id, caller.scope()));
    if (!found) return std::nullopt;
    HEYAN_TRY(auto accesses, parts_.acceptance.store.accesses_of(id, caller.scope()));
    return accesses;
  };
  const auto found = co_await exchange.workers().run(find);
  if (!found || !*found) {
    co_await refuse(exchange, problem_of(found ? Problem::kNotFound : Problem::kUnavailable));
    co_return;
  }
  exchange.concerns(id);
  http::Answer answer = json_answer(200, list_text(**found, caller.role, settings_.now_ms()));
  co_await say(exchange, std::move(answer));
}

Task<void> Api::accesses(Exchange& exchange, Caller caller) {
  if (!is_read(exchange.head().method)) {
    co_await refuse_method(exchange, "GET, HEAD");
    co_return;
  }
  http::ProblemDocument problem = problem_of(Problem::kMalformedRequest);
  const Page page = read_page(exchange.head(), problem.errors);
  if (!problem.errors.empty()) {
    co_await refuse(exchange, std::move(problem));
    co_return;
  }
  const store::Scope scope =
      caller.role == Role::kOperator ? store::Scope::whole_installation() : caller.whole_court();
  const auto find = [&] {
    return parts_.acceptance.store.accesses(scope, page.after, page.limit + 1);
  };
  auto found = co_await exchange.workers().run(find);
  if (!found) {
    co_await refuse(exchange, problem_of(Problem::kUnavailable));
    co_return;
  }
  Value next;
  if (found->size() > page.limit) {
    found->resize(page.limit);
    next = encode_place(found->back().since_ms, found->back().id);
  }
  http::Answer answer =
      json_answer(200, list_text(*found, caller.role, settings_.now_ms(), std::move(next)));
  co_await say(exchange, std::move(answer));
}

}  // namespace heyan::api
