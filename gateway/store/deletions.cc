// Writing and reading: deletions and legal holds.
#include "gateway/store/deletions.h"

#include <algorithm>
#include <array>

#include "gateway/store/parts.h"
#include "gateway/store/rows.h"

namespace heyan::store {
namespace {

using core::Bytes;
using core::ErrorCode;
using std::string;
using MaybeText = std::optional<string>;
using MaybeTime = std::optional<std::int64_t>;

constexpr std::array<std::string_view, 4> kStates = {"ASKED", "CONFIRMED", "UNDER_WAY", "DELETED"};
constexpr auto kObstacles = std::to_array<std::string_view>(
    {"", "", "deletion-asked", "deletion-not-asked", "another-request", "deletion-confirmed",
     "own-request", "held", "not-held", "several-holds", "being-verified", "deleted"});

constexpr std::string_view kColumns =
    "SELECT d.id, d.submission, s.court, d.state, d.reason, d.asked_by, d.asked_at_ms,"
    " d.confirmed_by, d.confirmed_at_ms, d.due_at_ms, d.deleted_at_ms, d.deletion_index, d.log"
    " FROM deletions d JOIN submissions s ON s.id = d.submission";
constexpr std::string_view kOfPerson =
    "SELECT d.id, d.submission, s.court, d.state, d.reason, '', d.asked_at_ms,"
    " NULL, d.confirmed_at_ms, d.due_at_ms, d.deleted_at_ms, d.deletion_index, d.log"
    " FROM deletions d JOIN submissions s ON s.id = d.submission WHERE d.submission = ?";

using Row = std::tuple<string, string, string, string, string, string, std::int64_t, MaybeText,
                       MaybeTime, MaybeTime, MaybeTime, std::optional<std::uint64_t>, string>;

core::Result<DeletionState> state_of(std::string_view word) {
  const auto* const state = std::ranges::find(kStates, word);
  if (state == kStates.end()) {
    return core::fail(ErrorCode::kInternal, "a deletion has no known state");
  }
  return static_cast<DeletionState>(state - kStates.begin());
}

core::Result<Deletion> deletion_of(Row row) {
  auto& [id, submission, court, word, reason, asked_by, asked_at_ms, confirmed_by, confirmed_at_ms,
         due_at_ms, deleted_at_ms, deletion_index, log] = row;
  HEYAN_TRY(const DeletionState state, state_of(word));
  return Deletion{.id = std::move(id),
                  .submission = std::move(submission),
                  .court = std::move(court),
                  .state = state,
                  .reason = std::move(reason),
                  .asked_by = std::move(asked_by),
                  .asked_at_ms = asked_at_ms,
                  .confirmed_by = std::move(confirmed_by).value_or(""),
                  .confirmed_at_ms = confirmed_at_ms.value_or(0),
                  .due_at_ms = due_at_ms.value_or(0),
                  .deleted_at_ms = deleted_at_ms.value_or(0),
                  .deletion_index = deletion_index.value_or(0),
                  .log = std::move(log)};
}

bool is_over(DeletionState state) {
  return state == DeletionState::kUnderWay || state == DeletionState::kDeleted;
}

string with(std::string_view where) { return string(kColumns).append(where); }

}  // namespace

std::string_view name(DeletionState state) { return kStates.at(static_cast<std::size_t>(state)); }
std::string_view name(Obstacle obstacle) {
  return kObstacles.at(static_cast<std::size_t>(obstacle));
}

// ---- writing

core::Result<std::optional<Writing::BeforeStep>> Writing::before(const DeletionStep& step) {
  HEYAN_TRY(auto row,
            (statements_
                 .one<string, std::uint64_t, MaybeText, MaybeText, MaybeText, MaybeText, MaybeText>(
                     "SELECT j.state, EXISTS (SELECT 1 FROM holds h WHERE h.submission = s.id),"
                     " d.id, d.state, d.reason, d.asked_by, d.confirmed_by FROM submissions s"
                     " JOIN jobs j ON j.submission = s.id AND j.version = s.version"
                     " LEFT JOIN deletions d ON d.submission = s.id"
                     " WHERE s.id = ? AND s.court = ?",
                     step.submission, step.court)));
  if (!row) return std::nullopt;
  auto& [job, held, id, state, reason, asked_by, confirmed_by] = *row;
  BeforeStep before;
  HEYAN_TRY(const State last, state_named(job));
  before.verifying = last == State::kVerifying;
  before.held = held != 0;
  if (!id || !state) return before;
  Deletion& deletion = before.deletion.emplace();
  HEYAN_TRY(deletion.state, state_of(*state));
  deletion.id = *std::move(id);
  deletion.reason = std::move(reason).value_or("");
  deletion.asked_by = std::move(asked_by).value_or("");
  deletion.confirmed_by = std::move(confirmed_by).value_or("");
  return before;
}

core::Result<Obstacle> Writing::ask_deletion(const DeletionStep& step, std::string_view id,
                                             std::string_view reason) {
  HEYAN_TRY(const auto found, before(step));
  if (!found) return Obstacle::kAbsent;
  if (const auto& stands = found->deletion) {
    if (is_over(stands->state)) return Obstacle::kUnderWay;
    const bool same = stands->state == DeletionState::kAsked && stands->asked_by == step.account &&
                      stands->reason == reason;
    return same ? Obstacle::kNone : Obstacle::kAsked;
  }
  if (found->held) return Obstacle::kHeld;
  if (found->verifying) return Obstacle::kBeingVerified;
  HEYAN_CHECK_OK(
      statements_.run("INSERT INTO deletions(submission, id, state, reason, asked_by, asked_at_ms)"
                      " VALUES(?, ?, 'ASKED', ?, ?, ?)",
                      step.submission, id, reason, step.account, step.now_ms));
  return Obstacle::kNone;
}

core::Result<Obstacle> Writing::confirm_deletion(const DeletionStep& step, std::string_view id,
                                                 std::int64_t due_at_ms) {
  HEYAN_TRY(const auto found, before(step));
  if (!found) return Obstacle::kAbsent;
  const auto& stands = found->deletion;
  if (!stands) return Obstacle::kNotAsked;
  if (is_over(stands->state)) return Obstacle::kUnderWay;
  if (stands->id != id) return Obstacle::kOtherRequest;
  if (stands->asked_by == step.account) return Obstacle::kOwnRequest;
  if (stands->state == DeletionState::kConfirmed) {
    return stands->confirmed_by == step.account ? Obstacle::kNone : Obstacle::kConfirmed;
  }
  if (found->held) return Obstacle::kHeld;
  HEYAN_CHECK_OK(statements_.run(
      "UPDATE deletions SET state = 'CONFIRMED', confirmed_by = ?, confirmed_at_ms = ?,"
      " due_at_ms = ? WHERE submission = ?",
      step.account, step.now_ms, due_at_ms, step.submission));
  return Obstacle::kNone;
}

core::Result<Obstacle> Writing::cancel_deletion(const DeletionStep& step) {
  HEYAN_TRY(const auto found, before(step));
  if (!found) return Obstacle::kAbsent;
  if (!found->deletion) return Obstacle::kNotAsked;
  if (is_over(found->deletion->state)) return Obstacle::kUnderWay;
  HEYAN_CHECK_OK(statements_.run("DELETE FROM deletions WHERE submission = ?", step.submission));
  return Obstacle::kNone;
}

core::Result<Obstacle> Writing::hold(const DeletionStep& step, std::string_view id,
                                     std::string_view reason) {
  HEYAN_TRY(const auto found, before(step));
  if (!found) return Obstacle::kAbsent;
  if (found->deletion && is_over(found->deletion->state)) return Obstacle::kUnderWay;
  HEYAN_CHECK_OK(statements_.run(
      "INSERT INTO holds(submission, id, reason, account, placed_at_ms) VALUES(?, ?, ?, ?, ?)"
      " ON CONFLICT(submission, account, reason) DO NOTHING",
      step.submission, id, reason, step.account, step.now_ms));
  return Obstacle::kNone;
}

// The waiting begins anew: who relied on the hold has as long as anybody to be heard.
core::Result<Obstacle> Writing::release(const DeletionStep& step, std::string_view id,
                                        std::int64_t due_at_ms) {
  HEYAN_TRY(const auto found, before(step));
  if (!found) return Obstacle::kAbsent;
  HEYAN_TRY(
      const std::uint64_t released,
      statements_.change("DELETE FROM holds WHERE submission = ? AND id = ?", step.submission, id));
  if (released == 0) return Obstacle::kNotHeld;
  HEYAN_CHECK_OK(
      statements_.run("UPDATE deletions SET due_at_ms = ?1"
                      " WHERE submission = ?2 AND state = 'CONFIRMED' AND due_at_ms < ?1",
                      due_at_ms, step.submission));
  return Obstacle::kNone;
}

// Writers take turns, on a server too: nobody claims the job between these statements.
core::Result<bool> Writing::begin_deletion(std::string_view submission, std::int64_t now_ms) {
  HEYAN_TRY(const std::uint64_t begun,
            statements_.change(
                "UPDATE deletions SET state = 'UNDER_WAY'"
                " WHERE submission = ?1 AND state = 'CONFIRMED' AND due_at_ms <= ?2"
                " AND NOT EXISTS (SELECT 1 FROM holds h WHERE h.submission = ?1)"
                " AND EXISTS (SELECT 1 FROM submissions s JOIN jobs j ON j.submission = s.id"
                "  AND j.version = s.version WHERE s.id = ?1 AND j.state <> 'VERIFYING')",
                submission, now_ms));
  if (begun > 0) {
    HEYAN_TRY(const std::uint64_t ended,
              statements_.change("UPDATE jobs SET state = 'REJECTED', refusal = ?"
                                 " WHERE submission = ? AND state = 'QUEUED'",
                                 kDeletedRefusal, submission));
    if (ended > 0) HEYAN_CHECK_OK(list_again(submission));
    return true;
  }
  HEYAN_TRY(const auto row, statements_.one<string>(
                                "SELECT state FROM deletions WHERE submission = ?", submission));
  return row && std::get<0>(*row) == name(DeletionState::kUnderWay);
}

// Numbers, verdicts and envelopes of its reports stay, and whose it was.
core::Result<void> Writing::finish_deletion(const Deletion& deletion, const Bytes& session) {
  HEYAN_TRY(const std::uint64_t changed,
            statements_.change("UPDATE deletions SET state = 'DELETED', deleted_at_ms = ?,"
                               " deletion_index = ?, log = ?"
                               " WHERE submission = ? AND state = 'UNDER_WAY'",
                               deletion.deleted_at_ms, deletion.deletion_index, deletion.log,
                               deletion.submission));
  if (changed != 1) return core::fail(ErrorCode::kNotFound, "that submission is not being deleted");
  HEYAN_CHECK_OK(statements_.run("UPDATE submissions SET session = ? WHERE id = ?", session,
                                 deletion.submission));
  for (const std::string_view text :
       {"DELETE FROM files WHERE submission = ?", "DELETE FROM scans WHERE submission = ?",
        "DELETE FROM filings WHERE submission = ?", "DELETE FROM contents WHERE submission = ?",
        "DELETE FROM known WHERE submission = ?", "DELETE FROM supplements WHERE submission = ?",
        "DELETE FROM annotations WHERE submission = ?",
        "DELETE FROM attempted_records WHERE submission = ?", "DELETE FROM receiving WHERE id = ?",
        "UPDATE listed SET sought = '' WHERE (court, received_at_ms, submission) ="
        " (SELECT s.court, s.received_at_ms, s.id FROM submissions s WHERE s.id = ?)"}) {
    HEYAN_CHECK_OK(statements_.run(text, deletion.submission));
  }
  return {};
}

core::Result<void> Writing::expect_not_deleted(std::string_view submission) {
  HEYAN_TRY(const auto row,
            statements_.one<string>("SELECT state FROM deletions WHERE submission = ?"
                                    " AND state IN ('UNDER_WAY', 'DELETED')",
                                    submission));
  if (!row) return {};
  return core::fail(ErrorCode::kUnsupported, kDeletedText);
}

// ---- reading

core::Result<DeletionOf> Reading::find_deletion(std::string_view submission, const Scope& scope) {
  static const string kOne = with(" WHERE d.submission = ?");
  DeletionOf found;
  HEYAN_TRY(const auto visible, find_submission(submission, scope));
  if (!visible) return found;
  HEYAN_TRY(
      auto row,
      (statements_.one<string, string, string, string, string, string, std::int64_t, MaybeText,
                       MaybeTime, MaybeTime, MaybeTime, std::optional<std::uint64_t>, string>(
          is_of_person(scope) ? kOfPerson : std::string_view(kOne), submission)));
  if (row) {
    HEYAN_TRY(found.deletion, deletion_of(*std::move(row)));
  }
  HEYAN_TRY(auto held,
            (statements_.all<string, string, string, std::int64_t>(
                is_of_person(scope) ? "SELECT id, reason, '', placed_at_ms FROM holds"
                                      " WHERE submission = ? ORDER BY placed_at_ms, id"
                                    : "SELECT id, reason, account, placed_at_ms FROM holds"
                                      " WHERE submission = ? ORDER BY placed_at_ms, id",
                submission)));
  for (auto& [id, reason, account, placed_at_ms] : held) {
    found.holds.push_back({.id = std::move(id),
                           .reason = std::move(reason),
                           .account = std::move(account),
                           .placed_at_ms = placed_at_ms});
  }
  return found;
}

// The first line lets the index of what is open be used, the second what is not due be left early.
core::Result<std::vector<Deletion>> Reading::due_deletions(std::int64_t now_ms, std::size_t most) {
  static const string kDue = with(
      " JOIN jobs j ON j.submission = s.id AND j.version = s.version"
      " WHERE d.state IN ('CONFIRMED', 'UNDER_WAY')"
      " AND (d.state = 'UNDER_WAY' OR d.due_at_ms <= ?1)"
      " AND (d.state = 'UNDER_WAY' OR (j.state <> 'VERIFYING'"
      "  AND NOT EXISTS (SELECT 1 FROM holds h WHERE h.submission = d.submission)))"
      " ORDER BY d.due_at_ms, d.submission LIMIT ?2");
  HEYAN_TRY(
      auto rows,
      (statements_.all<string, string, string, string, string, string, std::int64_t, MaybeText,
                       MaybeTime, MaybeTime, MaybeTime, std::optional<std::uint64_t>, string>(
          kDue, now_ms, std::uint64_t{most})));
  std::vector<Deletion> due;
  due.reserve(rows.size());
  for (Row& row : rows) {
    HEYAN_TRY(Deletion one, deletion_of(std::move(row)));
    due.push_back(std::move(one));
  }
  return due;
}

// A record holds 32 bytes by chance: no two submissions have the same.
core::Result<FilesToDelete> Reading::files_to_delete(const Deletion& deletion) {
  HEYAN_TRY(auto rows,
            (statements_.all<Bytes, std::uint64_t>(
                "SELECT x.sha256, EXISTS (SELECT 1 FROM files f"
                "  JOIN submissions s ON s.id = f.submission"
                "  WHERE f.sha256 = x.sha256 AND s.court = ?1 AND f.submission <> ?2)"
                " OR EXISTS (SELECT 1 FROM awaited a JOIN receiving w ON w.id = a.submission"
                "  WHERE a.sha256 = x.sha256 AND w.court = ?1 AND w.id <> ?2)"
                " FROM (SELECT sha256 FROM files WHERE submission = ?2"
                "  UNION SELECT record_sha256 FROM reports WHERE submission = ?2"
                "  UNION SELECT sha256 FROM attempted_records WHERE submission = ?2"
                "  UNION SELECT sha256 FROM awaited WHERE submission = ?2"
                "   AND sha256 IS NOT NULL) x",
                deletion.court, deletion.submission)));
  FilesToDelete found;
  for (auto& [sha256, shared] : rows) {
    if (shared == 0) found.alone.push_back(sha256);
    found.all.push_back(std::move(sha256));
  }
  return found;
}

// ---- the store's

core::Result<Obstacle> Store::ask_deletion(const DeletionStep& step, const string& id,
                                           const string& reason) {
  return write<Obstacle>([&](Writing& writing) { return writing.ask_deletion(step, id, reason); });
}

core::Result<Obstacle> Store::confirm_deletion(const DeletionStep& step, const string& id,
                                               std::int64_t due_at_ms) {
  return write<Obstacle>(
      [&](Writing& writing) { return writing.confirm_deletion(step, id, due_at_ms); });
}

core::Result<Obstacle> Store::cancel_deletion(const DeletionStep& step) {
  return write<Obstacle>([&](Writing& writing) { return writing.cancel_deletion(step); });
}

core::Result<Obstacle> Store::hold(const DeletionStep& step, const string& id,
                                   const string& reason) {
  return write<Obstacle>([&](Writing& writing) { return writing.hold(step, id, reason); });
}

core::Result<Obstacle> Store::release(const DeletionStep& step, const string& id,
                                      std::int64_t due_at_ms) {
  return write<Obstacle>([&](Writing& writing) { return writing.release(step, id, due_at_ms); });
}

core::Result<DeletionOf> Store::find_deletion(const string& submission, const Scope& scope) {
  return read(scope, [&](Reading& reading) { return reading.find_deletion(submission, scope); });
}

core::Result<std::vector<Deletion>> Store::due_deletions(std::int64_t now_ms, std::size_t most) {
  return read(Scope::whole_installation(),
              [&](Reading& reading) { return reading.due_deletions(now_ms, most); });
}

core::Result<bool> Store::begin_deletion(const string& submission, std::int64_t now_ms) {
  HEYAN_TRY(const bool begun, write<bool>([&](Writing& writing) {
              return writing.begin_deletion(submission, now_ms);
            }));
  if (begun) tell(submission);
  return begun;
}

core::Result<FilesToDelete> Store::files_to_delete(const Deletion& deletion) {
  return read(Scope::of_court(deletion.court),
              [&](Reading& reading) { return reading.files_to_delete(deletion); });
}

core::Result<void> Store::finish_deletion(const Deletion& deletion, const Bytes& session) {
  HEYAN_CHECK_OK(
      parts_->commits->run([&] { return parts_->writing.finish_deletion(deletion, session); }));
  tell(deletion.submission);
  return {};
}

}  // namespace heyan::store
