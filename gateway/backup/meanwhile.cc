#include "gateway/backup/meanwhile.h"

#include "gateway/backup/mark.h"
#include "gateway/sqlite/statement_cache.h"
#include "gateway/sqlite/transaction.h"
#include "gateway/store/schema.h"

namespace heyan::backup {
namespace {

using std::filesystem::path;

// That it is under way is committed before the first of its files goes.
core::Result<bool> is_going(const path& front, const std::string& submission) {
  HEYAN_TRY(sqlite::Database database,
            sqlite::Database::open(front, store::layout(), sqlite::Access::kRead));
  sqlite::StatementCache statements(database);
  HEYAN_TRY(const auto row,
            statements.one<std::string>("SELECT state FROM deletions WHERE submission = ?"
                                        " AND state IN ('UNDER_WAY', 'DELETED')",
                                        submission));
  return row.has_value();
}

core::Result<void> mark(const path& front, const std::string& submission, std::int64_t at_ms) {
  HEYAN_TRY(sqlite::Database database, sqlite::Database::open(front, store::layout()));
  sqlite::StatementCache statements(database);
  HEYAN_TRY(sqlite::Transaction transaction, sqlite::Transaction::begin(database));
  HEYAN_CHECK_OK(mark_deletion(statements, submission, at_ms));
  return transaction.commit();
}

}  // namespace

core::Result<bool> Meanwhile::is_deleted(const std::string& submission) {
  if (deleted_.contains(submission)) return true;
  HEYAN_TRY(const bool going, is_going(running_, submission));
  if (!going) return false;
  HEYAN_CHECK_OK(mark(copy_, submission, at_ms_));
  deleted_.insert(submission);
  return true;
}

}  // namespace heyan::backup
