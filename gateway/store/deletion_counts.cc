// Reading: how many deletions are not done.
#include <utility>

#include "gateway/store/deletions.h"
#include "gateway/store/parts.h"

namespace heyan::store {

// By the indexes of what is open: what was deleted in years is not looked at.
core::Result<DeletionCounts> Reading::count_deletions(std::int64_t now_ms) {
  DeletionCounts counts;
  for (const auto& [state, into] : {std::pair(DeletionState::kAsked, &counts.asked),
                                    std::pair(DeletionState::kConfirmed, &counts.waiting),
                                    std::pair(DeletionState::kUnderWay, &counts.under_way)}) {
    HEYAN_TRY(const auto rows,
              (statements_.all<std::uint64_t, std::uint64_t>(
                  "SELECT EXISTS (SELECT 1 FROM holds h WHERE h.submission = d.submission) AS held,"
                  " count(*) FROM (SELECT submission FROM deletions WHERE state = ?"
                  "  AND state IN ('ASKED', 'CONFIRMED', 'UNDER_WAY') LIMIT ?) d GROUP BY 1",
                  name(state), kMostCounted)));
    for (const auto& [held, count] : rows) (held != 0 ? counts.held : *into) += count;
  }
  HEYAN_TRY(
      const auto holds,
      statements_.one<std::uint64_t>(
          "SELECT count(*) FROM (SELECT DISTINCT submission FROM holds LIMIT ?) h", kMostCounted));
  if (holds) counts.holds = std::get<0>(*holds);
  HEYAN_TRY(const auto oldest,
            statements_.one<std::optional<std::int64_t>>(
                "SELECT min(d.due_at_ms) FROM deletions d"
                " WHERE d.state IN ('CONFIRMED', 'UNDER_WAY')"
                " AND (d.state = 'UNDER_WAY' OR (d.due_at_ms <= ?"
                "  AND NOT EXISTS (SELECT 1 FROM holds h WHERE h.submission = d.submission)))",
                now_ms));
  if (oldest) counts.oldest_due_ms = std::get<0>(*oldest).value_or(0);
  return counts;
}

core::Result<DeletionCounts> Store::count_deletions(std::int64_t now_ms) {
  return read(Scope::whole_installation(),
              [&](Reading& reading) { return reading.count_deletions(now_ms); });
}

}  // namespace heyan::store
