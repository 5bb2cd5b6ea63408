// Writing and reading: whom a submission is for, and who opened it without that.
#include "gateway/store/assignments.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "gateway/store/parts.h"
#include "gateway/store/rows.h"

namespace heyan::store {
namespace {

using core::ErrorCode;
using std::string;

constexpr std::size_t kLongestPage = 500;

using AccessRow = std::tuple<string, string, string, string, string, std::int64_t, std::int64_t>;

std::vector<Access> accesses_in(std::vector<AccessRow> rows) {
  std::vector<Access> found;
  found.reserve(rows.size());
  for (auto& row : rows) {
    Access& one = found.emplace_back();
    std::tie(one.id, one.submission, one.court, one.judge, one.reason, one.since_ms, one.until_ms) =
        std::move(row);
  }
  return found;
}

}  // namespace

string open_to(std::string_view judge, std::string_view at_ms) {
  return string("s.id IN (SELECT m.submission FROM assignments m WHERE m.judge = ")
      .append(judge)
      .append(" UNION SELECT e.submission FROM accesses e WHERE e.judge = ")
      .append(judge)
      .append(" AND e.until_ms > ")
      .append(at_ms)
      .append(")");
}

core::Result<bool> Writing::assign(const Assignment& assignment) {
  HEYAN_TRY(const auto others,
            statements_.one<std::uint64_t>("SELECT count(*) FROM assignments"
                                           " WHERE submission = ? AND judge <> ?",
                                           assignment.submission, assignment.judge));
  if (!others || std::get<0>(*others) >= kMostAssigned) {
    return core::fail(ErrorCode::kLimit, "this submission has too many judges already");
  }
  HEYAN_TRY(
      const std::uint64_t added,
      statements_.change("INSERT INTO assignments(submission, judge, assigned_by, at_ms)"
                         " VALUES(?, ?, ?, ?) ON CONFLICT(submission, judge) DO NOTHING",
                         assignment.submission, assignment.judge, assignment.by, assignment.at_ms));
  return added > 0;
}

core::Result<bool> Writing::unassign(std::string_view submission, std::string_view judge) {
  HEYAN_TRY(const std::uint64_t removed,
            statements_.change("DELETE FROM assignments WHERE submission = ? AND judge = ?",
                               submission, judge));
  return removed > 0;
}

core::Result<void> Writing::give_access(const Access& access) {
  HEYAN_TRY(const auto open,
            statements_.one<std::uint64_t>(
                "SELECT (SELECT count(*) FROM assignments WHERE submission = ?1 AND judge = ?2)"
                " + (SELECT count(*) FROM accesses WHERE submission = ?1 AND judge = ?2"
                "  AND until_ms > ?3)",
                access.submission, access.judge, access.since_ms));
  if (!open || std::get<0>(*open) > 0) {
    return core::fail(ErrorCode::kDuplicate, "this submission is open to the account already");
  }
  return statements_.run(
      "INSERT INTO accesses(id, submission, court, judge, reason, since_ms, until_ms)"
      " VALUES(?, ?, ?, ?, ?, ?, ?)",
      access.id, access.submission, access.court, access.judge, access.reason, access.since_ms,
      access.until_ms);
}

core::Result<std::vector<Assignment>> Reading::assigned_to(std::string_view submission,
                                                           const Scope& scope) {
  std::vector<Assignment> found;
  HEYAN_TRY(const auto visible, find_submission(submission, scope));
  if (!visible) return found;
  HEYAN_TRY(auto rows, (statements_.all<string, string, std::int64_t>(
                           "SELECT judge, assigned_by, at_ms FROM assignments"
                           " WHERE submission = ? ORDER BY judge",
                           submission)));
  found.reserve(rows.size());
  for (auto& [judge, by, at_ms] : rows) {
    found.push_back({.submission = string(submission),
                     .judge = std::move(judge),
                     .by = std::move(by),
                     .at_ms = at_ms});
  }
  return found;
}

core::Result<std::vector<Access>> Reading::accesses_of(std::string_view submission,
                                                       const Scope& scope) {
  HEYAN_TRY(const auto visible, find_submission(submission, scope));
  if (!visible) return std::vector<Access>();
  constexpr std::string_view kAll =
      "SELECT id, submission, court, judge, reason, since_ms, until_ms FROM accesses"
      " WHERE submission = ? ORDER BY since_ms DESC, id DESC LIMIT ?";
  constexpr std::string_view kOfPerson =
      "SELECT id, submission, '', '', '', since_ms, until_ms FROM accesses"
      " WHERE submission = ? ORDER BY since_ms DESC, id DESC LIMIT ?";
  HEYAN_TRY(auto rows,
            (statements_.all<string, string, string, string, string, std::int64_t, std::int64_t>(
                is_of_person(scope) ? kOfPerson : kAll, submission, std::uint64_t{kLongestPage})));
  return accesses_in(std::move(rows));
}

core::Result<std::vector<Access>> Reading::accesses(const Scope& scope,
                                                    const std::optional<Cursor>& after,
                                                    std::size_t limit) {
  if (scope.account || scope.judge) {
    return core::fail(ErrorCode::kUnsupported, "this list is of a court or of all");
  }
  const std::int64_t from =
      after ? after->received_at_ms : std::numeric_limits<std::int64_t>::max();
  HEYAN_TRY(auto rows,
            (statements_.all<string, string, string, string, string, std::int64_t, std::int64_t>(
                "SELECT id, submission, court, judge, reason, since_ms, until_ms FROM accesses"
                " WHERE (?1 IS NULL OR court = ?1) AND (since_ms, id) < (?2, ?3)"
                " ORDER BY since_ms DESC, id DESC LIMIT ?4",
                scope.court, from, after ? after->id : string(),
                std::uint64_t{std::min(limit, kLongestPage)})));
  return accesses_in(std::move(rows));
}

core::Result<bool> Store::assign(const Assignment& assignment) {
  return write<bool>([&](Writing& writing) { return writing.assign(assignment); });
}

core::Result<bool> Store::unassign(const std::string& submission, const std::string& judge) {
  return write<bool>([&](Writing& writing) { return writing.unassign(submission, judge); });
}

core::Result<void> Store::give_access(const Access& access) {
  return parts_->commits->run([&] { return parts_->writing.give_access(access); });
}

core::Result<std::vector<Assignment>> Store::assigned_to(const std::string& submission,
                                                         const Scope& scope) {
  return read(scope, [&](Reading& reading) { return reading.assigned_to(submission, scope); });
}

core::Result<std::vector<Access>> Store::accesses_of(const std::string& submission,
                                                     const Scope& scope) {
  return read(scope, [&](Reading& reading) { return reading.accesses_of(submission, scope); });
}

core::Result<std::vector<Access>> Store::accesses(const Scope& scope,
                                                  const std::optional<Cursor>& after,
                                                  std::size_t limit) {
  return read(scope, [&](Reading& reading) { return reading.accesses(scope, after, limit); });
}

}  // namespace heyan::store
