#include "gateway/sqlite/database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "gateway/sql/transaction.h"
#include "gateway/sqlite/page_memory.h"
#include "gateway/sqlite/prepared.h"
#include "gateway/sqlite/result_code.h"

namespace heyan::sqlite {
namespace {

using core::ErrorCode;

constexpr int kBusyMilliseconds = 10'000;

// SQLite would create it for everybody to read; its companions (-wal, -shm) take its mode. Only
// where there is none: closing a file of ours would drop the locks that this process holds on it.
void create_for_owner(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file >= 0) ::close(file);  // otherwise SQLite says why
}

// As an address (sqlite.org/uri.html): that nobody writes the file can be said in one alone.
std::string still(const std::filesystem::path& path) {
  std::string address = "file:";
  for (const char c : std::filesystem::absolute(path).string()) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '/' || c == '.' || c == '-' || c == '_';
    const auto byte = static_cast<std::uint8_t>(c);
    address += plain ? std::string(1, c) : "%" + core::to_hex(core::ByteView(&byte, 1));
  }
  return address + "?immutable=1";
}

struct Switch {
  int name;
  int value;
};
constexpr std::array kSwitches = {
    Switch{SQLITE_DBCONFIG_DEFENSIVE, 1},
    Switch{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    Switch{SQLITE_DBCONFIG_ENABLE_FKEY, 1},
    Switch{SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
    Switch{SQLITE_DBCONFIG_ENABLE_VIEW, 0},
    Switch{SQLITE_DBCONFIG_DQS_DML, 0},
    Switch{SQLITE_DBCONFIG_DQS_DDL, 0},
    Switch{SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0},
    Switch{SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
};

}  // namespace

void Database::Close::operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }

core::Result<Database> Database::open(const std::filesystem::path& path, const Layout& layout,
                                      Access access) {
  if (access == Access::kWrite) create_for_owner(path);
  give_page_memory();
  sqlite3* connection = nullptr;
  // A reader writes too: the shared memory beside the file.
  constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  constexpr int kStillFlags =
      SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = access == Access::kStill
                       ? sqlite3_open_v2(still(path).c_str(), &connection, kStillFlags, nullptr)
                       : sqlite3_open_v2(path.c_str(), &connection, kFlags, nullptr);
  Database database(connection);  // even a failed one must be closed
  if (code != SQLITE_OK) return std::unexpected(error_of(code));
  HEYAN_CHECK_OK(database.set_up(access));
  HEYAN_CHECK_OK(database.expect_owner(layout));
  if (access == Access::kWrite) HEYAN_CHECK_OK(database.migrate(layout));
  HEYAN_TRY(const std::int64_t version, database.number("PRAGMA user_version"));
  // A copy is read as it is: what an older one has not, its reader's statements say.
  const bool older = version >= 0 && std::cmp_less(version, layout.migrations.size());
  const bool may_be_older = older && access == Access::kStill;
  if (!may_be_older && std::cmp_not_equal(version, layout.migrations.size())) {
    return core::fail(ErrorCode::kUnsupported, "the database is of another version of the program");
  }
  return database;
}

core::Result<void> Database::set_up(Access access) {
  sqlite3_busy_timeout(connection_.get(), kBusyMilliseconds);
  for (const Switch& wanted : kSwitches) {
    int now = -1;
    const int code = sqlite3_db_config(connection_.get(), wanted.name, wanted.value, &now);
    if (code != SQLITE_OK || now != wanted.value) {
      return core::fail(ErrorCode::kInternal, "this SQLite library cannot be made safe");
    }
  }
  HEYAN_CHECK_OK(set_up_log(access));
  HEYAN_CHECK_OK(
      execute("PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0"));
  if (access != Access::kWrite) HEYAN_CHECK_OK(execute("PRAGMA query_only=ON"));
  return {};
}

core::Result<void> Database::set_up_log(Access access) {
  if (access == Access::kStill) return {};
  HEYAN_TRY(Statement journal, prepare("PRAGMA journal_mode=WAL"));
  HEYAN_TRY(const auto mode, journal.one<std::string>());
  if (!mode || std::get<0>(*mode) != "wal") {
    return core::fail(ErrorCode::kIo, "the file system cannot hold a write-ahead log");
  }
  return execute("PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864");
}

core::Result<void> Database::expect_owner(const Layout& layout) {
  HEYAN_TRY(const std::int64_t owner, number("PRAGMA application_id"));
  HEYAN_TRY(const std::int64_t tables, number("SELECT count(*) FROM sqlite_schema"));
  const bool fresh = owner == 0 && tables == 0;
  if (owner != layout.application_id && !fresh) {
    return core::fail(ErrorCode::kMalformed, "the database is another program's");
  }
  return {};
}

// All in one transaction: two processes that start at once take turns, and a failure leaves the
// tables as they were.
core::Result<void> Database::migrate(const Layout& layout) {
  HEYAN_TRY(sql::Transaction transaction, sql::Transaction::begin(*this));
  HEYAN_TRY(const std::int64_t version, number("PRAGMA user_version"));
  if (version < 0 || std::cmp_greater(version, layout.migrations.size())) {
    return core::fail(ErrorCode::kUnsupported, "the database is of a newer version of the program");
  }
  const auto missing = layout.migrations.subspan(static_cast<std::size_t>(version));
  if (missing.empty()) return {};
  for (const std::string_view migration : missing) {
    HEYAN_CHECK_OK(execute(std::string(migration).c_str()));
  }
  const std::string stamp = "PRAGMA application_id=" + std::to_string(layout.application_id) +
                            "; PRAGMA user_version=" + std::to_string(layout.migrations.size());
  HEYAN_CHECK_OK(execute(stamp.c_str()));
  return transaction.commit();
}

core::Result<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* prepared = nullptr;
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v3(connection_.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &prepared, &rest);
  if (code != SQLITE_OK) return std::unexpected(error_of(code));
  Statement statement(std::make_unique<PreparedStatement>(prepared));
  if (prepared == nullptr || rest != sql.data() + sql.size()) {
    return core::fail(ErrorCode::kInternal, "a text holds none or several statements");
  }
  return statement;
}

core::Result<void> Database::execute(const char* sql) {
  const int code = sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return std::unexpected(error_of(code));
  return {};
}

core::Result<void> Database::begin() { return execute("BEGIN IMMEDIATE"); }

core::Result<void> Database::commit() { return execute("COMMIT"); }

core::Result<void> Database::stand_for(std::int64_t program) {
  program_ = program;
  return {};
}

bool Database::in_transaction() const { return sqlite3_get_autocommit(connection_.get()) == 0; }

std::uint64_t Database::changes() const {
  return static_cast<std::uint64_t>(sqlite3_changes64(connection_.get()));
}

core::Result<void> Database::check_integrity() {
  HEYAN_TRY(Statement check, prepare("PRAGMA quick_check(1)"));
  HEYAN_TRY(const auto answer, check.one<std::string>());
  if (!answer || std::get<0>(*answer) != "ok") {
    return core::fail(ErrorCode::kInternal, "the database is damaged");
  }
  return {};
}

core::Result<std::int64_t> Database::number(std::string_view pragma) {
  HEYAN_TRY(Statement statement, prepare(pragma));
  HEYAN_TRY(const auto row, statement.one<std::int64_t>());
  if (!row) return core::fail(ErrorCode::kInternal, "the database did not answer");
  return std::get<0>(*row);
}

}  // namespace heyan::sqlite
