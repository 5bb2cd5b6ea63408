// The two connections of a database of people, whichever engine it is on. Only for the sources of
// this folder.
#pragma once

#include <memory>
#include <mutex>
#include <type_traits>

#include "gateway/sql/statement_cache.h"
#include "gateway/sql/transaction.h"

namespace heyan::accounts {

// Any thread: one writes at a time, and one reads. Who looks for a session does not wait for who
// waits for the disk.
class Tables {
 public:
  Tables(std::unique_ptr<sql::Database> to_write, std::unique_ptr<sql::Database> to_read)
      : writing_(std::move(to_write)), reading_(std::move(to_read)) {}

  // `work` in a transaction of its own: on the disk when this returns, undone where it fails.
  template <typename Work>
  std::invoke_result_t<Work, sql::StatementCache&> write(Work work) {
    const std::lock_guard lock(writing_.mutex);
    HEYAN_TRY(auto transaction, sql::Transaction::begin(*writing_.database));
    auto outcome = work(writing_.statements);
    if (outcome) HEYAN_CHECK_OK(transaction.commit());
    return outcome;
  }
  // About one moment.
  template <typename Work>
  std::invoke_result_t<Work, sql::StatementCache&> read(Work work) {
    const std::lock_guard lock(reading_.mutex);
    HEYAN_TRY(const auto snapshot, sql::Snapshot::begin(*reading_.database, {}));
    return work(reading_.statements);
  }

 private:
  struct Side {
    explicit Side(std::unique_ptr<sql::Database> its)
        : database(std::move(its)), statements(*database) {}
    std::mutex mutex;
    std::unique_ptr<sql::Database> database;
    sql::StatementCache statements;
  };
  Side writing_;
  Side reading_;
};

}  // namespace heyan::accounts
