#include "gateway/sql/transaction.h"

namespace heyan::sql {

core::Result<Transaction> Transaction::begin(Database& database) {
  HEYAN_CHECK_OK(database.begin());
  return Transaction(database);
}

Transaction::~Transaction() {
  if (database_ == nullptr || !database_->in_transaction()) return;
  // Nothing better can be done where even this fails: the connection keeps the transaction open,
  // and the next BEGIN says so.
  (void)database_->execute("ROLLBACK");
}

core::Result<void> Transaction::commit() {
  if (!is_open()) {
    return core::fail(core::ErrorCode::kInternal, "the transaction was undone before it ended");
  }
  Database& database = *database_;
  const auto committed = database.commit();
  if (!committed && database.in_transaction()) (void)database.execute("ROLLBACK");
  database_ = nullptr;
  return committed;
}

core::Result<Snapshot> Snapshot::begin(Database& database, std::span<const Setting> settings) {
  HEYAN_CHECK_OK(database.begin_reading(settings));
  return Snapshot(database);
}

Snapshot::~Snapshot() {
  if (database_ != nullptr) database_->end_reading();
}

core::Result<Savepoint> Savepoint::begin(Transaction& transaction) {
  if (!transaction.is_open()) {
    return core::fail(core::ErrorCode::kInternal, "the transaction was undone before it ended");
  }
  HEYAN_CHECK_OK(transaction.database().execute("SAVEPOINT part"));
  return Savepoint(transaction.database());
}

Savepoint::~Savepoint() {
  if (database_ == nullptr || !database_->in_transaction()) return;
  (void)database_->execute("ROLLBACK TO part; RELEASE part");
}

core::Result<void> Savepoint::keep() {
  if (!database_->in_transaction()) {
    return core::fail(core::ErrorCode::kInternal, "the transaction was undone before it ended");
  }
  HEYAN_CHECK_OK(database_->execute("RELEASE part"));
  database_ = nullptr;
  return {};
}

}  // namespace heyan::sql
