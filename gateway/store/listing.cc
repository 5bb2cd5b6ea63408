// Writing: what lists are read from (schema_of_lists.h).
#include <utility>

#include "gateway/store/filing.h"
#include "gateway/store/rows.h"
#include "gateway/store/writing.h"

namespace heyan::store {

core::Result<void> Writing::list(std::string_view submission, std::string_view court,
                                 std::int64_t received_at_ms) {
  HEYAN_TRY(const auto filing,
            statements_.one<std::string>("SELECT case_number FROM filings WHERE submission = ?",
                                         submission));
  HEYAN_TRY(const auto names, statements_.all<std::string>("SELECT name FROM filed_parties"
                                                           " WHERE submission = ?"
                                                           " ORDER BY position",
                                                           submission));
  std::string sought = filing ? std::get<0>(*filing) + "\n" : std::string();
  for (const auto& [name] : names) sought.append(name).append("\n");
  return statements_.run(
      "INSERT INTO listed(court, received_at_ms, submission, state, attention, verdicts, sought)"
      " VALUES(?, ?, ?, 'OPEN', 0, '', ?)",
      court, received_at_ms, submission, small_letters(sought));
}

core::Result<void> Writing::list_again(std::string_view submission) {
  HEYAN_TRY(
      const auto row,
      (statements_
           .one<std::string, std::string, std::int64_t, std::string, std::optional<std::string>,
                std::optional<std::string>, std::optional<std::string>>(
               "SELECT s.court, s.id, s.received_at_ms, j.state, j.refusal, r.number, r.verdict"
               " FROM submissions s JOIN jobs j ON j.submission = s.id AND j.version = s.version"
               " LEFT JOIN reports r ON r.submission = s.id AND r.superseded_by IS NULL"
               " WHERE s.id = ?",
               submission)));
  if (!row) return core::fail(core::ErrorCode::kNotFound, "there is no such submission");
  const auto& [court, id, received_at_ms, word, refusal, report, verdict] = *row;
  HEYAN_TRY(const State state, state_named(word));
  const bool ended = state == State::kDone || state == State::kRejected;
  // Nobody can do anything about what went with its case.
  const State weighed = refusal == kDeletedRefusal ? State::kDone : state;
  std::string verdicts = verdict ? " " + *verdict + " " : std::string();
  if (report) {
    HEYAN_TRY(const auto items, statements_.all<std::string>(
                                    "SELECT verdict FROM outcomes WHERE report = ?", *report));
    for (const auto& [one] : items) verdicts.append(one).append(" ");
  }
  const auto update = [&] {
    return statements_.change(
        "UPDATE listed SET state = ?, attention = ?, verdicts = ?"
        " WHERE court = ? AND received_at_ms = ? AND submission = ?",
        ended ? name(state) : "OPEN", std::uint64_t{wants_attention(weighed, verdict) ? 1U : 0U},
        verdicts, court, received_at_ms, id);
  };
  HEYAN_TRY(const std::uint64_t changed, update());
  if (changed == 1) return {};
  // Accepted by a program of before there was this table, which a database outlives.
  HEYAN_CHECK_OK(list(id, court, received_at_ms));
  HEYAN_TRY(const std::uint64_t listed, update());
  if (listed == 1) return {};
  return core::fail(core::ErrorCode::kInternal, "a submission is not listed");
}

}  // namespace heyan::store
