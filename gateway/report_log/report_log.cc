#include "gateway/report_log/report_log.h"

#include <array>

#include "verifier/transparency/tile.h"

namespace heyan::report_log {
namespace {

using core::Bytes;
using core::ErrorCode;
using transparency::TreeHash;

constexpr unsigned kLevels = 64;
constexpr core::Error kLacking{ErrorCode::kInternal, "the log lacks the hash of a subtree"};
constexpr core::Error kAnotherHead{ErrorCode::kChanged, "the log's head is another one"};
constexpr core::Error kSetBack{ErrorCode::kInternal,
                               "what was seen of the log is no beginning of it any more"};

core::Result<TreeHash> hash_of(const Bytes& stored) {
  const auto hash = transparency::tree_hash(stored);
  if (!hash) return core::fail(ErrorCode::kInternal, "the log holds a hash of another length");
  return *hash;
}

core::Result<void> check_entries(std::span<const Bytes> entries) {
  if (entries.empty()) return core::fail(ErrorCode::kMalformed, "there is nothing to append");
  for (const Bytes& entry : entries) {
    if (entry.empty()) return core::fail(ErrorCode::kMalformed, "a log entry is empty");
    if (entry.size() > transparency::kEntryBytes) {
      return core::fail(ErrorCode::kLimit, "a log entry is above 65 535 bytes", entry.size());
    }
  }
  return {};
}

}  // namespace

// The text that a note signs is all before the last blank line (C2SP signed-note).
core::Result<transparency::Checkpoint> checkpoint_in(std::string_view note) {
  const std::size_t blank = note.rfind("\n\n");
  if (blank == std::string_view::npos) {
    return core::fail(ErrorCode::kMalformed, "the checkpoint is not signed");
  }
  return transparency::parse_checkpoint(note.substr(0, blank + 1));
}

core::Result<std::unique_ptr<ReportLog>> ReportLog::open(sql::Database& database) {
  std::unique_ptr<ReportLog> log(new ReportLog(database));
  {
    HEYAN_TRY(sql::Transaction transaction, sql::Transaction::begin(database));
    HEYAN_TRY(const Head now, log->head());
    HEYAN_CHECK_OK(log->expect_whole(now));
    HEYAN_CHECK_OK(log->take_epoch(now));
    HEYAN_CHECK_OK(transaction.commit());
  }
  HEYAN_TRY([[maybe_unused]] const sql::Snapshot reading, log->begin_reading());
  HEYAN_CHECK_OK(log->read_upper());
  return log;
}

// What is in a transaction may yet be undone.
core::Result<sql::Snapshot> ReportLog::begin_reading() const {
  if (database_.in_transaction()) {
    return core::fail(ErrorCode::kInternal, "the log is written to while it is read");
  }
  HEYAN_TRY(sql::Snapshot reading, sql::Snapshot::begin(database_, {}));
  HEYAN_TRY(const Head now, head());
  HEYAN_CHECK_OK(see_committed(now));
  return reading;
}

// As this process left it, or would have left it, it is its own work, for the same root is the same
// log. All else is looked at.
core::Result<void> ReportLog::see_committed(const Head& now) const {
  if (now != left_ && now != committed_) {
    if (now.size < committed_.size) return std::unexpected(kSetBack);
    HEYAN_TRY(const TreeHash before, transparency::root(committed_.size, *this));
    if (before != committed_.root) return std::unexpected(kSetBack);
    HEYAN_CHECK_OK(expect_whole(now));
  }
  committed_ = now;
  return {};
}

core::Result<void> ReportLog::expect_whole(const Head& now) const {
  HEYAN_TRY(const TreeHash computed, transparency::root(now.size, *this));
  if (computed == now.root) return {};
  return core::fail(ErrorCode::kInternal, "the log's hashes do not lead to its root");
}

// Its number says nothing by itself: one whose transaction was undone is taken again by another.
core::Result<void> ReportLog::take_epoch(const Head& now) {
  HEYAN_TRY(const std::uint64_t changed,
            statements_.change("UPDATE log_head SET epoch = ? WHERE one = 1 AND epoch = ?"
                               " AND size = ? AND root = ?",
                               now.epoch + 1, now.epoch, now.size, now.root));
  if (changed != 1) return std::unexpected(kAnotherHead);
  epoch_ = now.epoch + 1;
  left_ = {.epoch = epoch_, .size = now.size, .root = now.root};
  return {};
}

// Nothing was written in this transaction yet, and nobody else's is under way: the head is one that
// was committed.
core::Result<bool> ReportLog::take_turn(sql::Transaction& transaction) {
  HEYAN_CHECK_OK(expect_own(transaction));
  HEYAN_TRY(const Head now, head());
  HEYAN_CHECK_OK(see_committed(now));
  if (now == left_) return false;
  HEYAN_CHECK_OK(take_epoch(now));
  return true;
}

core::Result<Head> ReportLog::head() const {
  HEYAN_TRY(const auto row, (statements_.one<std::uint64_t, std::uint64_t, Bytes>(
                                "SELECT epoch, size, root FROM log_head WHERE one = 1")));
  if (!row) return core::fail(ErrorCode::kInternal, "the log has no head");
  const auto& [epoch, size, stored] = *row;
  HEYAN_TRY(const TreeHash root, hash_of(stored));
  return Head{.epoch = epoch, .size = size, .root = root};
}

core::Result<void> ReportLog::append_entry(std::uint64_t index, const Bytes& entry) {
  const TreeHash leaf = transparency::leaf_hash(entry);
  HEYAN_TRY(const auto complete, transparency::hashes_to_store(index, leaf, *this));
  HEYAN_CHECK_OK(statements_.run("INSERT INTO log_entries(idx, bytes) VALUES(?, ?)", index, entry));
  for (const transparency::SubtreeHash& subtree : complete) {
    HEYAN_CHECK_OK(statements_.run("INSERT INTO log_hashes(level, idx, hash) VALUES(?, ?, ?)",
                                   std::uint64_t{subtree.level}, subtree.index, subtree.hash));
  }
  return {};
}

core::Result<void> ReportLog::expect_own(const sql::Transaction& transaction) const {
  if (transaction.is_open() && &transaction.database() == &database_) return {};
  return core::fail(ErrorCode::kInternal, "a log is written to in its own transaction");
}

core::Result<Head> ReportLog::append(sql::Transaction& transaction, const Head& expected,
                                     std::span<const Bytes> entries) {
  HEYAN_CHECK_OK(check_entries(entries));
  HEYAN_CHECK_OK(expect_own(transaction));
  HEYAN_TRY(const Head now, head());
  if (now != expected || now.epoch != epoch_) {
    return std::unexpected(kAnotherHead);
  }
  HEYAN_TRY(sql::Savepoint all_or_none, sql::Savepoint::begin(transaction));
  Head next = now;
  for (const Bytes& entry : entries) {
    HEYAN_CHECK_OK(append_entry(next.size, entry));
    ++next.size;
  }
  HEYAN_TRY(next.root, transparency::root(next.size, *this));
  HEYAN_TRY(const std::uint64_t changed,
            statements_.change("UPDATE log_head SET size = ?, root = ?"
                               " WHERE one = 1 AND epoch = ? AND size = ? AND root = ?",
                               next.size, next.root, now.epoch, now.size, now.root));
  if (changed != 1) return std::unexpected(kAnotherHead);
  HEYAN_CHECK_OK(all_or_none.keep());
  left_ = next;
  return next;
}

core::Result<void> ReportLog::start_anew(sql::Transaction& transaction) {
  HEYAN_CHECK_OK(expect_own(transaction));
  kept_.forget();
  committed_ = empty_head();
  left_ = {.epoch = epoch_, .size = 0, .root = committed_.root};
  HEYAN_CHECK_OK(statements_.run("DELETE FROM log_entries"));
  HEYAN_CHECK_OK(statements_.run("DELETE FROM log_hashes"));
  return statements_.run(
      "UPDATE log_head SET size = 0, root = ?, checkpoint_size = 0, checkpoint = ''",
      transparency::empty_root());
}

core::Result<void> ReportLog::store_checkpoint(sql::Transaction& transaction, const Head& of,
                                               std::string_view text) {
  HEYAN_TRY(const transparency::Checkpoint checkpoint, checkpoint_in(text));
  if (checkpoint.size != of.size || checkpoint.root != of.root) {
    return core::fail(ErrorCode::kMalformed, "the checkpoint is of another head");
  }
  HEYAN_CHECK_OK(expect_own(transaction));
  HEYAN_TRY(const std::uint64_t changed,
            statements_.change("UPDATE log_head SET checkpoint_size = ?, checkpoint = ?"
                               " WHERE one = 1 AND epoch = ? AND size = ? AND root = ?",
                               of.size, text, of.epoch, of.size, of.root));
  if (changed != 1 || of.epoch != epoch_) {
    return std::unexpected(kAnotherHead);
  }
  return {};
}

core::Result<SignedCheckpoint> ReportLog::checkpoint() const {
  HEYAN_TRY(auto row, (statements_.one<std::uint64_t, std::string>(
                          "SELECT checkpoint_size, checkpoint FROM log_head WHERE one = 1")));
  if (!row) return core::fail(ErrorCode::kInternal, "the log has no head");
  auto& [size, text] = *row;
  return SignedCheckpoint{.size = size, .text = std::move(text)};
}

core::Result<Bytes> ReportLog::entry(std::uint64_t index) const {
  HEYAN_TRY(auto row, statements_.one<Bytes>("SELECT bytes FROM log_entries WHERE idx = ?", index));
  if (!row) return core::fail(ErrorCode::kNotFound, "the log has no such entry");
  HEYAN_TRY(const TreeHash logged, subtree(0, index));
  if (transparency::leaf_hash(std::get<0>(*row)) != logged) {
    return core::fail(ErrorCode::kInternal, "an entry of the log is not the one that was logged");
  }
  return std::get<0>(*std::move(row));
}

core::Result<std::vector<Bytes>> ReportLog::entries(std::uint64_t index, std::size_t count) const {
  HEYAN_TRY(auto rows, statements_.all<Bytes>("SELECT bytes FROM log_entries WHERE idx >= ?"
                                              " ORDER BY idx LIMIT ?",
                                              index, std::uint64_t{count}));
  if (rows.size() != count) return core::fail(ErrorCode::kNotFound, "the log has no such entry");
  std::vector<Bytes> found;
  found.reserve(count);
  for (auto& [bytes] : rows) found.push_back(std::move(bytes));
  return found;
}

core::Result<void> ReportLog::expect_within(std::uint64_t size) const {
  HEYAN_TRY(const Head now, head());
  if (size > now.size) return core::fail(ErrorCode::kLimit, "the log is not as long as that");
  return {};
}

core::Result<TreeHash> ReportLog::root(std::uint64_t size) const {
  HEYAN_CHECK_OK(expect_within(size));
  return transparency::root(size, *this);
}

core::Result<std::vector<TreeHash>> ReportLog::inclusion_proof(std::uint64_t index,
                                                               std::uint64_t size) const {
  HEYAN_CHECK_OK(expect_within(size));
  return transparency::inclusion_proof(index, size, *this);
}

core::Result<std::vector<TreeHash>> ReportLog::consistency_proof(std::uint64_t old_size,
                                                                 std::uint64_t new_size) const {
  HEYAN_CHECK_OK(expect_within(new_size));
  return transparency::consistency_proof(old_size, new_size, *this);
}

// Those that proofs need of most leaves: at ten million they are read in half a second.
core::Result<void> ReportLog::read_upper() {
  HEYAN_TRY(sql::Statement * statement,
            statements_.get("SELECT level, idx, hash FROM log_hashes WHERE level >= ?"));
  HEYAN_TRY(sql::Rows rows, statement->query(std::uint64_t{KeptHashes::kBlockLevel}));
  while (true) {
    HEYAN_TRY(const bool more, rows.next());
    if (!more) return {};
    HEYAN_TRY(const auto row, (rows.values<std::uint64_t, std::uint64_t, Bytes>()));
    const auto& [level, index, stored] = row;
    HEYAN_TRY(const TreeHash hash, hash_of(stored));
    if (level < kLevels) kept_.keep(static_cast<unsigned>(level), index, hash);
  }
}

core::Result<void> ReportLog::read_block(std::uint64_t number) const {
  const std::uint64_t begin = number * KeptHashes::kBlock;
  HEYAN_TRY(const auto rows,
            statements_.all<Bytes>("SELECT hash FROM log_hashes WHERE level = 0 AND idx >= ?"
                                   " AND idx < ? ORDER BY idx",
                                   begin, begin + KeptHashes::kBlock));
  if (rows.size() != KeptHashes::kBlock) return std::unexpected(kLacking);
  std::array<TreeHash, KeptHashes::kBlock> leaves{};
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    HEYAN_TRY(leaves.at(i), hash_of(std::get<0>(rows[i])));
  }
  kept_.keep_block(number, leaves);
  return {};
}

core::Result<TreeHash> ReportLog::subtree(unsigned level, std::uint64_t index) const {
  if (level >= kLevels) return std::unexpected(kLacking);
  if (const TreeHash* kept = kept_.find(level, index)) return *kept;
  if (level < KeptHashes::kBlockLevel) {
    const std::uint64_t block = index >> (KeptHashes::kBlockLevel - level);
    if (block < committed_.size >> KeptHashes::kBlockLevel) {
      HEYAN_CHECK_OK(read_block(block));
      return *kept_.find(level, index);
    }
  }
  HEYAN_TRY(const auto row,
            statements_.one<Bytes>("SELECT hash FROM log_hashes WHERE level = ? AND idx = ?",
                                   std::uint64_t{level}, index));
  if (!row) return std::unexpected(kLacking);
  HEYAN_TRY(const TreeHash hash, hash_of(std::get<0>(*row)));
  if (index < committed_.size >> level) kept_.keep(level, index, hash);
  return hash;
}

}  // namespace heyan::report_log
