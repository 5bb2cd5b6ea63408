// Writing and reading: what every ledger showed.
#include <limits>

#include "gateway/store/reading.h"
#include "gateway/store/writing.h"

namespace heyan::store {
namespace {

constexpr std::uint64_t kMostHeight = std::numeric_limits<std::int64_t>::max();

}  // namespace

core::Result<void> Writing::keep_checkpoints(const FinishedJob& finished) {
  for (const Checkpoint& one : finished.seen) {
    if (one.height > kMostHeight) continue;  // nobody's chain
    HEYAN_TRY(const std::uint64_t fresh,
              statements_.change("INSERT INTO checkpoints(ledger, height, hash, seen_at_ms, report)"
                                 " VALUES(?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                                 one.ledger, one.height, one.hash, finished.issued_at_ms,
                                 finished.report_number));
    if (fresh == 0) continue;
    HEYAN_CHECK_OK(
        statements_.run("UPDATE checkpoints SET contested = 1 WHERE ledger = ?1 AND height = ?2"
                        " AND (SELECT count(*) FROM checkpoints"
                        "      WHERE ledger = ?1 AND height = ?2) > 1",
                        one.ledger, one.height));
  }
  return {};
}

core::Result<std::vector<Checkpoint>> Reading::find_checkpoints(std::string_view ledger,
                                                                std::uint64_t height) {
  std::vector<Checkpoint> found;
  if (height > kMostHeight) return found;
  HEYAN_TRY(auto rows, (statements_.all<core::Bytes, std::int64_t>(
                           "SELECT hash, seen_at_ms FROM checkpoints WHERE ledger = ?"
                           " AND height = ? ORDER BY hash",
                           ledger, height)));
  for (auto& [hash, seen_at_ms] : rows) {
    found.push_back({.ledger = std::string(ledger),
                     .height = height,
                     .hash = std::move(hash),
                     .seen_at_ms = seen_at_ms});
  }
  return found;
}

core::Result<std::vector<Checkpoint>> Reading::contested_checkpoints(std::string_view ledger) {
  HEYAN_TRY(const auto lowest,
            (statements_.one<std::uint64_t>("SELECT height FROM checkpoints WHERE ledger = ?"
                                            " AND contested = 1 ORDER BY height LIMIT 1",
                                            ledger)));
  if (!lowest) return std::vector<Checkpoint>();
  return find_checkpoints(ledger, std::get<0>(*lowest));
}

}  // namespace heyan::store
