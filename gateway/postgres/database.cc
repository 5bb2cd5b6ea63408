#include "gateway/postgres/database.h"

#include <optional>

#include "gateway/postgres/connection.h"
#include "gateway/postgres/prepared.h"
#include "gateway/postgres/server.h"
#include "gateway/sql/statement_cache.h"

namespace heyan::postgres {
namespace {

using core::ErrorCode;

core::Result<void> expect_no_owner(Connection& connection) {
  HEYAN_TRY(const std::string free,
            connection.ask_text("SELECT NOT rolsuper AND NOT rolbypassrls AND NOT EXISTS (SELECT 1"
                                " FROM pg_catalog.pg_tables WHERE schemaname LIKE 'heyan%'"
                                " AND pg_has_role(current_user, tableowner, 'MEMBER'))"
                                " FROM pg_catalog.pg_roles WHERE rolname = session_user"));
  if (free == "t") return {};
  return core::fail(ErrorCode::kUnsupported,
                    "the role of the database is no mere user of the tables");
}

core::Result<void> expect_version(Connection& connection, const sql::Layout& layout) {
  const auto version = connection.ask_text("SELECT version FROM layout WHERE application = " +
                                           std::to_string(layout.application_id));
  if (!version && version.error().code == ErrorCode::kIo) return std::unexpected(version.error());
  if (version && *version == std::to_string(layout.migrations.size())) return {};
  return core::fail(ErrorCode::kUnsupported,
                    "the tables of the database are of another version of the program: after an "
                    "update `heyan database prepare` brings them to it");
}

core::Result<void> stand(Connection& connection, std::int64_t program) {
  if (program == 0) return {};
  // Shared: the server may not have noticed yet that the connection before has ended.
  HEYAN_TRY(const Answer held,
            connection.ask("SELECT pg_advisory_lock_shared(" + std::to_string(program) + ")"));
  return {};
}

}  // namespace

struct Database::Parts {
  std::string take_turn;
  std::int64_t program = 0;
  std::unique_ptr<Connection> connection;
  std::optional<sql::Statement> set;
};

Database::Database(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Database::Database(Database&&) noexcept = default;
Database::~Database() = default;

core::Result<Database> Database::open(const Settings& settings, const sql::Layout& layout) {
  auto parts = std::make_unique<Parts>();
  parts->take_turn =
      "BEGIN; SET LOCAL heyan.whole = 'yes';"
      " SELECT pg_advisory_xact_lock(" +
      std::to_string(layout.application_id) + ")";
  const auto set_up = [layout, all = parts.get()](Connection& connection) -> core::Result<void> {
    HEYAN_CHECK_OK(expect_durable(connection));
    HEYAN_CHECK_OK(expect_no_owner(connection));
    HEYAN_CHECK_OK(expect_version(connection, layout));
    return stand(connection, all->program);
  };
  HEYAN_TRY(parts->connection, Connection::open(settings, set_up, layout.schema));
  parts->set.emplace(
      std::make_unique<PreparedStatement>(*parts->connection, "SELECT set_config(?, ?, true)"));
  return Database(std::move(parts));
}

core::Result<sql::Statement> Database::prepare(std::string_view sql) {
  return sql::Statement(std::make_unique<PreparedStatement>(*parts_->connection, sql));
}

core::Result<void> Database::execute(const char* sql) {
  HEYAN_TRY(const Answer done, parts_->connection->ask(sql));
  return {};
}

std::uint64_t Database::changes() const { return parts_->connection->changes(); }

bool Database::in_transaction() const { return parts_->connection->in_transaction(); }

// A connection that was lost meanwhile shows it at the first question.
core::Result<void> Database::begin_with(const std::string& sql) {
  Connection& connection = *parts_->connection;
  HEYAN_CHECK_OK(connection.ensure());
  if (connection.in_transaction()) {
    return core::fail(ErrorCode::kInternal, "a transaction within a transaction");
  }
  auto begun = connection.ask(sql);
  if (!begun && connection.is_lost()) {
    HEYAN_CHECK_OK(connection.ensure());
    begun = connection.ask(sql);
  }
  if (begun) return {};
  if (connection.in_transaction()) (void)connection.ask("ROLLBACK");
  return std::unexpected(begun.error());
}

core::Result<void> Database::begin() { return begin_with(parts_->take_turn); }

// Once COMMIT was sent and not answered, only kIo tells a caller that it may have taken place:
// whatever keeps the server from being asked, one that is no longer accepted included.
core::Result<void> Database::commit() {
  Connection& connection = *parts_->connection;
  HEYAN_TRY(const std::string number,
            connection.ask_text("SELECT pg_current_xact_id_if_assigned()"));
  const auto done = connection.ask("COMMIT");
  if (done && std::string_view(PQcmdStatus(done->get())) == "COMMIT") return {};
  if (done) return core::fail(ErrorCode::kInternal, "the transaction was undone before it ended");
  if (!connection.is_lost() || number.empty()) return std::unexpected(done.error());
  if (const auto again = connection.ensure(); !again) {
    return core::fail(ErrorCode::kIo, again.error().text);
  }
  const auto kept = was_committed(connection, number);
  if (!kept) return core::fail(ErrorCode::kIo, kept.error().text);
  if (*kept) return {};
  return std::unexpected(done.error());
}

core::Result<void> Database::begin_reading(std::span<const sql::Setting> settings) {
  HEYAN_CHECK_OK(begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"));
  for (const sql::Setting& one : settings) {
    const auto set = parts_->set->one<std::string>(one.name, one.value);
    if (set) continue;
    end_reading();
    return std::unexpected(set.error());
  }
  return {};
}

void Database::end_reading() {
  if (in_transaction()) (void)parts_->connection->ask("ROLLBACK");
}

core::Result<void> Database::stand_for(std::int64_t program) {
  parts_->program = program;
  HEYAN_CHECK_OK(parts_->connection->ensure());
  return stand(*parts_->connection, program);
}

// Taken again each time: whoever holds it may, and a connection that was lost holds nothing.
core::Result<bool> Database::hold(std::int64_t what) {
  Connection& connection = *parts_->connection;
  HEYAN_CHECK_OK(connection.ensure());
  HEYAN_TRY(const std::string held,
            connection.ask_text("SELECT pg_try_advisory_lock(" + std::to_string(what) + ")"));
  return held == "t";
}

core::Result<bool> Database::is_there(std::int64_t program) {
  HEYAN_TRY(const std::string held,
            parts_->connection->ask_text(
                "SELECT count(*) FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_database d"
                " ON d.oid = l.database WHERE d.datname = current_database()"
                " AND l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted"
                " AND ((l.classid::bigint << 32) | l.objid::bigint) = " +
                std::to_string(program)));
  return held != "0";
}

}  // namespace heyan::postgres
