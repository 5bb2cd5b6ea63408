// A PostgreSQL database (15 or later) that several programs use at once, as SQLite is used by one.
//
// Transactions take turns among all programs (an advisory lock that ends with the transaction), so
// that, as in SQLite, what is read in one still holds when it writes. A connection that was lost is
// made again when the next transaction or reading begins; whether a COMMIT whose answer was lost
// took place is asked of the server. Threat: a reading that forgets its condition would show
// another court's rows: row-level security holds it to the court that it named, and binds neither
// superusers nor owners, so a role that is either is refused. A front that was taken over may name
// any. One thread
// at a time; not to be carried across fork(). Sources:
// postgresql.org/docs/15/explicit-locking.html, ddl-rowsecurity.html.
#pragma once

#include <memory>

#include "gateway/postgres/settings.h"
#include "gateway/sql/database.h"

namespace heyan::postgres {

class Connection;

class Database final : public sql::Database {
 public:
  // kIo: the server stayed away; kUnsupported: the tables are not of the layout (migrate.h), the
  // role owns them or passes by row-level security, or the server does not keep what it commits.
  static core::Result<Database> open(const Settings& settings, const sql::Layout& layout);
  Database(Database&&) noexcept;
  Database& operator=(Database&&) = delete;
  ~Database() override;

  core::Result<sql::Statement> prepare(std::string_view sql) override;
  core::Result<void> execute(const char* sql) override;
  std::uint64_t changes() const override;
  bool in_transaction() const override;
  core::Result<void> begin() override;
  // kIo: nothing was kept, or nobody knows because the server stayed away or is not accepted any
  // more. Any other error: nothing was kept.
  core::Result<void> commit() override;
  core::Result<void> begin_reading(std::span<const sql::Setting> settings) override;
  void end_reading() override;
  // Of a number of more than 32 bits. Kept when the connection is made again.
  core::Result<void> stand_for(std::int64_t program) override;
  core::Result<bool> is_there(std::int64_t program) override;
  core::Result<bool> hold(std::int64_t what) override;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;

  explicit Database(std::unique_ptr<Parts> parts);
  core::Result<void> begin_with(const std::string& sql);
};

}  // namespace heyan::postgres
