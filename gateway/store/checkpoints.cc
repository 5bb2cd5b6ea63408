// Writing and reading: what every ledger showed.
#include <limits>

#include "gateway/store/reading.h"
#include "gateway/store/writing.h"

namespace heyan::store {
namespace {

constexpr std::uint64_t kMostHeight = std::numeric_limits<std::int64_t>::max();
constexpr std::uint64_t kMostListed = 1'000;

}  // namespace

// What was an observation, and a quorum signed since, is a checkpoint from then on.
core::Result<bool> Writing::keep_block(const Checkpoint& block, bool quorum,
                                       const FinishedJob& finished) {
  if (block.height > kMostHeight) return false;  // nobody's chain
  HEYAN_TRY(
      const std::uint64_t fresh,
      statements_.change(
          "INSERT INTO ledger_blocks(ledger, origin, height, hash, seen_at_ms, report, quorum)"
          " VALUES(?, ?, ?, ?, ?, ?, ?)"
          " ON CONFLICT(ledger, origin, height, hash) DO UPDATE SET quorum = 1,"
          " seen_at_ms = excluded.seen_at_ms, report = excluded.report"
          " WHERE ledger_blocks.quorum < excluded.quorum",
          block.ledger, block.origin, block.height, block.hash, finished.issued_at_ms,
          finished.report_number, std::uint64_t{quorum ? 1U : 0U}));
  if (fresh == 0) return false;
  HEYAN_TRY(const auto counts, (statements_.one<std::uint64_t, std::uint64_t>(
                                   "SELECT count(*), CAST(sum(quorum) AS BIGINT) FROM ledger_blocks"
                                   " WHERE ledger = ? AND origin = ? AND height = ?",
                                   block.ledger, block.origin, block.height)));
  const auto [all, signed_ones] = *counts;
  if (all < 2 || signed_ones == 0) return false;
  const std::uint64_t conflict = signed_ones > 1 ? 2 : 1;
  HEYAN_CHECK_OK(
      statements_.run("UPDATE ledger_blocks SET conflict = ? WHERE ledger = ?"
                      " AND origin = ? AND height = ?",
                      conflict, block.ledger, block.origin, block.height));
  return quorum && conflict == 2;
}

// Judges of two cases at one time do not know of each other's blocks. The one that comes second to
// be kept is judged again, so that its report tells of the conflict.
core::Result<void> Writing::keep_blocks(const FinishedJob& finished) {
  bool untold = false;
  for (const Checkpoint& one : finished.seen) {
    HEYAN_TRY(const bool contradicts, keep_block(one, true, finished));
    untold |= contradicts && !finished.conflicts_told.contains(one.ledger);
  }
  for (const Checkpoint& one : finished.observed) {
    HEYAN_CHECK_OK(keep_block(one, false, finished));
  }
  if (!untold) return {};
  HEYAN_CHECK_OK(reverify(finished.submission, finished.issued_at_ms));
  return {};
}

core::Result<void> Writing::watch_ledgers(const std::vector<std::string>& ledgers,
                                          std::int64_t now_ms) {
  for (const std::string& ledger : ledgers) {
    HEYAN_CHECK_OK(
        statements_.run("INSERT INTO watched(ledger, since_ms) VALUES(?, ?) ON CONFLICT DO NOTHING",
                        ledger, now_ms));
  }
  return {};
}

core::Result<std::vector<Checkpoint>> Reading::find_checkpoints(const LedgerPlace& place) {
  std::vector<Checkpoint> found;
  if (place.height > kMostHeight) return found;
  HEYAN_TRY(auto rows, (statements_.all<core::Bytes, std::int64_t>(
                           "SELECT hash, seen_at_ms FROM ledger_blocks WHERE ledger = ?"
                           " AND origin = ? AND height = ? AND quorum = 1 ORDER BY hash",
                           place.ledger, place.origin, place.height)));
  for (auto& [hash, seen_at_ms] : rows) {
    found.push_back({.ledger = place.ledger,
                     .height = place.height,
                     .hash = std::move(hash),
                     .seen_at_ms = seen_at_ms,
                     .origin = place.origin});
  }
  return found;
}

core::Result<std::vector<Checkpoint>> Reading::contested_checkpoints(const LedgerPlace& from) {
  if (from.height > kMostHeight) return std::vector<Checkpoint>();
  // "> 0" lets SQLite see that its index of conflicts is enough.
  HEYAN_TRY(const auto lowest,
            (statements_.one<std::uint64_t>(
                "SELECT height FROM ledger_blocks WHERE conflict > 0 AND conflict = 2"
                " AND ledger = ? AND origin = ? AND height >= ?"
                " ORDER BY height LIMIT 1",
                from.ledger, from.origin, from.height)));
  if (!lowest) return std::vector<Checkpoint>();
  return find_checkpoints({from.ledger, from.origin, std::get<0>(*lowest)});
}

core::Result<std::vector<ContestedBlock>> Reading::contested_blocks() {
  HEYAN_TRY(auto rows,
            (statements_.all<std::string, std::string, std::uint64_t, core::Bytes, std::int64_t,
                             std::string, std::uint64_t>(
                "SELECT ledger, origin, height, hash, seen_at_ms, report, quorum"
                " FROM ledger_blocks WHERE conflict > 0"
                " ORDER BY conflict DESC, ledger, origin, height, quorum DESC, hash LIMIT ?",
                kMostListed)));
  std::vector<ContestedBlock> found;
  for (auto& [ledger, origin, height, hash, seen_at_ms, report, quorum] : rows) {
    found.push_back({.block = {.ledger = std::move(ledger),
                               .height = height,
                               .hash = std::move(hash),
                               .seen_at_ms = seen_at_ms,
                               .origin = std::move(origin)},
                     .report = std::move(report),
                     .quorum = quorum == 1});
  }
  return found;
}

core::Result<std::map<std::string, std::int64_t>> Reading::watched_ledgers() {
  HEYAN_TRY(const auto rows,
            (statements_.all<std::string, std::int64_t>("SELECT ledger, since_ms FROM watched")));
  std::map<std::string, std::int64_t> found;
  for (const auto& [ledger, since_ms] : rows) found.emplace(ledger, since_ms);
  return found;
}

}  // namespace heyan::store
