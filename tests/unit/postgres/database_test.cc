#include "gateway/postgres/database.h"

#include <gmock/gmock.h>
#include <signal.h>

#include <array>
#include <functional>
#include <thread>
#include <type_traits>

#include "gateway/postgres/migrate.h"
#include "gateway/postgres/placeholders.h"
#include "gateway/postgres/result_code.h"
#include "gateway/postgres/roles.h"
#include "gateway/postgres/server.h"
#include "gateway/sql/statement_cache.h"
#include "gateway/sql/together.h"
#include "tests/unit/postgres/test_server.h"

namespace heyan::postgres {
namespace {

using core::ErrorCode;
using testing::ElementsAre;

constexpr std::string_view kFirst =
    "CREATE TABLE things(name TEXT PRIMARY KEY, count BIGINT, content BYTEA);"
    "GRANT USAGE ON SCHEMA heyan TO heyan_front;"
    "GRANT SELECT, INSERT, UPDATE, DELETE ON things TO heyan_front;"
    "GRANT SELECT ON layout TO heyan_front";
constexpr std::string_view kSecond = "ALTER TABLE things ADD COLUMN more BIGINT";
constexpr std::array kMigrations = {kFirst, kSecond};
constexpr sql::Layout kLayout{.application_id = 0x48590001, .migrations = kMigrations};

class PostgresTest : public testing::Test {
 protected:
  TestDatabase database_;

  void SetUp() override { ASSERT_TRUE(migrate(database_.as("heyan_owner"), kLayout).has_value()); }
  Database open() const {
    auto database = Database::open(database_.as("gateway"), kLayout);
    EXPECT_TRUE(database.has_value()) << (database ? "" : database.error().text);
    return *std::move(database);
  }
  ErrorCode refusal(const std::string& role, const sql::Layout& layout = kLayout) const {
    const auto database = Database::open(database_.as(role), layout);
    EXPECT_FALSE(database.has_value()) << role;
    return database ? ErrorCode::kInternal : database.error().code;
  }
  static std::uint64_t count(Database& database) {
    const auto snapshot = sql::Snapshot::begin(database, {}).value();
    return count_within(database);
  }
  static std::uint64_t count_within(Database& database) {
    sql::StatementCache statements(database);
    return std::get<0>(**statements.one<std::uint64_t>("SELECT count(*) FROM things"));
  }
  static core::Result<void> insert(Database& database, const std::string& name) {
    sql::StatementCache statements(database);
    HEYAN_TRY(sql::Transaction transaction, sql::Transaction::begin(database));
    HEYAN_CHECK_OK(statements.run("INSERT INTO things(name) VALUES(?)", name));
    return transaction.commit();
  }
  // The server keeps the transaction and then says nothing: its wait for a standby is cut.
  core::Result<void> insert_unanswered(Database& database,
                                       const std::function<void()>& meanwhile) const {
    TestServer& server = TestServer::the();
    server.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
    server.execute("SELECT pg_reload_conf()");
    // Who connects anew sees it once all who are connected were told.
    while (
        !database_.execute("DO $$ BEGIN ASSERT current_setting('synchronous_standby_names') ="
                           " 'nobody'; END $$",
                           "postgres")) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    core::Result<void> outcome;
    std::thread writing([&] { outcome = insert(database, "a"); });
    server.execute(
        "DO $$ BEGIN WHILE NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE usename = 'gateway'"
        " AND datname = '" +
        database_.name() +
        "' AND wait_event = 'SyncRep') LOOP PERFORM pg_stat_clear_snapshot(); END LOOP; END $$");
    meanwhile();
    end_connections();
    writing.join();
    server.execute("ALTER SYSTEM RESET synchronous_standby_names");
    server.execute("SELECT pg_reload_conf()");
    return outcome;
  }
  // Of the tables, as another release leaves it; waits for no standby.
  void set_version(std::size_t version) const {
    const auto set = database_.execute(
        "SET synchronous_commit = local; UPDATE layout SET version = " + std::to_string(version));
    EXPECT_TRUE(set.has_value()) << set.error().text;
  }
  void end_connections() const {
    TestServer::the().execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE usename = 'gateway' AND datname = '" +
        database_.name() + "'");
  }
};

TEST(PlaceholdersTest, AreNumberedAsSqliteDoes) {
  const auto text = [](std::string_view sql) { return numbered(sql).text; };
  EXPECT_EQ(text("a = ? AND b = ?"), "a = $1 AND b = $2");
  EXPECT_EQ(text("?2 ?1 ?2"), "$2 $1 $2");
  EXPECT_EQ(text("?3 ? ?1"), "$3 $4 $1");
  EXPECT_EQ(text("'?' \"a?\" 'it''s ?' ?"), "'?' \"a?\" 'it''s ?' $1");
  EXPECT_EQ(numbered("?12").parameters, 12);
  EXPECT_EQ(numbered("'?'").parameters, 0);
}

TEST(ResultCodeTest, AreErrorsOfOurs) {
  EXPECT_EQ(error_of("").code, ErrorCode::kIo);
  EXPECT_EQ(error_of("23505").code, ErrorCode::kDuplicate);
  EXPECT_EQ(error_of("23503").code, ErrorCode::kInternal);
  EXPECT_EQ(error_of("53100").text, "the disk is full");
  EXPECT_EQ(error_of("57P01").code, ErrorCode::kIo);
  EXPECT_EQ(error_of("57014").text, "the database took too long");
  EXPECT_EQ(error_of("42P01").code, ErrorCode::kInternal);
  EXPECT_TRUE(is_end_of_connection("57P02"));
  EXPECT_FALSE(is_end_of_connection("57014"));
}

TEST_F(PostgresTest, KeepsEveryType) {
  Database database = open();
  const auto transaction = sql::Transaction::begin(database).value();
  sql::StatementCache statements(database);
  const core::Bytes content = {0, 1, 0xff};
  const std::string_view insert = "INSERT INTO things(name, count, content) VALUES(?, ?, ?)";
  ASSERT_TRUE(statements.run(insert, "文", std::uint64_t{7}, content).has_value());
  ASSERT_TRUE(statements.run(insert, "", std::numeric_limits<std::int64_t>::min(), core::Bytes{})
                  .has_value());
  ASSERT_TRUE(
      statements.run(insert, "nulls", std::optional<std::int64_t>{}, std::optional<core::Bytes>{})
          .has_value());
  EXPECT_EQ(database.changes(), 1);
  const auto rows =
      statements.all<std::string, std::optional<std::int64_t>, std::optional<core::Bytes>>(
          "SELECT name, count, content FROM things ORDER BY name COLLATE \"C\"");
  ASSERT_TRUE(rows.has_value());
  EXPECT_THAT(
      *rows,
      ElementsAre(std::tuple("", std::numeric_limits<std::int64_t>::min(), core::Bytes{}),
                  std::tuple("nulls", std::nullopt, std::nullopt), std::tuple("文", 7, content)));
  EXPECT_EQ(statements.change("UPDATE things SET count = 1 WHERE name <> ?", "").value(), 2);
  const auto condition = statements.one<std::uint64_t, std::uint64_t>("SELECT 1 < 2, 2 < 1");
  EXPECT_EQ(condition.value(), std::tuple(1U, 0U));
  EXPECT_EQ(statements.one<std::int64_t>("SELECT CAST(-2 AS INTEGER)").value(), std::tuple(-2));
}

TEST_F(PostgresTest, RefusesWhatIsOfAnotherKind) {
  Database database = open();
  sql::StatementCache statements(database);
  const auto refused = [&](const auto& work) {
    const auto transaction = sql::Transaction::begin(database).value();
    const auto result = work();
    EXPECT_FALSE(result.has_value());
    return result ? ErrorCode::kDuplicate : result.error().code;
  };
  const auto refused_as = [&]<typename T>(std::type_identity<T>, std::string_view sql) {
    return refused([&] { return statements.one<T>(sql); });
  };
  constexpr std::type_identity<std::int64_t> kNumber;
  constexpr std::type_identity<std::uint64_t> kUnsigned;
  constexpr std::type_identity<std::string> kText;
  constexpr std::type_identity<core::Bytes> kBytes;
  EXPECT_EQ(refused_as(kText, "SELECT count(*) FROM things"), ErrorCode::kInternal);
  EXPECT_EQ(refused_as(kBytes, "SELECT CAST('a' AS TEXT)"), ErrorCode::kInternal);
  EXPECT_EQ(refused_as(kNumber, "SELECT CAST(NULL AS BIGINT)"), ErrorCode::kInternal);
  EXPECT_EQ(refused_as(kNumber, "SELECT sum(count) FROM (SELECT CAST(1 AS BIGINT) AS count) c"),
            ErrorCode::kInternal);  // a sum of theirs has more than 64 bits
  EXPECT_EQ(refused_as(kUnsigned, "SELECT CAST(-1 AS BIGINT)"), ErrorCode::kInternal);
  EXPECT_EQ(refused_as(kNumber, "SELECT 1, 2"), ErrorCode::kInternal);
  EXPECT_EQ(refused_as(kNumber, "SELECT count FROM things WHERE name = ?"), ErrorCode::kInternal);
  EXPECT_EQ(refused([&] { return statements.run("SELECT 1; SELECT 2"); }), ErrorCode::kInternal);
  EXPECT_EQ(refused([&] { return statements.run(""); }), ErrorCode::kInternal);
  const auto insert = [&](std::string_view name, std::uint64_t count) {
    return refused([&] {
      return statements.run("INSERT INTO things(name, count) VALUES(?, ?)", name, count);
    });
  };
  EXPECT_EQ(insert(std::string_view("a\0b", 3), 1), ErrorCode::kMalformed);
  EXPECT_EQ(insert("\xff", 1), ErrorCode::kMalformed);
  EXPECT_EQ(insert("a", std::uint64_t{1} << 63), ErrorCode::kLimit);
  ASSERT_TRUE(PostgresTest::insert(database, "a").has_value());
  EXPECT_EQ(insert("a", 1), ErrorCode::kDuplicate);
}

TEST_F(PostgresTest, AStatementIsRunOnceAtATimeAndWithinATransaction) {
  Database database = open();
  ASSERT_TRUE(insert(database, "a").has_value());
  sql::Statement select = database.prepare("SELECT name FROM things").value();
  EXPECT_EQ(select.one<std::string>().error().code, ErrorCode::kInternal);
  const auto snapshot = sql::Snapshot::begin(database, {}).value();
  {
    const auto rows = select.query();
    ASSERT_TRUE(rows.has_value());
    EXPECT_EQ(select.query().error().code, ErrorCode::kInternal);
  }
  EXPECT_EQ(select.one<std::string>().value(), std::tuple("a"));
}

TEST_F(PostgresTest, OneWorkIsUndoneAlone) {
  Database database = open();
  sql::StatementCache statements(database);
  const auto work = [&](const std::string& name, std::string_view sql) {
    return [&statements, name, sql](sql::Transaction&) -> core::Result<void> {
      HEYAN_CHECK_OK(statements.run("INSERT INTO things(name) VALUES(?)", name));
      return statements.run(sql);
    };
  };
  const std::vector<sql::Work> works = {work("a", "SELECT 1 WHERE false"),
                                        work("b", "INSERT INTO things(name) VALUES('a')"),
                                        work("c", "SELECT 1 WHERE false")};
  const auto outcomes = sql::commit_together(database, works);
  EXPECT_TRUE(outcomes[0].has_value());
  EXPECT_EQ(outcomes[1].error().code, ErrorCode::kDuplicate);
  EXPECT_TRUE(outcomes[2].has_value());
  Database other = open();
  const auto snapshot = sql::Snapshot::begin(other, {}).value();
  sql::StatementCache reading(other);
  EXPECT_THAT(reading.all<std::string>("SELECT name FROM things ORDER BY name").value(),
              ElementsAre(std::tuple("a"), std::tuple("c")));
}

TEST_F(PostgresTest, WritersTakeTurns) {
  Database first = open();
  auto transaction = sql::Transaction::begin(first).value();
  sql::StatementCache statements(first);
  ASSERT_TRUE(statements.run("INSERT INTO things(name) VALUES('a')").has_value());
  std::uint64_t seen = 0;
  std::thread second([&] {
    Database other = open();
    const auto later = sql::Transaction::begin(other);
    EXPECT_TRUE(later.has_value());
    seen = count_within(other);
  });
  // Until it waits.
  const auto watching = Connection::open(database_.as("gateway"), accept_any).value();
  while (watching->ask_text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
                            " AND NOT granted") == "0") {
  }
  ASSERT_TRUE(transaction.commit().has_value());
  second.join();
  EXPECT_EQ(seen, 1);
}

TEST_F(PostgresTest, ConnectsAgain) {
  Database database = open();
  ASSERT_TRUE(insert(database, "a").has_value());
  end_connections();
  ASSERT_TRUE(insert(database, "b").has_value());
  {
    auto transaction = sql::Transaction::begin(database).value();
    end_connections();
    EXPECT_EQ(database.execute("INSERT INTO things(name) VALUES('c')").error().code,
              ErrorCode::kIo);
    EXPECT_FALSE(transaction.is_open());
    EXPECT_FALSE(transaction.commit().has_value());
  }
  EXPECT_EQ(count(database), 2);
}

TEST_F(PostgresTest, ACommitWhoseAnswerIsLostIsFound) {
  Database database = open();
  const auto outcome = insert_unanswered(database, [] {});
  EXPECT_TRUE(outcome.has_value()) << outcome.error().text;
  EXPECT_EQ(count(database), 1);
}

// The row is there: whoever is told anything but kIo believes that it is not.
TEST_F(PostgresTest, ACommitThatCannotBeAskedForIsUnknown) {
  Database database = open();
  const auto outcome = insert_unanswered(database, [this] { set_version(kMigrations.size() + 1); });
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error().code, ErrorCode::kIo) << outcome.error().text;
  set_version(kMigrations.size());
  EXPECT_EQ(count(database), 1);
}

TEST_F(PostgresTest, KnowsWhatBecameOfATransaction) {
  const auto connection = Connection::open(database_.as("gateway"), accept_any).value();
  for (const char* end : {"COMMIT", "ROLLBACK"}) {
    ASSERT_TRUE(connection->ask("BEGIN; INSERT INTO things VALUES('x')").has_value());
    const auto number = connection->ask_text("SELECT pg_current_xact_id()").value();
    ASSERT_TRUE(connection->ask(end).has_value());
    EXPECT_EQ(was_committed(*connection, number).value(), end == std::string_view("COMMIT"));
    ASSERT_TRUE(connection->ask("DELETE FROM things").has_value());
  }
}

TEST_F(PostgresTest, WaitsForAServerThatIsAwayAndNoLonger) {
  Settings settings = database_.as("gateway");
  settings.patience = std::chrono::milliseconds(50);
  Database database = Database::open(settings, kLayout).value();
  TestServer::the().stop(SIGQUIT);
  EXPECT_EQ(insert(database, "a").error().code, ErrorCode::kIo);
  EXPECT_EQ(sql::Snapshot::begin(database, {}).error().code, ErrorCode::kIo);
  EXPECT_EQ(Database::open(settings, kLayout).error().code, ErrorCode::kIo);
  TestServer::the().start();
  EXPECT_TRUE(insert(database, "a").has_value());
  EXPECT_EQ(count(database), 1);
}

TEST_F(PostgresTest, IsOfNoRoleThatPassesByThePolicies) {
  EXPECT_EQ(refusal("heyan_owner"), ErrorCode::kUnsupported);
  EXPECT_EQ(refusal("passes_by"), ErrorCode::kUnsupported);
  EXPECT_EQ(refusal("postgres"), ErrorCode::kUnsupported);
  EXPECT_EQ(refusal("nobody_there"), ErrorCode::kIo);
}

TEST_F(PostgresTest, IsOfThisVersion) {
  constexpr std::array kThree = {kFirst, kSecond, kSecond};
  constexpr std::array kOne = {kFirst};
  EXPECT_EQ(refusal("gateway", {.application_id = 0x48590001, .migrations = kThree}),
            ErrorCode::kUnsupported);
  EXPECT_EQ(refusal("gateway", {.application_id = 0x48590001, .migrations = kOne}),
            ErrorCode::kUnsupported);
  EXPECT_EQ(refusal("gateway", {.application_id = 0x48590002, .migrations = kMigrations}),
            ErrorCode::kUnsupported);
  EXPECT_EQ(migrate(database_.as("heyan_owner"), {.application_id = 0x48590001, .migrations = kOne})
                .error()
                .code,
            ErrorCode::kUnsupported);
}

TEST_F(PostgresTest, TlsIsForOtherMachinesOnly) {
  Settings settings = database_.as("gateway");
  settings.host = "192.0.2.1";
  EXPECT_EQ(Database::open(settings, kLayout).error().code, ErrorCode::kUnsupported);
}

// Nothing is looked up: a sandbox would not let it, nor is a name anybody's word.
TEST_F(PostgresTest, ANameHasItsAddress) {
  Settings settings = database_.as("gateway");
  settings.host = "localhost";
  EXPECT_EQ(Database::open(settings, kLayout).error().code, ErrorCode::kUnsupported);
  settings.host = "db.court.example";
  settings.authority = "/nobody/ca.pem";
  EXPECT_EQ(Database::open(settings, kLayout).error().code, ErrorCode::kUnsupported);
}

TEST_F(PostgresTest, TellsThatTheServerIsAwayAndThatItIsBack) {
  std::vector<bool> told;
  Settings settings = database_.as("gateway");
  settings.patience = std::chrono::milliseconds(1);
  settings.on_changed = [&told](bool there) { told.push_back(there); };
  Database database = Database::open(settings, kLayout).value();
  EXPECT_TRUE(database.hold(7).value());
  TestServer::the().stop(SIGINT);
  while (database.hold(7).has_value() || told.empty()) {
  }
  EXPECT_FALSE(database.hold(7).has_value());
  EXPECT_EQ(told, std::vector{false});
  TestServer::the().start();
  while (!database.hold(7).has_value()) {
  }
  EXPECT_EQ(told, (std::vector{false, true}));
}

TEST_F(PostgresTest, KnowsWhoIsAMemberOfWhat) {
  const Settings owner = database_.as("heyan_owner");
  EXPECT_TRUE(is_member(owner, "gateway", "heyan_front").value());
  EXPECT_FALSE(is_member(owner, "heyan_owner", "heyan_front").value());
  EXPECT_FALSE(is_member(owner, "gateway", "no such group").value());
  EXPECT_FALSE(is_member(owner, "no such'role", "heyan_front").value());
}

TEST(MigrateTest, SeveralAtATime) {
  const TestDatabase database;
  EXPECT_EQ(Database::open(database.as("gateway"), kLayout).error().code, ErrorCode::kUnsupported);
  std::array<core::Result<void>, 4> outcomes;
  std::vector<std::thread> threads;
  for (auto& outcome : outcomes) {
    threads.emplace_back([&] { outcome = migrate(database.as("heyan_owner"), kLayout); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& outcome : outcomes) EXPECT_TRUE(outcome.has_value());
  EXPECT_TRUE(Database::open(database.as("gateway"), kLayout).has_value());
}

TEST(MigrateTest, AllOrNothing) {
  const TestDatabase database;
  constexpr std::array kBad = {kFirst, std::string_view("CREATE TABLE things(name TEXT)")};
  EXPECT_FALSE(
      migrate(database.as("heyan_owner"), {.application_id = 0x48590001, .migrations = kBad}));
  EXPECT_FALSE(database.execute("SELECT 1 FROM things").has_value());
  EXPECT_TRUE(migrate(database.as("heyan_owner"), kLayout).has_value());
  EXPECT_FALSE(migrate(database.as("gateway"), kLayout).has_value());  // owns nothing
}

}  // namespace
}  // namespace heyan::postgres
