#include "gateway/store/reading.h"

#include <algorithm>

#include "gateway/store/rows.h"
#include "gateway/store/vault_names.h"

namespace heyan::store {
namespace {

using core::Bytes;
using core::ErrorCode;
using std::string;
using MaybeText = std::optional<std::string>;

// A question about a submission `s`. Parameters 2 to 5: court, account, judge, time of the scope.
// That of judges alone names what they may open, which a front for people alone may not see.
class Scoped {
 public:
  explicit Scoped(std::string_view question, std::string_view order = {})
      : any_(with(question, "?4 IS NULL AND ?5 IS NOT NULL", order)),
        of_judge_(with(question, open_to("?4", "?5"), order)) {}

  const string& of(const Scope& scope) const { return scope.judge ? of_judge_ : any_; }

 private:
  string any_;
  string of_judge_;

  static string with(std::string_view question, std::string_view judge, std::string_view order) {
    return string(question)
        .append(" AND (?2 IS NULL OR s.court = ?2) AND (?3 IS NULL OR s.account = ?3) AND ")
        .append(judge)
        .append(order);
  }
};

}  // namespace

core::Result<std::optional<KeyUse>> Reading::find_key(std::string_view court,
                                                      std::string_view account,
                                                      std::string_view key) {
  return key_use(statements_, court, account, key);
}

core::Result<std::optional<Submission>> Reading::find_submission(std::string_view id,
                                                                 const Scope& scope) {
  static const Scoped question(
      "SELECT s.id, s.court, s.account, s.received_at_ms, s.intake_index,"
      " s.receipt, s.session, s.version, j.state, j.refusal,"
      " (SELECT number FROM reports r WHERE r.submission = s.id"
      "  ORDER BY r.version DESC LIMIT 1),"
      " EXISTS (SELECT 1 FROM deletions d WHERE d.submission = s.id"
      "  AND d.state IN ('UNDER_WAY', 'DELETED'))"
      " FROM submissions s"
      " JOIN jobs j ON j.submission = s.id AND j.version = s.version"
      " WHERE s.id = ?1");
  HEYAN_TRY(auto row,
            (statements_.one<string, string, string, std::int64_t, std::uint64_t, Bytes, Bytes,
                             std::uint64_t, string, MaybeText, MaybeText, std::uint64_t>(
                question.of(scope), id, scope.court, scope.account, scope.judge, scope.at_ms)));
  if (!row) return std::nullopt;
  Submission found;
  std::uint64_t version = 0;
  std::uint64_t deleted = 0;
  string state;
  std::tie(found.id, found.court, found.account, found.received_at_ms, found.intake_index,
           found.receipt, found.session, version, state, found.refusal, found.report, deleted) =
      *std::move(row);
  found.deleted = deleted != 0;
  HEYAN_TRY(found.version, version_of(version));
  HEYAN_TRY(found.state, state_named(state));
  return found;
}

core::Result<std::vector<StoredFile>> Reading::files(std::string_view submission,
                                                     const Scope& scope) {
  HEYAN_TRY(const auto visible, find_submission(submission, scope));
  if (!visible) return std::vector<StoredFile>();
  return files_of(statements_, submission);
}

core::Result<std::optional<Report>> Reading::find_report(std::string_view number,
                                                         const Scope& scope) {
  static const Scoped question(
      "SELECT r.number, r.submission, r.version, s.court, s.account, r.issued_at_ms,"
      " r.envelope, r.record_sha256, r.verdict, r.supersedes, r.superseded_by,"
      " r.withdrawn_at_ms, r.withdrawal_reason, t.token"
      " FROM reports r JOIN submissions s ON s.id = r.submission"
      " LEFT JOIN stamps t ON t.report = r.number"
      " WHERE r.number = ?1");
  HEYAN_TRY(
      auto row,
      (statements_
           .one<string, string, std::uint64_t, string, string, std::int64_t, Bytes, Bytes, string,
                MaybeText, MaybeText, std::optional<std::int64_t>, MaybeText, std::optional<Bytes>>(
               question.of(scope), number, scope.court, scope.account, scope.judge, scope.at_ms)));
  if (!row) return std::nullopt;
  Report found;
  std::uint64_t version = 0;
  std::optional<Bytes> token;
  std::tie(found.number, found.submission, version, found.court, found.account, found.issued_at_ms,
           found.envelope, found.record_sha256, found.verdict, found.supersedes,
           found.superseded_by, found.withdrawn_at_ms, found.withdrawal_reason, token) =
      *std::move(row);
  found.time_stamp = std::move(token).value_or(Bytes());
  HEYAN_TRY(found.version, version_of(version));
  return found;
}

core::Result<std::vector<string>> Reading::reports_of(std::string_view submission,
                                                      const Scope& scope) {
  static const Scoped question(
      "SELECT r.number FROM reports r JOIN submissions s ON s.id = r.submission"
      " WHERE s.id = ?1",
      " ORDER BY r.version");
  HEYAN_TRY(auto rows, statements_.all<string>(question.of(scope), submission, scope.court,
                                               scope.account, scope.judge, scope.at_ms));
  std::vector<string> numbers;
  for (auto& [number] : rows) numbers.push_back(std::move(number));
  return numbers;
}

core::Result<std::vector<Bytes>> Reading::unclaimed(std::string_view court,
                                                    std::span<const Bytes> digests) {
  std::vector<Bytes> found;
  for (const Bytes& sha256 : digests) {
    HEYAN_TRY(const auto row,
              statements_.one<std::uint64_t>(
                  "SELECT EXISTS (SELECT 1 FROM files f JOIN submissions s ON s.id = f.submission"
                  "  WHERE f.sha256 = ?1 AND s.court = ?2)"
                  " OR EXISTS (SELECT 1 FROM awaited a JOIN receiving w ON w.id = a.submission"
                  "  WHERE a.sha256 = ?1 AND w.court = ?2)",
                  sha256, court));
    if (row && std::get<0>(*row) == 0) found.push_back(sha256);
  }
  return found;
}

// What is received is looked at first: what is accepted meanwhile comes last in the order of the
// rest.
core::Result<KeptPage> Reading::kept_after(std::string_view court,
                                           const std::optional<Cursor>& after, std::size_t most) {
  std::vector<string> ids;
  if (!after) {
    HEYAN_TRY(auto begun,
              statements_.all<string>("SELECT id FROM receiving WHERE court = ?", court));
    for (auto& [id] : begun) ids.push_back(std::move(id));
  }
  const Cursor from = after.value_or(Cursor{.received_at_ms = -1, .id = ""});
  HEYAN_TRY(auto rows, (statements_.all<std::int64_t, string>(
                           "SELECT received_at_ms, id FROM submissions WHERE court = ?1"
                           " AND (received_at_ms, id) > (?2, ?3)"
                           " AND NOT EXISTS (SELECT 1 FROM deletions d"
                           "  WHERE d.submission = submissions.id AND d.state = 'DELETED')"
                           " ORDER BY received_at_ms, id LIMIT ?4",
                           court, from.received_at_ms, from.id, static_cast<std::int64_t>(most))));
  KeptPage page;
  for (auto& [received_at_ms, id] : rows) {
    page.next = Cursor{.received_at_ms = received_at_ms, .id = id};
    ids.push_back(std::move(id));
  }
  for (const string& id : ids) {
    HEYAN_TRY(auto digests, statements_.all<Bytes>(
                                "SELECT sha256 FROM files WHERE submission = ?1"
                                " UNION SELECT record_sha256 FROM reports WHERE submission = ?1"
                                " AND NOT EXISTS (SELECT 1 FROM deletions d"
                                "  WHERE d.submission = ?1 AND d.state = 'DELETED')"
                                " UNION SELECT a.sha256 FROM attempted_records a"
                                " JOIN submissions s ON s.id = a.submission"
                                " JOIN jobs j ON j.submission = s.id AND j.version = s.version"
                                " WHERE a.submission = ?1 AND j.state <> 'DONE'"
                                " UNION SELECT sha256 FROM awaited WHERE submission = ?1"
                                " AND sha256 IS NOT NULL",
                                id));
    for (auto& [digest] : digests) page.files.push_back({id, std::move(digest)});
  }
  return page;
}

// From one to the next along an index: DISTINCT reads a line for each submission.
core::Result<std::vector<string>> Reading::courts() {
  HEYAN_TRY(auto rows,
            statements_.all<string>(
                "WITH RECURSIVE each(court) AS (SELECT min(court) FROM submissions UNION ALL"
                " SELECT (SELECT min(s.court) FROM submissions s WHERE s.court > each.court)"
                "  FROM each WHERE each.court IS NOT NULL)"
                " SELECT court FROM each WHERE court IS NOT NULL"));
  std::vector<string> courts;
  for (auto& [court] : rows) courts.push_back(std::move(court));
  return courts;
}

core::Result<Backlog> Reading::backlog(std::int64_t overdue_before_ms) {
  HEYAN_TRY(const auto row,
            (statements_.one<std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t>(
                "SELECT count(*) FILTER (WHERE state = 'QUEUED'),"
                " count(*) FILTER (WHERE state = 'VERIFYING'),"
                " count(*) FILTER (WHERE queued_at_ms < ?),"
                " (SELECT count(*) FROM receiving WHERE accepted = 0)"
                " FROM jobs WHERE state IN ('QUEUED', 'VERIFYING')",
                overdue_before_ms)));
  if (!row) return core::fail(ErrorCode::kInternal, "the database did not answer");
  const auto& [queued, verifying, overdue, receiving] = *row;
  return Backlog{
      .queued = queued, .verifying = verifying, .overdue = overdue, .receiving = receiving};
}

}  // namespace heyan::store
