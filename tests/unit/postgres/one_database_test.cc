// Store, people and log in one database: each in its own schema, with its own lock, and for its own
// roles.
#include <gmock/gmock.h>

#include "gateway/accounts/people.h"
#include "gateway/accounts/schema.h"
#include "gateway/postgres/database.h"
#include "gateway/signer/signer.h"
#include "gateway/signer/tables.h"
#include "gateway/sql/statement_cache.h"
#include "gateway/sql/transaction.h"
#include "gateway/store/schema.h"
#include "gateway/store/store.h"
#include "tests/unit/postgres/test_server.h"

namespace heyan::postgres {
namespace {

using core::ErrorCode;

class OneDatabaseTest : public testing::Test {
 protected:
  TestDatabase database_;

  // In an order in which a grant on all tables of a schema could reach the others'.
  void SetUp() override {
    const Settings owner = database_.as("heyan_owner");
    ASSERT_TRUE(signer::Signer::prepare(owner).has_value());
    ASSERT_TRUE(accounts::People::prepare(owner).has_value());
    ASSERT_TRUE(store::Store::prepare(owner).has_value());
    for (int again = 0; again < 2; ++again) {
      ASSERT_TRUE(store::Store::prepare(owner).has_value());
      ASSERT_TRUE(accounts::People::prepare(owner).has_value());
      ASSERT_TRUE(signer::Signer::prepare(owner).has_value());
    }
  }
  bool may(const std::string& role, const std::string& sql) const {
    return database_.execute("BEGIN; " + sql + "; ROLLBACK", role).has_value();
  }
  Database open(const std::string& role, const sql::Layout& layout) const {
    return Database::open(database_.as(role), layout).value();
  }
};

TEST_F(OneDatabaseTest, EachRoleReadsAndWritesItsOwnAlone) {
  for (const char* table :
       {"heyan.submissions", "heyan.reports", "heyan.jobs", "heyan_accounts.people",
        "heyan_accounts.sessions", "heyan_accounts.delays", "heyan_accounts.identities"}) {
    const std::string name = table;
    EXPECT_TRUE(may("gateway", "SELECT 1 FROM " + name)) << name;
    EXPECT_FALSE(may("signer", "SELECT 1 FROM " + name)) << name;
    EXPECT_FALSE(may("signer", "DELETE FROM " + name)) << name;
    EXPECT_FALSE(may("signer", "INSERT INTO " + name + " DEFAULT VALUES")) << name;
  }
  for (const char* table : {"log_head", "log_entries", "log_hashes", "numbers", "intakes",
                            "reports", "trust_seen", "cosigned", "trail_heads", "deletions"}) {
    const std::string name = "heyan_log." + std::string(table);
    EXPECT_TRUE(may("signer", "SELECT 1 FROM " + name)) << name;
    EXPECT_FALSE(may("gateway", "SELECT 1 FROM " + name)) << name;
    EXPECT_FALSE(may("gateway", "DELETE FROM " + name)) << name;
    EXPECT_FALSE(may("gateway", "INSERT INTO " + name + " DEFAULT VALUES")) << name;
  }
}

TEST_F(OneDatabaseTest, NobodyAltersWhatWasLoggedNorMakesTables) {
  EXPECT_TRUE(may("signer", "UPDATE heyan_log.log_head SET epoch = epoch + 1"));
  for (const char* sql :
       {"UPDATE heyan_log.log_entries SET bytes = '\\x00'",
        "UPDATE heyan_log.log_hashes SET level = 0", "DELETE FROM heyan_log.log_head",
        "UPDATE heyan_log.layout SET version = 0", "CREATE TABLE heyan_log.mine(a TEXT)",
        "DROP TABLE heyan_log.numbers", "TRUNCATE heyan_log.log_entries"}) {
    EXPECT_FALSE(may("signer", sql)) << sql;
  }
  for (const char* sql :
       {"DELETE FROM heyan_accounts.people", "UPDATE heyan_accounts.layout SET version = 0",
        "CREATE TABLE heyan_accounts.mine(a TEXT)"}) {
    EXPECT_FALSE(may("gateway", sql)) << sql;
  }
}

TEST_F(OneDatabaseTest, TheWrongRoleIsRefused) {
  const auto refusal = [&](const std::string& role, const sql::Layout& layout) {
    const auto opened = Database::open(database_.as(role), layout);
    return opened ? ErrorCode::kNotFound : opened.error().code;
  };
  EXPECT_EQ(refusal("gateway", signer::shared_layout()), ErrorCode::kUnsupported);
  EXPECT_EQ(refusal("signer", store::shared_layout()), ErrorCode::kUnsupported);
  EXPECT_EQ(refusal("signer", accounts::shared_layout()), ErrorCode::kUnsupported);
  EXPECT_EQ(refusal("heyan_owner", signer::shared_layout()), ErrorCode::kUnsupported);
  EXPECT_EQ(refusal("gateway", accounts::shared_layout()), ErrorCode::kNotFound);
  EXPECT_EQ(refusal("signer", signer::shared_layout()), ErrorCode::kNotFound);
  // Who owns tables of another schema could grant itself what it likes of them.
  ASSERT_TRUE(database_
                  .execute("CREATE TABLE heyan_log.extra(a TEXT);"
                           "GRANT CREATE ON SCHEMA heyan_log TO gateway")
                  .has_value());
  TestServer::the().execute("ALTER TABLE heyan_log.extra OWNER TO gateway", database_.name());
  EXPECT_EQ(refusal("gateway", store::shared_layout()), ErrorCode::kUnsupported);
}

// Who writes a report into the store waits for nobody who appends to the log, nor who signs in.
TEST_F(OneDatabaseTest, TheyWaitForNobodyOfTheOthers) {
  Database front = open("gateway", store::shared_layout());
  Database people = open("gateway", accounts::shared_layout());
  Database log = open("signer", signer::shared_layout());
  auto first = sql::Transaction::begin(front);
  auto second = sql::Transaction::begin(people);
  auto third = sql::Transaction::begin(log);
  EXPECT_TRUE(first.has_value() && second.has_value() && third.has_value());
  EXPECT_TRUE(first->commit() && second->commit() && third->commit());
}

// Both have a table of that name.
TEST_F(OneDatabaseTest, NamesAreLookedForInTheirOwnSchema) {
  const auto columns = [&](Database& database) {
    sql::StatementCache statements(database);
    const auto snapshot = sql::Snapshot::begin(database, {}).value();
    return std::get<0>(**statements.one<std::uint64_t>(
        "SELECT count(*) FROM pg_catalog.pg_attribute"
        " WHERE attrelid = CAST('reports' AS regclass) AND attname IN ('payload_sha256')"));
  };
  Database front = open("gateway", store::shared_layout());
  Database log = open("signer", signer::shared_layout());
  EXPECT_EQ(columns(front), 0);
  EXPECT_EQ(columns(log), 1);
}

}  // namespace
}  // namespace heyan::postgres
