#include "gateway/sql/statement.h"

#include <algorithm>

#include "verifier/core/text.h"

namespace heyan::sql {
namespace {

// PostgreSQL keeps none, and SQLite any: what one would refuse is refused before either sees it.
bool is_no_text(const Value& value) {
  const auto* text = std::get_if<std::string_view>(&value);
  return text != nullptr && (text->contains('\0') || !core::is_utf8(*text));
}

}  // namespace

using core::ErrorCode;

core::Result<Rows> Statement::start(std::initializer_list<Value> arguments) {
  if (std::ranges::any_of(arguments, is_no_text)) {
    return core::fail(ErrorCode::kMalformed, "a text that the database cannot hold");
  }
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
