#include "gateway/sql/together.h"

namespace heyan::sql {
namespace {

using core::ErrorCode;

// A caller takes other codes for what its own work was told.
core::Error of_all(core::Error error) {
  if (error.code != ErrorCode::kInternal) error.code = ErrorCode::kIo;
  return error;
}

core::Result<void> run_alone(Transaction& transaction, const Work& work) {
  HEYAN_TRY(Savepoint savepoint, Savepoint::begin(transaction));
  HEYAN_CHECK_OK(work(transaction));
  return savepoint.keep();
}

}  // namespace

std::vector<core::Result<void>> commit_together(Database& database, std::span<const Work> works) {
  const auto all_fail = [&](const core::Error& error) {
    return std::vector<core::Result<void>>(works.size(), std::unexpected(of_all(error)));
  };
  auto transaction = Transaction::begin(database);
  if (!transaction) return all_fail(transaction.error());
  std::vector<core::Result<void>> outcomes;
  outcomes.reserve(works.size());
  for (const Work& work : works) {
    outcomes.push_back(run_alone(*transaction, work));
    // The engine has taken all back, what went well before included.
    if (!outcomes.back() && !transaction->is_open()) return all_fail(outcomes.back().error());
  }
  const auto committed = transaction->commit();
  if (committed) return outcomes;
  for (auto& outcome : outcomes) {
    if (outcome) outcome = std::unexpected(of_all(committed.error()));
  }
  return outcomes;
}

}  // namespace heyan::sql
