// Writing and reading: what reported filings named under a key.
#include "gateway/store/reading.h"
#include "gateway/store/writing.h"

namespace heyan::store {

// Of the last report alone.
core::Result<void> Writing::keep_known(std::string_view court, const FinishedJob& finished) {
  HEYAN_CHECK_OK(statements_.run("DELETE FROM known WHERE submission = ?", finished.submission));
  for (const KnownValue& one : finished.known) {
    HEYAN_CHECK_OK(statements_.run(
        "INSERT INTO known(court, adapter, name, value, submission, issued_at_ms)"
        " VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        court, one.adapter, one.key, one.value, finished.submission, finished.issued_at_ms));
  }
  return {};
}

core::Result<std::vector<std::string>> Reading::find_known(std::string_view court,
                                                           std::string_view adapter,
                                                           std::string_view key, std::size_t most) {
  HEYAN_TRY(auto rows, (statements_.all<std::string>(
                           "SELECT value FROM known WHERE court = ? AND adapter = ? AND name = ?"
                           " GROUP BY value ORDER BY max(issued_at_ms) DESC, value LIMIT ?",
                           court, adapter, key, static_cast<std::uint64_t>(most))));
  std::vector<std::string> values;
  values.reserve(rows.size());
  for (auto& row : rows) values.push_back(std::move(std::get<0>(row)));
  return values;
}

}  // namespace heyan::store
