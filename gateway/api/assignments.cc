// /v1/submissions/{id}/assignment: which judges of the court a submission is for; and the gate in
// front of what is for others (security decision 31).
//
// Threat: a judge's account that looks where it has no task (PIPL 6), and a handler that forgets to
// ask. The gate stands before every handler and says why; behind it the scope of the caller
// (Caller::scope) hides from such a judge what is not open to them, whoever asks the store.
#include <algorithm>
#include <limits>

#include "gateway/api/answers.h"
#include "gateway/api/api.h"
#include "gateway/api/assignment_body.h"
#include "verifier/core/json.h"
#include "verifier/core/time.h"

namespace heyan::api {
namespace {

using core::json::Value;
using front::Exchange;
using front::Task;
using http::Method;
using http::Problem;
using Segments = std::vector<std::string>;

// As if each access had ended: what is assigned is left.
constexpr std::int64_t kAfterEveryAccess = std::numeric_limits<std::int64_t>::max();

bool is_looked_at(const Caller& caller, const Segments& path) {
  const bool names = path.size() > 2 && (path[1] == "submissions" || path[1] == "reports");
  return caller.held && names;
}

// The court's, and not open to this judge of it.
core::Result<bool> is_for_others(store::Store& store, const Caller& caller, const Segments& path) {
  const auto is_seen = [&](const store::Scope& scope) -> core::Result<bool> {
    if (path[1] == "reports") {
      HEYAN_TRY(const auto report, store.find_report(path[2], scope));
      return report.has_value();
    }
    HEYAN_TRY(const auto submission, store.find_submission(path[2], scope));
    return submission.has_value();
  };
  HEYAN_TRY(const bool open, is_seen(caller.scope()));
  if (open) return false;
  return is_seen(caller.whole_court());
}

std::string assigned_text(const std::vector<store::Assignment>& assigned) {
  Value items{Value::Array{}};
  for (const store::Assignment& one : assigned) {
    Value item;
    item.set("account", accounts::shown_account(one.judge))
        .set("by", accounts::shown_account(one.by))
        .set("at", core::format_rfc3339(core::from_unix_ms(one.at_ms)));
    items.push(std::move(item));
  }
  Value value;
  value.set("items", std::move(items));
  return core::json::write_canonical(value);
}

// What came of a change: an answer, or the problem that it is.
using Done = std::expected<http::Answer, http::ProblemDocument>;

Done ours(const core::Error& error) {
  const bool full = error.code == core::ErrorCode::kLimit;
  return std::unexpected(problem_of(full ? Problem::kConflict : Problem::kUnavailable,
                                    full ? error.text : std::string_view()));
}

http::ProblemDocument with_defect(Problem problem, std::string pointer, std::string code,
                                  std::string detail) {
  http::ProblemDocument document = problem_of(problem);
  document.errors.push_back({std::move(pointer), std::move(code), std::move(detail)});
  return document;
}

Done assign(const Parts& parts, const Caller& caller, const std::string& id,
            const std::string& account, std::int64_t now_ms) {
  store::Store& store = parts.acceptance.store;
  const auto found = store.find_submission(id, caller.scope());
  if (!found) return ours(found.error());
  if (!*found) return std::unexpected(problem_of(Problem::kNotFound));
  const Court& court = caller.courts.at(0);
  if (!court.assignment) {
    return std::unexpected(with_defect(Problem::kConflict, "", "assignment-off",
                                       "judges of this court read all of it"));
  }
  const auto judges = parts.accounts.of_court(court.code, accounts::Role::kJudge);
  if (!judges) return ours(judges.error());
  if (std::ranges::find(*judges, account, &accounts::Person::account) == judges->end()) {
    return std::unexpected(with_defect(Problem::kDefects, "/account", "unknown-account",
                                       "no judge of this court has that account"));
  }
  const auto added = store.assign({.submission = id,
                                   .judge = accounts::stored_account(account),
                                   .by = caller.account,
                                   .at_ms = now_ms});
  if (!added) return ours(added.error());
  const auto assigned = store.assigned_to(id, caller.scope());
  if (!assigned) return ours(assigned.error());
  return json_answer(*added ? 201 : 200, assigned_text(*assigned));
}

Done unassign(const Parts& parts, const Caller& caller, const std::string& id,
              const std::string& account) {
  store::Store& store = parts.acceptance.store;
  const auto found = store.find_submission(id, caller.scope());
  if (!found) return ours(found.error());
  if (!*found) return std::unexpected(problem_of(Problem::kNotFound));
  const auto removed = store.unassign(id, accounts::stored_account(account));
  if (!removed) return ours(removed.error());
  if (!*removed) return std::unexpected(problem_of(Problem::kNotFound));
  http::Answer answer;
  answer.status = 204;
  return answer;
}

}  // namespace

core::Result<void> Api::still_may(Caller caller, Right right, const Segments& path) {
  using core::ErrorCode;
  const auto session = core::from_hex(caller.session_name);
  HEYAN_TRY(const bool lives, parts_.accounts.lives(session.value_or(core::Bytes()), true));
  if (!lives) return core::fail(ErrorCode::kNotFound, kSessionOver);
  if (right == Right::kBreakGlass || !is_looked_at(caller, path)) return {};
  caller.asked_at_ms = is_for_reading(right) ? settings_.now_ms() : kAfterEveryAccess;
  HEYAN_TRY(const bool others, is_for_others(parts_.acceptance.store, caller, path));
  return others ? core::fail(ErrorCode::kNotFound, kTakenAway) : core::Result<void>();
}

Task<bool> Api::refuse_for_others(Recorded& exchange, Caller caller, Right right) {
  const Segments& path = exchange.head().target.segments;
  if (!is_looked_at(caller, path)) co_return false;
  if (!is_for_reading(right)) caller.asked_at_ms = kAfterEveryAccess;
  const auto look = [&] { return is_for_others(parts_.acceptance.store, caller, path); };
  const auto others = co_await exchange.workers().run(look);
  if (others && !*others) co_return false;
  if (others) exchange.about("reason", "not-assigned");
  co_await refuse(exchange, problem_of(others ? Problem::kNotAssigned : Problem::kUnavailable));
  co_return true;
}

Task<void> Api::assignment(Recorded& exchange, Caller caller, std::string id) {
  const Method method = exchange.head().method;
  if (method == Method::kPost) {
    co_await add_assignment(exchange, caller, std::move(id));
  } else if (method == Method::kDelete) {
    co_await end_assignment(exchange, caller, std::move(id));
  } else if (method == Method::kGet || method == Method::kHead) {
    co_await show_assignment(exchange, caller, std::move(id));
  } else {
    co_await refuse_method(exchange, "DELETE, GET, HEAD, POST");
  }
}

Task<void> Api::add_assignment(Recorded& exchange, Caller caller, std::string id) {
  const auto body = co_await read_whole_body(exchange, kAssignmentBytes);
  if (!body) {
    co_await refuse(exchange, body.error());
    co_return;
  }
  std::vector<http::ProblemError> defects;
  const auto account = read_account(*body, defects);
  if (!account || !defects.empty()) {
    http::ProblemDocument document =
        problem_of(account ? Problem::kDefects : Problem::kMalformedBody);
    document.errors = std::move(defects);
    co_await refuse(exchange, std::move(document));
    co_return;
  }
  const auto work = [&] { return assign(parts_, caller, id, *account, settings_.now_ms()); };
  auto done = co_await exchange.workers().run(work);
  if (!done) {
    co_await refuse(exchange, std::move(done).error());
    co_return;
  }
  exchange.about("judge", accounts::stored_account(*account));
  exchange.concerns(id);
  co_await say(exchange, *std::move(done));
}

Task<void> Api::end_assignment(Recorded& exchange, Caller caller, std::string id) {
  const std::string* account = exchange.head().target.find_query("account");
  if (account == nullptr || !accounts::is_account(*account)) {
    co_await refuse(exchange, with_defect(Problem::kMalformedRequest, "account", "bad-parameter",
                                          "the account of a judge to whom it is assigned"));
    co_return;
  }
  const auto work = [&] { return unassign(parts_, caller, id, *account); };
  auto done = co_await exchange.workers().run(work);
  if (!done) {
    co_await refuse(exchange, std::move(done).error());
    co_return;
  }
  exchange.about("judge", accounts::stored_account(*account));
  exchange.concerns(id);
  co_await say(exchange, *std::move(done));
}

Task<void> Api::show_assignment(Exchange& exchange, Caller caller, std::string id) {
  const auto find = [&]() -> core::Result<std::optional<std::vector<store::Assignment>>> {
    HEYAN_TRY(const auto found, parts_.acceptance.store.find_submission(id, caller.scope()));
    if (!found) return std::nullopt;
    HEYAN_TRY(auto assigned, parts_.acceptance.store.assigned_to(id, caller.scope()));
    return assigned;
  };
  const auto found = co_await exchange.workers().run(find);
  if (!found || !*found) {
    co_await refuse(exchange, problem_of(found ? Problem::kNotFound : Problem::kUnavailable));
    co_return;
  }
  exchange.concerns(id);
  http::Answer answer = json_answer(200, assigned_text(**found));
  co_await say(exchange, std::move(answer));
}

// GET /v1/judges: of the clerk's court, to whom something can be assigned.
Task<void> Api::judges(Exchange& exchange, Caller caller) {
  if (exchange.head().method != Method::kGet && exchange.head().method != Method::kHead) {
    co_await refuse_method(exchange, "GET, HEAD");
    co_return;
  }
  const auto find = [&]() -> core::Result<std::vector<accounts::Person>> {
    if (caller.courts.size() != 1) return std::vector<accounts::Person>();
    return parts_.accounts.of_court(caller.courts[0].code, accounts::Role::kJudge);
  };
  const auto found = co_await exchange.workers().run(find);
  if (!found) {
    co_await refuse(exchange, problem_of(Problem::kUnavailable));
    co_return;
  }
  Value items{Value::Array{}};
  for (const accounts::Person& person : *found) {
    Value item;
    item.set("account", person.account).set("name", person.name);
    items.push(std::move(item));
  }
  Value value;
  value.set("assignment", caller.courts.size() == 1 && caller.courts[0].assignment)
      .set("items", std::move(items));
  http::Answer answer = json_answer(200, core::json::write_canonical(value));
  co_await say(exchange, std::move(answer));
}

}  // namespace heyan::api
