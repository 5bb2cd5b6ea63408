// Reading: lists of submissions, filtered and searched.
#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "gateway/store/reading.h"
#include "gateway/store/rows.h"

namespace heyan::store {
namespace {

using core::Bytes;
using core::ErrorCode;
using std::string;
using MaybeText = std::optional<string>;

constexpr std::size_t kLongestPage = 500;
constexpr std::uint64_t kPartiesOfLine = 20;
constexpr core::Error kOfNobody{ErrorCode::kUnsupported, "lists are of one court or one person"};
const Cursor kNewest{
    .received_at_ms = std::numeric_limits<std::int64_t>::max(), .id = {}, .attention = false};

// Parameters: 1 court, 2 account, 3 time, 4 id, 5 count, 6 state, 7 verdict, 8 attention, 9 part,
// 10 tags, 11 id sought, 12 number sought, 13 unassigned, 14 judge, 15 time of the judge's,
// 16 deletion, 17 ended before. instr compares as it stands: nothing in what is sought is a
// wildcard.
//
// What is left out is left out by what stands in `listed`, or by a question that is asked once for
// the whole list; so a court's list may be long. CROSS JOIN tells SQLite with which table to begin.
constexpr std::string_view kColumns =
    "SELECT s.id, s.court, s.account, s.received_at_ms, s.session, j.state, r.number, r.verdict,"
    " f.case_number, f.submitter, f.items, p.until_ms,"
    " p.id IS NOT NULL AND EXISTS (SELECT 1 FROM filings g JOIN submissions t"
    "  ON t.id = g.submission"
    "  WHERE g.court = f.court AND g.case_number = f.case_number AND g.case_number <> ''"
    "  AND t.account = s.account AND t.received_at_ms > p.created_at_ms)";
// What a list is read from, and what of it is its order.
struct Source {
  std::string_view from;
  std::string_view order;
  std::string_view backwards;
};
constexpr Source kList = {" FROM listed w CROSS JOIN submissions s",
                          "w.received_at_ms, w.submission",
                          "w.received_at_ms DESC, w.submission DESC"};
// By listed_by_attention: SQLite takes it where nothing is asked of `a` that does not stand there.
constexpr Source kAttention = {" FROM listed a CROSS JOIN listed w CROSS JOIN submissions s",
                               "a.received_at_ms, a.submission",
                               "a.received_at_ms DESC, a.submission DESC"};
constexpr Source kSubmissions = {" FROM submissions s CROSS JOIN listed w",
                                 "s.received_at_ms, s.id", "s.received_at_ms DESC, s.id DESC"};
constexpr std::string_view kJoined =
    " JOIN jobs j ON j.submission = s.id AND j.version = s.version"
    " LEFT JOIN reports r ON r.submission = s.id AND r.superseded_by IS NULL"
    " LEFT JOIN filings f ON f.submission = s.id"
    " LEFT JOIN supplements p ON p.id = (SELECT n.id FROM supplements n WHERE n.submission = s.id"
    "  ORDER BY n.created_at_ms DESC, n.id DESC LIMIT 1)"
    " WHERE w.court = s.court AND w.received_at_ms = s.received_at_ms AND w.submission = s.id";
constexpr std::string_view kFilters =
    " AND (?8 IS NULL OR w.attention = ?8)"
    " AND (?6 IS NULL OR (w.state = CASE WHEN ?6 IN ('DONE', 'REJECTED') THEN ?6 ELSE 'OPEN' END"
    "  AND j.state = ?6))"
    " AND (?7 IS NULL OR instr(w.verdicts, ' ' || ?7 || ' ') > 0)"
    " AND (?9 IS NULL OR instr(w.sought, ?9) > 0 OR w.submission IN"
    "  (WITH RECURSIVE places(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM places"
    "    WHERE 32 * (n + 1) < length(?10))"
    "   SELECT ?11 UNION ALL SELECT k.submission FROM reports k WHERE k.number = ?12"
    "   UNION ALL SELECT b.submission FROM found_by b"
    "    WHERE b.tag IN (SELECT substr(?10, 32 * n + 1, 32) FROM places)))"
    " AND (?13 = 0 OR NOT EXISTS (SELECT 1 FROM assignments n WHERE n.submission = w.submission))"
    " AND (?16 IS NULL"
    "  OR w.submission IN (SELECT d.submission FROM deletions d WHERE d.state = ?16)"
    "  OR (?16 = 'HELD' AND w.submission IN (SELECT h.submission FROM holds h)))"
    " AND (?17 IS NULL OR (w.state <> 'OPEN'"
    "  AND coalesce(r.issued_at_ms, s.received_at_ms) < ?17"
    "  AND NOT EXISTS (SELECT 1 FROM deletions d WHERE d.submission = w.submission)"
    "  AND NOT EXISTS (SELECT 1 FROM holds h WHERE h.submission = w.submission)))";

string open_to_judge() { return open_to("?14", "?15"); }

// Whatever a list is of, a judge's scope is asked for here: where it is not what the text is for,
// there is nothing. Only that text names what judges may open, which a front for people alone may
// not see.
enum class For : std::uint8_t { kAny, kJudges };
string with(const Source& source, std::string_view where, For whom = For::kAny) {
  return string(kColumns)
      .append(source.from)
      .append(kJoined)
      .append(where)
      .append(" AND ")
      .append(whom == For::kJudges ? open_to_judge() : "?14 IS NULL AND ?15 IS NOT NULL")
      .append(kFilters)
      .append(" AND (")
      .append(source.order)
      .append(") < (?3, ?4) ORDER BY ")
      .append(source.backwards)
      .append(" LIMIT ?5");
}

std::string_view text_of_one(const Scope& scope) {
  constexpr std::string_view kOne =
      " AND s.id = ?11 AND (?1 IS NULL OR s.court = ?1) AND (?2 IS NULL OR s.account = ?2)";
  static const string any = with(kSubmissions, kOne);
  static const string of_judge = with(kSubmissions, kOne, For::kJudges);
  return scope.judge ? of_judge : any;
}

// A text for each kind of scope, so that each has its index.
std::string_view text_for(const Scope& scope, const ListFilter& filter) {
  static const string of_court = with(kList, " AND w.court = ?1 AND ?2 IS NULL");
  static const string by_attention =
      with(kAttention,
           " AND a.court = ?1 AND a.attention = ?8 AND ?2 IS NULL AND w.court = a.court"
           " AND w.received_at_ms = a.received_at_ms AND w.submission = a.submission");
  static const string of_account = with(kSubmissions, " AND s.court = ?1 AND s.account = ?2");
  static const string of_person = with(kSubmissions, " AND ?1 IS NULL AND s.account = ?2");
  // The few that are theirs, not the court's along its index: so that is not offered.
  static const string of_judge =
      with(kSubmissions, " AND s.court || '' = ?1 AND ?2 IS NULL", For::kJudges);
  if (scope.judge) return of_judge;
  if (!scope.account) return filter.attention ? by_attention : of_court;
  return scope.court ? of_account : of_person;
}

}  // namespace

bool wants_attention(std::optional<State> state, const std::optional<std::string>& verdict) {
  return state == State::kRejected || (verdict && *verdict != "ALL_CONSISTENT");
}

core::Result<void> Reading::complete(SubmissionLine& line, const Scope& scope) {
  HEYAN_TRY(auto parties,
            (statements_.all<string, string>("SELECT role, name FROM filed_parties"
                                             " WHERE submission = ? ORDER BY position LIMIT ?",
                                             line.id, kPartiesOfLine)));
  for (auto& [role, name] : parties) {
    line.filing.parties.push_back({.role = std::move(role), .name = std::move(name)});
  }
  if (line.report) {
    HEYAN_TRY(line.counts, counts_of(*line.report));
  }
  if (scope.account) return {};
  HEYAN_TRY(auto judges,
            statements_.all<string>(
                "SELECT judge FROM assignments WHERE submission = ? ORDER BY judge", line.id));
  for (auto& [judge] : judges) line.assigned.push_back(std::move(judge));
  return {};
}

core::Result<std::vector<SubmissionLine>> Reading::lines(std::string_view text, const Scope& scope,
                                                         const ListFilter& filter,
                                                         const Cursor& from, std::size_t limit) {
  const MaybeText state = filter.state ? std::optional(string(name(*filter.state))) : std::nullopt;
  const Sought sought = filter.sought.value_or(Sought{});
  const MaybeText part = filter.sought ? std::optional(small_letters(sought.part)) : std::nullopt;
  const std::optional<std::int64_t> attention = filter.attention;
  const std::int64_t unassigned = filter.unassigned ? 1 : 0;
  HEYAN_TRY(auto rows,
            (statements_.all<string, string, string, std::int64_t, Bytes, string, MaybeText,
                             MaybeText, MaybeText, MaybeText, std::optional<std::uint64_t>,
                             std::optional<std::int64_t>, std::uint64_t>(
                text, scope.court, scope.account, from.received_at_ms, from.id,
                std::uint64_t{std::min(limit, kLongestPage)}, state, filter.verdict, attention,
                part, sought.tags, sought.id, sought.number, unassigned, scope.judge, scope.at_ms,
                filter.deletion, filter.ended_before_ms)));
  std::vector<SubmissionLine> lines;
  lines.reserve(rows.size());
  for (auto& row : rows) {
    SubmissionLine& line = lines.emplace_back();
    string word;
    MaybeText case_number;
    MaybeText submitter;
    std::optional<std::uint64_t> items;
    std::optional<std::int64_t> until_ms;
    std::uint64_t answered = 0;
    std::tie(line.id, line.court, line.account, line.received_at_ms, line.session, word,
             line.report, line.verdict, case_number, submitter, items, until_ms, answered) =
        std::move(row);
    HEYAN_TRY(line.state, state_named(word));
    line.filing.case_number = std::move(case_number).value_or("");
    line.filing.submitter = std::move(submitter).value_or("");
    line.items = items.value_or(0);
    if (until_ms) line.supplement = {.until_ms = *until_ms, .answered = answered != 0};
    HEYAN_CHECK_OK(complete(line, scope));
  }
  return lines;
}

core::Result<std::vector<SubmissionLine>> Reading::list(const Scope& scope,
                                                        const ListFilter& filter,
                                                        const std::optional<Cursor>& after,
                                                        std::size_t limit) {
  if (!scope.court && !scope.account) return std::unexpected(kOfNobody);
  if (!filter.attention_first || filter.attention) {
    return lines(text_for(scope, filter), scope, filter, after.value_or(kNewest), limit);
  }
  // Two lists by time, one after the other: each goes along its index, and nothing is sorted.
  ListFilter part = filter;
  std::vector<SubmissionLine> found;
  if (!after || after->attention) {
    part.attention = true;
    HEYAN_TRY(found, lines(text_for(scope, part), scope, part, after.value_or(kNewest), limit));
  }
  if (found.size() < limit) {
    part.attention = false;
    const Cursor from = after && !after->attention ? *after : kNewest;
    HEYAN_TRY(auto rest, lines(text_for(scope, part), scope, part, from, limit - found.size()));
    std::ranges::move(rest, std::back_inserter(found));
  }
  return found;
}

core::Result<std::optional<SubmissionLine>> Reading::find_line(std::string_view id,
                                                               const Scope& scope) {
  ListFilter filter;
  filter.sought = Sought{.part = {}, .id = string(id), .number = {}, .tags = {}};
  HEYAN_TRY(auto found, lines(text_of_one(scope), scope, filter, kNewest, 1));
  if (found.empty()) return std::nullopt;
  return std::move(found[0]);
}

core::Result<std::vector<SubmissionLine>> Reading::list_receiving(
    const Scope& scope, const std::optional<Cursor>& after, std::size_t limit) {
  if (!scope.court && !scope.account) return std::unexpected(kOfNobody);
  if (scope.judge) return std::vector<SubmissionLine>();  // nothing of it is assigned yet
  const Cursor from = after.value_or(kNewest);
  HEYAN_TRY(
      auto rows,
      (statements_.all<string, string, string, std::int64_t, Bytes, MaybeText, MaybeText,
                       std::optional<std::uint64_t>, std::uint64_t, std::uint64_t, std::int64_t>(
          "SELECT w.id, w.court, w.account, w.created_at_ms, w.session, f.case_number,"
          " f.submitter, f.items,"
          " (SELECT count(*) FROM awaited a WHERE a.submission = w.id),"
          " (SELECT count(a.sha256) FROM awaited a WHERE a.submission = w.id),"
          " w.expires_at_ms FROM receiving w"
          " LEFT JOIN filings f ON f.submission = w.id"
          " WHERE w.accepted = 0 AND (?1 IS NULL OR w.court = ?1)"
          " AND (?2 IS NULL OR w.account = ?2) AND (w.created_at_ms, w.id) < (?3, ?4)"
          " ORDER BY w.created_at_ms DESC, w.id DESC LIMIT ?5",
          scope.court, scope.account, from.received_at_ms, from.id,
          std::uint64_t{std::min(limit, kLongestPage)})));
  std::vector<SubmissionLine> lines;
  lines.reserve(rows.size());
  for (auto& row : rows) {
    SubmissionLine& line = lines.emplace_back();
    MaybeText case_number;
    MaybeText submitter;
    std::optional<std::uint64_t> items;
    Awaited& awaited = line.awaited.emplace();
    std::tie(line.id, line.court, line.account, line.received_at_ms, line.session, case_number,
             submitter, items, awaited.files, awaited.complete, awaited.expires_at_ms) =
        std::move(row);
    line.filing.case_number = std::move(case_number).value_or("");
    line.filing.submitter = std::move(submitter).value_or("");
    line.items = items.value_or(0);
    HEYAN_CHECK_OK(complete(line, scope));
  }
  return lines;
}

}  // namespace heyan::store
