// One connection to one SQLite file, set up so that what was committed is on the disk.
//
// WAL with synchronous=FULL: a transaction is durable when commit() returns. Foreign keys are
// enforced; triggers, views, double-quoted strings and functions in the schema are off and the
// defensive mode is on, since the file may have been edited by somebody else. One thread at a time;
// not to be carried across fork().
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "gateway/sql/database.h"
#include "verifier/core/error.h"

struct sqlite3;

namespace heyan::sqlite {

// PRAGMA application_id and PRAGMA user_version.
using sql::Layout;
using sql::Rows;
using sql::Statement;

enum class Access : std::uint8_t {
  kWrite,  // creates the file (mode 0600) and brings it to the layout
  kRead,   // only reads; the file must be of the layout already
  kStill,  // of a file that nobody writes, of an older version, too: nothing is made beside it
};

class Database final : public sql::Database {
 public:
  // kIo; kMalformed: no database, or another program's; kUnsupported: of a newer version than the
  // layout (or, only to read, of an older); kInternal: damaged.
  static core::Result<Database> open(const std::filesystem::path& path, const Layout& layout,
                                     Access access = Access::kWrite);

  core::Result<Statement> prepare(std::string_view sql) override;
  core::Result<void> execute(const char* sql) override;
  std::uint64_t changes() const override;
  bool in_transaction() const override;
  core::Result<void> begin() override;
  core::Result<void> commit() override;
  core::Result<void> begin_reading(std::span<const sql::Setting>) override { return {}; }
  void end_reading() override {}
  // Whoever has the file open must see to it that nobody else has.
  core::Result<void> stand_for(std::int64_t program) override;
  core::Result<bool> is_there(std::int64_t program) override { return program == program_; }
  core::Result<bool> hold(std::int64_t) override { return true; }

  // Reads every page; kInternal where one does not hold together.
  core::Result<void> check_integrity();

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };
  std::unique_ptr<sqlite3, Close> connection_;
  std::int64_t program_ = 0;

  explicit Database(sqlite3* connection) : connection_(connection) {}
  core::Result<void> set_up(Access access);
  core::Result<void> set_up_log(Access access);
  core::Result<void> expect_owner(const Layout& layout);
  core::Result<void> migrate(const Layout& layout);
  core::Result<std::int64_t> number(std::string_view pragma);
};

}  // namespace heyan::sqlite
