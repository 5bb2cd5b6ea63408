// All or nothing: what is not committed is undone.
#pragma once

#include <utility>

#include "gateway/sql/database.h"

namespace heyan::sql {

// One at a time on a database, which must outlive it. Takes the right to write at once, so that
// what is read in it still holds when it writes.
class Transaction {
 public:
  static core::Result<Transaction> begin(Database& database);
  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  // When it returns, all is on the disk. After an error nothing is, and the transaction is over.
  core::Result<void> commit();
  // False once committed or undone: after some errors (the disk is full, the server is away) the
  // engine undoes all itself.
  bool is_open() const { return database_ != nullptr && database_->in_transaction(); }
  Database& database() const { return *database_; }

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

// A part of a transaction that can be undone alone. Ends before the transaction does.
class Savepoint {
 public:
  static core::Result<Savepoint> begin(Transaction& transaction);
  Savepoint(Savepoint&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Savepoint& operator=(Savepoint&&) = delete;
  ~Savepoint();

  core::Result<void> keep();

 private:
  explicit Savepoint(Database& database) : database_(&database) {}
  Database* database_;
};

// Several questions about one moment, none of which writes. One at a time on a database that is in
// no transaction, and that must outlive it. SQLite needs none for single questions, and takes none:
// there each question is about its own moment.
class Snapshot {
 public:
  // `settings`: for policies of the tables, while it lasts.
  static core::Result<Snapshot> begin(Database& database, std::span<const Setting> settings);
  Snapshot(Snapshot&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Snapshot& operator=(Snapshot&&) = delete;
  ~Snapshot();

 private:
  explicit Snapshot(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace heyan::sql
