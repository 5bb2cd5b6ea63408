// Deletions and legal holds of submissions: asked for by a clerk, confirmed by a judge of the same
// court, stopped by either (store/deletions.h).
//
// Threat: one person who wants a case gone. Nobody confirms his own, or another request than the
// one he names; each step stands in the audit trail before it is answered.
#include <algorithm>
#include <array>

#include "gateway/api/answers.h"
#include "gateway/api/api.h"
#include "gateway/store/deletions.h"
#include "verifier/core/json.h"
#include "verifier/core/time.h"

namespace heyan::api {
namespace {

using core::json::Value;
using front::Exchange;
using front::Task;
using http::Method;
using http::Problem;
using store::Obstacle;

constexpr std::size_t kBodyBytes = 4u << 10;
constexpr std::array<std::string_view, 4> kReasons = {"retention-over", "court-order",
                                                      "filed-in-error", "person-asks"};
constexpr std::array<std::string_view, 4> kHoldReasons = {"appeal", "retrial", "inquiry",
                                                          "court-order"};

std::string time_text(std::int64_t at_ms) {
  return core::format_rfc3339(core::from_unix_ms(at_ms));
}

Value value_of(const store::Hold& hold, bool names) {
  Value value;
  value.set("id", hold.id).set("reason", hold.reason).set("placedAt", time_text(hold.placed_at_ms));
  if (names) value.set("placedBy", hold.account);
  return value;
}

// Who filed may know that it is to go, and not which persons of the court say so.
std::string text_of(const store::DeletionOf& of, bool names) {
  Value value;
  value.set("state", of.deletion ? store::name(of.deletion->state) : std::string_view("NONE"));
  if (const auto& deletion = of.deletion) {
    value.set("request", deletion->id)
        .set("reason", deletion->reason)
        .set("askedAt", time_text(deletion->asked_at_ms));
    if (names) value.set("askedBy", deletion->asked_by);
    if (deletion->state != store::DeletionState::kAsked) {
      value.set("confirmedAt", time_text(deletion->confirmed_at_ms))
          .set("dueAt", time_text(deletion->due_at_ms));
      if (names) value.set("confirmedBy", deletion->confirmed_by);
    }
    if (deletion->state == store::DeletionState::kDeleted) {
      value.set("deletedAt", time_text(deletion->deleted_at_ms))
          .set("logIndex", deletion->deletion_index);
      if (!deletion->log.empty()) value.set("log", deletion->log);
    }
  }
  if (!of.holds.empty()) {
    Value holds{Value::Array{}};
    for (const store::Hold& one : of.holds) holds.push(value_of(one, names));
    value.set("hold", value_of(of.holds.front(), names)).set("holds", std::move(holds));
  }
  return core::json::write_canonical(value);
}

// {"NAME": TEXT} and nothing else.
std::optional<std::string> one_text(core::ByteView body, std::string_view name) {
  const auto document = core::json::parse(body, core::Limits{.json_bytes = kBodyBytes});
  if (!document || document->as_object() == nullptr || document->as_object()->size() != 1) {
    return std::nullopt;
  }
  const Value* found = document->find(name);
  if (found == nullptr || found->as_string() == nullptr || found->as_string()->contains('\0')) {
    return std::nullopt;
  }
  return *found->as_string();
}

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

std::string_view words_of(Obstacle obstacle) {
  switch (obstacle) {
    case Obstacle::kNone:
    case Obstacle::kAbsent:
    case Obstacle::kUnderWay:
      return {};
    case Obstacle::kAsked:
      return "another request stands; cancel it first";
    case Obstacle::kNotAsked:
      return "nobody has asked for it";
    case Obstacle::kOtherRequest:
      return "another request stands than the one named; read it again";
    case Obstacle::kConfirmed:
      return "somebody else has confirmed it";
    case Obstacle::kOwnRequest:
      return "another person than the one who asked for it confirms it";
    case Obstacle::kHeld:
      return "a legal hold stands; a judge releases from it";
    case Obstacle::kNotHeld:
      return "no such hold stands";
    case Obstacle::kSeveralHolds:
      return "several holds stand; name the one, as it was read";
    case Obstacle::kBeingVerified:
      return "it is being verified; ask again when that has ended";
  }
  return {};
}

http::ProblemDocument problem_of(Obstacle obstacle) {
  if (obstacle == Obstacle::kAbsent) return api::problem_of(Problem::kNotFound);
  if (obstacle == Obstacle::kUnderWay) return deleted_problem();
  http::ProblemDocument document = api::problem_of(Problem::kConflict);
  document.errors.push_back({.pointer = "/deletion",
                             .code = std::string(store::name(obstacle)),
                             .detail = std::string(words_of(obstacle))});
  return document;
}

// What came of a step, and how it stands then.
struct Done {
  Obstacle obstacle = Obstacle::kNone;
  store::DeletionOf of{};
  std::string hold{};  // its id, where one was placed or released
};

// Which may be from before. Empty: somebody released from it since.
std::string id_of(const std::vector<store::Hold>& holds, std::string_view account,
                  std::string_view reason) {
  const auto found = std::ranges::find_if(holds, [&](const store::Hold& hold) {
    return hold.account == account && hold.reason == reason;
  });
  return found == holds.end() ? std::string() : found->id;
}

http::ProblemDocument malformed(std::string_view detail) {
  return api::problem_of(Problem::kMalformedBody, detail);
}

}  // namespace

Task<void> Api::deletion(Recorded& exchange, Caller caller, const Segments& path) {
  const Method method = exchange.head().method;
  const std::string_view step = path.size() > 4 ? std::string_view(path[4]) : std::string_view();
  if (step == "confirmation") {
    if (method == Method::kPost) {
      co_await change_deletion(exchange, caller, path[2], DeletionChange::kConfirm);
    } else {
      co_await refuse_method(exchange, "POST");
    }
  } else if (step == "hold") {
    if (method == Method::kPut) {
      co_await change_deletion(exchange, caller, path[2], DeletionChange::kHold);
    } else if (method == Method::kDelete) {
      co_await change_deletion(exchange, caller, path[2], DeletionChange::kRelease);
    } else {
      co_await refuse_method(exchange, "PUT, DELETE");
    }
  } else if (method == Method::kGet || method == Method::kHead) {
    co_await show_deletion(exchange, caller, path[2]);
  } else if (method == Method::kPost) {
    co_await change_deletion(exchange, caller, path[2], DeletionChange::kAsk);
  } else if (method == Method::kDelete) {
    co_await change_deletion(exchange, caller, path[2], DeletionChange::kCancel);
  } else {
    co_await refuse_method(exchange, "GET, HEAD, POST, DELETE");
  }
}

Task<void> Api::show_deletion(Exchange& exchange, Caller caller, std::string id) {
  const auto find = [&]() -> core::Result<std::optional<store::DeletionOf>> {
    HEYAN_TRY(const auto found, parts_.acceptance.store.find_submission(id, caller.scope()));
    if (!found) return std::nullopt;
    HEYAN_TRY(auto of, parts_.acceptance.store.find_deletion(id, caller.scope()));
    return of;
  };
  const auto found = co_await exchange.workers().run(find);
  if (!found || !*found) {
    co_await refuse(exchange, api::problem_of(found ? Problem::kNotFound : Problem::kUnavailable));
    co_return;
  }
  exchange.concerns(id);
  http::Answer answer = json_answer(200, text_of(**found, caller.role != Role::kLitigant));
  co_await say(exchange, std::move(answer));
}

Task<void> Api::change_deletion(Recorded& exchange, Caller caller, std::string id,
                                DeletionChange change) {
  const bool says_why = change == DeletionChange::kAsk || change == DeletionChange::kHold;
  const bool says = says_why || change == DeletionChange::kConfirm;
  std::string said;
  if (says) {
    const auto body = co_await read_whole_body(exchange, kBodyBytes);
    if (!body) {
      co_await refuse(exchange, body.error());
      co_return;
    }
    auto text = one_text(*body, says_why ? "reason" : "request");
    const bool known = text && (change == DeletionChange::kAsk    ? is_one_of(kReasons, *text)
                                : change == DeletionChange::kHold ? is_one_of(kHoldReasons, *text)
                                                                  : true);
    if (!known) {
      co_await refuse(exchange, malformed(says_why ? "the body is {\"reason\": CODE}, with a code "
                                                     "of the description"
                                                   : "the body is {\"request\": ID}, as it was "
                                                     "read"));
      co_return;
    }
    said = *std::move(text);
    if (says_why) exchange.about("why", said);
  }
  const store::Scope scope = caller.scope();
  const std::int64_t now_ms = settings_.now_ms();
  const std::int64_t due_at_ms = now_ms + settings_.deletion_wait.count();
  const store::DeletionStep step{.submission = id,
                                 .court = scope.court.value_or(""),
                                 .account = caller.account,
                                 .now_ms = now_ms};
  store::Store& store = parts_.acceptance.store;
  const std::string* const named = exchange.head().target.find_query("hold");
  const auto take = [&](Done& done) -> core::Result<Obstacle> {
    switch (change) {
      case DeletionChange::kAsk: {
        HEYAN_TRY(const std::string request, store::new_submission_id());
        return store.ask_deletion(step, request, said);
      }
      case DeletionChange::kConfirm:
        return store.confirm_deletion(step, said, due_at_ms);
      case DeletionChange::kCancel:
        return store.cancel_deletion(step);
      case DeletionChange::kHold: {
        HEYAN_TRY(const std::string hold, store::new_submission_id());
        return store.hold(step, hold, said);
      }
      case DeletionChange::kRelease:
        break;
    }
    if (named != nullptr) {
      done.hold = *named;
    } else {
      HEYAN_TRY(const auto of, store.find_deletion(id, scope));
      if (of.holds.size() > 1) return Obstacle::kSeveralHolds;
      if (!of.holds.empty()) done.hold = of.holds.front().id;
    }
    return store.release(step, done.hold, due_at_ms);
  };
  const auto work = [&]() -> core::Result<Done> {
    Done done;
    HEYAN_TRY(done.obstacle, take(done));
    if (done.obstacle != Obstacle::kNone) return done;
    HEYAN_TRY(done.of, store.find_deletion(id, scope));
    if (change == DeletionChange::kHold) done.hold = id_of(done.of.holds, caller.account, said);
    return done;
  };
  const auto done = co_await exchange.workers().run(work);
  if (!done) {
    co_await refuse(exchange, api::problem_of(Problem::kUnavailable));
    co_return;
  }
  exchange.concerns(id);
  if (done->obstacle != Obstacle::kNone) {
    co_await refuse(exchange, problem_of(done->obstacle));
    co_return;
  }
  if (!done->hold.empty()) exchange.about("hold", done->hold);
  http::Answer answer = json_answer(200, text_of(done->of, true));
  co_await say(exchange, std::move(answer));
}

}  // namespace heyan::api
