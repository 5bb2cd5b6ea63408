// One connection to a database, whatever the engine: gateway/sqlite or gateway/postgres.
//
// A text of SQL must be valid in both: parameters are ? or ?1, whole numbers have 64 bits, and a
// reserved word of either that names a column is quoted. One thread at a time.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "gateway/sql/statement.h"
#include "verifier/core/error.h"

namespace heyan::sql {

// Whose tables they are, and how they came about: migration i leads from version i to i + 1. A
// migration is never changed once released; new ones are added at the end.
struct Layout {
  std::int32_t application_id = 0;  // not 0
  std::span<const std::string_view> migrations;
  // Where a database holds several: of each the tables and their versions. A word beginning with
  // "heyan".
  std::string_view schema = "heyan";
};

// What an engine with row-level security is told before a reading.
struct Setting {
  std::string_view name;
  std::string_view value;
};

class Database {
 public:
  virtual ~Database() = default;

  // One statement. kInternal, here or when it is run: it does not fit the tables, or is followed by
  // another.
  virtual core::Result<Statement> prepare(std::string_view sql) = 0;
  // Any number of statements, of ours, without arguments; rows are dropped.
  virtual core::Result<void> execute(const char* sql) = 0;
  // Rows that the last INSERT, UPDATE or DELETE touched.
  virtual std::uint64_t changes() const = 0;

  virtual bool in_transaction() const = 0;
  // Use Transaction (transaction.h): takes the right to write at once, from whoever has it.
  virtual core::Result<void> begin() = 0;
  // When it returns, all is on the disk.
  virtual core::Result<void> commit() = 0;

  // Use Snapshot (transaction.h).
  virtual core::Result<void> begin_reading(std::span<const Setting> settings) = 0;
  virtual void end_reading() = 0;

  // This connection stands for a program of that number (positive), as long as it lasts.
  virtual core::Result<void> stand_for(std::int64_t program) = 0;
  // Whether some connection does.
  virtual core::Result<bool> is_there(std::int64_t program) = 0;
  // Whether this connection has what only one of all may have, taking it where nobody does; it has
  // it until it ends. Not of a number of more than 32 bits. Outside of a transaction.
  virtual core::Result<bool> hold(std::int64_t what) = 0;

 protected:
  Database() = default;
  Database(Database&&) = default;
  Database& operator=(Database&&) = default;
};

}  // namespace heyan::sql
