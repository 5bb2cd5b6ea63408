// A clerk's requests for what is missing, read by whoever may read the submission; and a judge's
// notes, read by nobody else.
#include "gateway/api/answers.h"
#include "gateway/api/api.h"
#include "gateway/api/lines.h"
#include "gateway/api/note_body.h"
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

Value value_of(const store::Supplement& supplement, std::int64_t now_ms) {
  Value items{Value::Array{}};
  for (const store::SupplementItem& one : supplement.items) {
    Value item;
    if (!one.item.empty()) item.set("item", one.item);
    item.set("code", one.code);
    items.push(std::move(item));
  }
  Value value;
  value.set("id", supplement.id)
      .set("createdAt", time_text(supplement.created_at_ms))
      .set("until", time_text(supplement.until_ms))
      .set("text", supplement.text)
      .set("state", supplement_state(
                        {.until_ms = supplement.until_ms, .answered = supplement.answered}, now_ms))
      .set("items", std::move(items));
  return value;
}

http::Answer list_answer(Value items) {
  Value value;
  value.set("items", std::move(items));
  return json_answer(200, core::json::write_canonical(value));
}

http::ProblemDocument not_read(std::vector<http::ProblemError> defects) {
  http::ProblemDocument document =
      problem_of(defects.empty() ? Problem::kMalformedBody : Problem::kDefects);
  document.errors = std::move(defects);
  return document;
}

// What came of a change: an answer, or the problem that it is.
using Done = std::expected<http::Answer, http::ProblemDocument>;

Done ours(const core::Error& error) {
  if (is_deleted(error)) return std::unexpected(deleted_problem());
  const bool full = error.code == core::ErrorCode::kLimit;
  return std::unexpected(problem_of(full ? Problem::kConflict : Problem::kUnavailable,
                                    full ? error.text : std::string_view()));
}

// Nothing: the submission is not there, or not within the scope.
core::Result<std::optional<std::vector<store::FiledItem>>> items_within(store::Store& store,
                                                                        const std::string& id,
                                                                        const store::Scope& scope) {
  HEYAN_TRY(const auto found, store.find_submission(id, scope));
  if (!found) return std::nullopt;
  HEYAN_TRY(auto items, store.items_of(id, scope));
  return items;
}

Done add_supplement(store::Store& store, const Caller& caller, const std::string& id,
                    core::ByteView body, std::int64_t now_ms) {
  const auto items = items_within(store, id, caller.scope());
  if (!items) return ours(items.error());
  if (!*items) return std::unexpected(problem_of(Problem::kNotFound));
  std::vector<http::ProblemError> defects;
  auto supplement = read_supplement(body, **items, now_ms, defects);
  if (!supplement || !defects.empty()) return std::unexpected(not_read(std::move(defects)));
  auto name = store::new_submission_id();
  if (!name) return ours(name.error());
  supplement->id = *std::move(name);
  supplement->submission = id;
  supplement->account = caller.account;
  if (const auto added = store.add_supplement(*supplement); !added) return ours(added.error());
  return json_answer(201, core::json::write_canonical(value_of(*supplement, now_ms)));
}

Done write_annotation(store::Store& store, const Caller& caller, const std::string& id,
                      core::ByteView body, std::int64_t now_ms) {
  const auto items = items_within(store, id, caller.scope());
  if (!items) return ours(items.error());
  if (!*items) return std::unexpected(problem_of(Problem::kNotFound));
  std::vector<http::ProblemError> defects;
  auto annotation = read_annotation(body, **items, defects);
  if (!annotation || !defects.empty()) return std::unexpected(not_read(std::move(defects)));
  annotation->written_at_ms = now_ms;
  if (const auto kept = store.annotate(caller.account, id, *annotation); !kept) {
    return ours(kept.error());
  }
  http::Answer answer;
  answer.status = 204;
  return answer;
}

}  // namespace

Task<void> Api::change_notes(Exchange& exchange, Caller caller, std::string id, NoteChange change) {
  const auto body = co_await read_whole_body(exchange, kNoteBytes);
  if (!body) {
    co_await refuse(exchange, body.error());
    co_return;
  }
  const auto work = [&]() -> Done {
    store::Store& store = parts_.acceptance.store;
    return change == NoteChange::kSupplement
               ? add_supplement(store, caller, id, *body, settings_.now_ms())
               : write_annotation(store, caller, id, *body, settings_.now_ms());
  };
  auto done = co_await exchange.workers().run(work);
  if (!done) {
    co_await refuse(exchange, std::move(done).error());
    co_return;
  }
  exchange.concerns(id);
  co_await say(exchange, *std::move(done));
}

Task<void> Api::supplements(Exchange& exchange, Caller caller, std::string id) {
  const auto find = [&]() -> core::Result<std::optional<std::vector<store::Supplement>>> {
    HEYAN_TRY(const auto found, parts_.acceptance.store.find_submission(id, caller.scope()));
    if (!found) return std::nullopt;
    HEYAN_TRY(auto all, parts_.acceptance.store.supplements_of(id, caller.scope()));
    return all;
  };
  const auto found = co_await exchange.workers().run(find);
  if (!found || !*found) {
    co_await refuse(exchange, problem_of(found ? Problem::kNotFound : Problem::kUnavailable));
    co_return;
  }
  Value items{Value::Array{}};
  for (const store::Supplement& one : **found) items.push(value_of(one, settings_.now_ms()));
  co_await say(exchange, list_answer(std::move(items)));
}

Task<void> Api::annotations(Exchange& exchange, Caller caller, std::string id) {
  const auto find = [&]() -> core::Result<std::optional<std::vector<store::Annotation>>> {
    HEYAN_TRY(const auto found, parts_.acceptance.store.find_submission(id, caller.scope()));
    if (!found) return std::nullopt;
    HEYAN_TRY(auto all, parts_.acceptance.store.annotations_of(caller.account, id, caller.scope()));
    return all;
  };
  const auto found = co_await exchange.workers().run(find);
  if (!found || !*found) {
    co_await refuse(exchange, problem_of(found ? Problem::kNotFound : Problem::kUnavailable));
    co_return;
  }
  Value items{Value::Array{}};
  for (const store::Annotation& one : **found) {
    Value item;
    if (!one.item.empty()) item.set("item", one.item);
    item.set("text", one.text).set("writtenAt", time_text(one.written_at_ms));
    items.push(std::move(item));
  }
  co_await say(exchange, list_answer(std::move(items)));
}

}  // namespace heyan::api
