#include "gateway/postgres/migrate.h"

#include <charconv>

#include "gateway/postgres/server.h"

namespace heyan::postgres {
namespace {

using core::ErrorCode;

// Whatever may be migrated: two programs would make a schema at one time.
std::string begin(std::string_view schema) {
  return "BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '60s';"
         " SELECT pg_advisory_xact_lock(1);"
         " CREATE SCHEMA IF NOT EXISTS " +
         std::string(schema) +
         "; CREATE TABLE IF NOT EXISTS layout(application BIGINT PRIMARY KEY,"
         " version BIGINT NOT NULL)";
}

core::Result<std::size_t> version_of(Connection& connection, const std::string& application) {
  HEYAN_TRY(const std::string text,
            connection.ask_text("SELECT coalesce((SELECT version FROM layout WHERE application = " +
                                application + "), 0)"));
  std::size_t version = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), version);
  if (read.ec == std::errc() && read.ptr == text.data() + text.size()) return version;
  return core::fail(ErrorCode::kInternal, "the database holds a number out of range");
}

core::Result<void> run_missing(Connection& connection, const sql::Layout& layout,
                               std::string_view always) {
  const std::string application = std::to_string(layout.application_id);
  HEYAN_TRY(const std::size_t version, version_of(connection, application));
  if (version > layout.migrations.size()) {
    return core::fail(ErrorCode::kUnsupported, "the database is of a newer version of the program");
  }
  for (const std::string_view migration : layout.migrations.subspan(version)) {
    HEYAN_TRY(const Answer done, connection.ask(std::string(migration)));
  }
  HEYAN_TRY(const Answer kept,
            connection.ask("INSERT INTO layout VALUES(" + application + ", " +
                           std::to_string(layout.migrations.size()) +
                           ") ON CONFLICT(application) DO UPDATE SET version = excluded.version"));
  if (!always.empty()) {
    HEYAN_TRY(const Answer done, connection.ask(std::string(always)));
  }
  HEYAN_TRY(const Answer ended, connection.ask("COMMIT"));
  return {};
}

}  // namespace

core::Result<void> migrate(const Settings& owner, const sql::Layout& layout,
                           std::string_view always) {
  HEYAN_TRY(const auto connection, Connection::open(owner, expect_durable, layout.schema));
  HEYAN_TRY(const Answer begun, connection->ask(begin(layout.schema)));
  // Undone with the connection where it does not commit.
  return run_missing(*connection, layout, always);
}

}  // namespace heyan::postgres
