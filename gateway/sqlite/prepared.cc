#include "gateway/sqlite/prepared.h"

#include <sqlite3.h>

#include <limits>

#include "gateway/sqlite/result_code.h"

namespace heyan::sqlite {
namespace {

using core::ErrorCode;

// SQLITE_TRANSIENT is a cast that our warnings refuse: SQLite copies what it is given.
sqlite3_destructor_type copied() {
  return reinterpret_cast<sqlite3_destructor_type>(std::intptr_t{-1});
}

// A null pointer would be bound as NULL, and an empty text or blob is not NULL.
constexpr const char* kNothing = "";

struct Bind {
  sqlite3_stmt* statement;
  int index;

  int operator()(sql::Null) const { return sqlite3_bind_null(statement, index); }
  int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, index, value); }
  int operator()(std::uint64_t value) const {
    if (!std::in_range<std::int64_t>(value)) return SQLITE_TOOBIG;
    return sqlite3_bind_int64(statement, index, static_cast<std::int64_t>(value));
  }
  int operator()(std::string_view text) const {
    return sqlite3_bind_text64(statement, index, text.empty() ? kNothing : text.data(), text.size(),
                               copied(), SQLITE_UTF8);
  }
  int operator()(core::ByteView bytes) const {
    const void* start = bytes.empty() ? static_cast<const void*>(kNothing) : bytes.data();
    return sqlite3_bind_blob64(statement, index, start, bytes.size(), copied());
  }
};

core::Result<void> expect_type(sqlite3_stmt* statement, std::size_t index, int type) {
  if (sqlite3_column_type(statement, static_cast<int>(index)) != type) {
    return core::fail(ErrorCode::kInternal, "a column of the database holds another type", index);
  }
  return {};
}

std::size_t column_bytes(sqlite3_stmt* statement, std::size_t index) {
  return static_cast<std::size_t>(sqlite3_column_bytes(statement, static_cast<int>(index)));
}

}  // namespace

void PreparedStatement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

core::Result<void> PreparedStatement::start(std::span<const sql::Value> arguments) {
  if (sqlite3_stmt_busy(statement_.get()) != 0) {
    return core::fail(ErrorCode::kInternal, "a statement is run while its rows are read");
  }
  if (std::cmp_not_equal(arguments.size(), sqlite3_bind_parameter_count(statement_.get()))) {
    return core::fail(ErrorCode::kInternal, "a statement got too few or too many arguments");
  }
  int index = 0;
  for (const sql::Value& argument : arguments) {
    const int code = std::visit(Bind{statement_.get(), ++index}, argument);
    if (code == SQLITE_OK) continue;
    reset();
    return std::unexpected(error_of(code));
  }
  return {};
}

void PreparedStatement::reset() {
  sqlite3_reset(statement_.get());  // repeats the error that next() has told already
  sqlite3_clear_bindings(statement_.get());
}

core::Result<bool> PreparedStatement::next() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return std::unexpected(error_of(code));
}

std::size_t PreparedStatement::columns() const {
  return static_cast<std::size_t>(sqlite3_data_count(statement_.get()));
}

bool PreparedStatement::is_null(std::size_t index) const {
  return sqlite3_column_type(statement_.get(), static_cast<int>(index)) == SQLITE_NULL;
}

core::Result<void> PreparedStatement::read(std::size_t index, std::int64_t& value) const {
  HEYAN_CHECK_OK(expect_type(statement_.get(), index, SQLITE_INTEGER));
  value = sqlite3_column_int64(statement_.get(), static_cast<int>(index));
  return {};
}

core::Result<void> PreparedStatement::read(std::size_t index, std::string& value) const {
  HEYAN_CHECK_OK(expect_type(statement_.get(), index, SQLITE_TEXT));
  const unsigned char* start = sqlite3_column_text(statement_.get(), static_cast<int>(index));
  if (start == nullptr) return std::unexpected(error_of(SQLITE_NOMEM));
  value.assign(start, start + column_bytes(statement_.get(), index));
  return {};
}

core::Result<void> PreparedStatement::read(std::size_t index, core::Bytes& value) const {
  HEYAN_CHECK_OK(expect_type(statement_.get(), index, SQLITE_BLOB));
  const auto* start = static_cast<const std::uint8_t*>(
      sqlite3_column_blob(statement_.get(), static_cast<int>(index)));
  const std::size_t size = column_bytes(statement_.get(), index);
  if (start == nullptr && size != 0) return std::unexpected(error_of(SQLITE_NOMEM));
  value.assign(start, start + size);
  return {};
}

}  // namespace heyan::sqlite
