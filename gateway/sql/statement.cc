#include "gateway/sql/statement.h"

namespace heyan::sql {

using core::ErrorCode;

core::Result<Rows> Statement::start(std::initializer_list<Value> arguments) {
  HEYAN_CHECK_OK(statement_->start(arguments));
  return Rows(*statement_);
}

core::Result<void> Rows::expect_columns(std::size_t count) const {
  if (count != statement_->columns()) {
    return core::fail(ErrorCode::kInternal, "a row has too few or too many columns", count);
  }
  return {};
}

core::Result<void> Rows::read(std::size_t index, std::uint64_t& value) const {
  std::int64_t stored = 0;
  HEYAN_CHECK_OK(statement_->read(index, stored));
  if (stored < 0) {
    return core::fail(ErrorCode::kInternal, "a column of the database is negative", index);
  }
  value = static_cast<std::uint64_t>(stored);
  return {};
}

}  // namespace heyan::sql
