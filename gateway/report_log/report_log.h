// The transparency log of intakes and reports: its entries, hashes and head in the signer's
// database.
//
// Threat: a log that forks says two things. So an append names the whole head that it continues
// (epoch, size, root) and is refused if that is not the head any more, and the caller commits it
// before signing anything about it (security decision 16). Each process that opens the log for
// appending takes a new epoch: what a stale one still tries is refused. Where several processes
// continue one log, on a database that they share, each takes the epoch again when it is its turn
// (take_turn), and then what it has seen before must be a beginning of what is there: a server that
// was set back, or tables that were rewritten, are not continued. One thread, that of the database.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "gateway/report_log/kept_hashes.h"
#include "gateway/sql/statement_cache.h"
#include "gateway/sql/transaction.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/transparency/checkpoint.h"
#include "verifier/transparency/tree.h"

namespace heyan::report_log {

struct Head {
  std::uint64_t epoch = 0;
  std::uint64_t size = 0;
  transparency::TreeHash root{};
  bool operator==(const Head&) const = default;
};

// A signed checkpoint and the size that it is of; size 0 and no text before the first.
struct SignedCheckpoint {
  std::uint64_t size = 0;
  std::string text;
};

// The checkpoint in a signed note, whose signatures are not looked at: the log's own. kMalformed.
core::Result<transparency::Checkpoint> checkpoint_in(std::string_view note);

class ReportLog final : public transparency::HashReader {
 public:
  // On a database with kTables, which must outlive the log. Takes a new epoch, and computes the
  // root from the stored hashes: kInternal where the head has another.
  static core::Result<std::unique_ptr<ReportLog>> open(sql::Database& database);
  ReportLog(const ReportLog&) = delete;
  ReportLog& operator=(const ReportLog&) = delete;

  // As it is on the disk; within a transaction, as that has made it.
  core::Result<Head> head() const;

  // Among several processes, at the beginning of a transaction that appends or stores a checkpoint.
  // True: another process was here since this one's last turn, and what the caller knows of the
  // log's end may be old. kInternal: the log does not lead on from what was seen here before.
  core::Result<bool> take_turn(sql::Transaction& transaction);

  // Appends within the caller's transaction, to which the caller may add statements of its own; it
  // counts when that is committed. The new head. kChanged: `expected` is not the head, or not of
  // this process's epoch; kLimit: an entry above 65 535 bytes; kMalformed: an empty entry, or none.
  // After an error the transaction holds nothing of them.
  core::Result<Head> append(sql::Transaction& transaction, const Head& expected,
                            std::span<const core::Bytes> entries);

  // The signed checkpoint of that head, within the caller's transaction. kChanged: `of` is not the
  // head; kMalformed: `text` begins with another size or root.
  core::Result<void> store_checkpoint(sql::Transaction& transaction, const Head& of,
                                      std::string_view text);
  core::Result<SignedCheckpoint> checkpoint() const;

  // kNotFound: beyond the end.
  core::Result<core::Bytes> entry(std::uint64_t index) const;
  // Needs index + count <= size; kNotFound.
  core::Result<std::vector<core::Bytes>> entries(std::uint64_t index, std::size_t count) const;

  // For many reads, about one moment. Not within a transaction: kInternal.
  core::Result<sql::Snapshot> begin_reading() const;

  // Forgets everything: for a log that follows this one. The caller commits.
  core::Result<void> start_anew(sql::Transaction& transaction);

  // Of earlier sizes, too. kLimit beyond the head.
  core::Result<transparency::TreeHash> root(std::uint64_t size) const;
  core::Result<std::vector<transparency::TreeHash>> inclusion_proof(std::uint64_t index,
                                                                    std::uint64_t size) const;
  core::Result<std::vector<transparency::TreeHash>> consistency_proof(std::uint64_t old_size,
                                                                      std::uint64_t new_size) const;

  core::Result<transparency::TreeHash> subtree(unsigned level, std::uint64_t index) const override;

 private:
  sql::Database& database_;
  mutable sql::StatementCache statements_;
  std::uint64_t epoch_ = 0;
  Head left_{};  // as it was when this process's last turn ended, if that was committed
  mutable KeptHashes kept_;
  mutable Head committed_ = empty_head();  // what was seen to be

  explicit ReportLog(sql::Database& database) : database_(database), statements_(database) {}
  static Head empty_head() { return {.epoch = 0, .size = 0, .root = transparency::empty_root()}; }
  core::Result<void> see_committed(const Head& now) const;
  core::Result<void> expect_whole(const Head& now) const;
  core::Result<void> take_epoch(const Head& now);
  core::Result<void> read_upper();
  core::Result<void> read_block(std::uint64_t number) const;
  core::Result<void> expect_own(const sql::Transaction& transaction) const;
  core::Result<void> append_entry(std::uint64_t index, const core::Bytes& entry);
  core::Result<void> expect_within(std::uint64_t size) const;
};

}  // namespace heyan::report_log
