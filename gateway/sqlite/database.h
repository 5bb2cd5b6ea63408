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
#include <span>
#include <string>
#include <string_view>

#include "gateway/sqlite/statement.h"
#include "verifier/core/error.h"

struct sqlite3;

namespace heyan::sqlite {

// Whose file it is, and how its tables came about: migration i leads from user_version i to i + 1.
// A migration is never changed once released; new ones are added at the end.
struct Layout {
  std::int32_t application_id = 0;  // not 0: PRAGMA application_id
  std::span<const std::string_view> migrations;
};

enum class Access : std::uint8_t {
  kWrite,  // creates the file (mode 0600) and brings it to the layout
  kRead,   // only reads; the file must be of the layout already
  kStill,  // the same of a file that nobody writes: nothing is made beside it
};

class Database {
 public:
  // kIo; kMalformed: no database, or another program's; kUnsupported: of a newer version than the
  // layout (or, only to read, of an older); kInternal: damaged.
  static core::Result<Database> open(const std::filesystem::path& path, const Layout& layout,
                                     Access access = Access::kWrite);

  // One statement; kInternal where it does not fit the tables, or is followed by another.
  core::Result<Statement> prepare(std::string_view sql);
  // Any number of statements, of ours, without arguments; rows are dropped.
  core::Result<void> execute(const char* sql);

  bool in_transaction() const;
  // Rows that the last INSERT, UPDATE or DELETE touched.
  std::uint64_t changes() const;
  // Reads every page; kInternal where one does not hold together.
  core::Result<void> check_integrity();

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };
  std::unique_ptr<sqlite3, Close> connection_;

  explicit Database(sqlite3* connection) : connection_(connection) {}
  core::Result<void> set_up(Access access);
  core::Result<void> set_up_log(Access access);
  core::Result<void> expect_owner(const Layout& layout);
  core::Result<void> migrate(const Layout& layout);
  core::Result<std::int64_t> number(std::string_view pragma);
};

}  // namespace heyan::sqlite
