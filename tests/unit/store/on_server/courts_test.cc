// Row-level security: what a reading sees of each table. Security decision 25.
#include <map>

#include "gateway/postgres/database.h"
#include "gateway/sql/statement_cache.h"
#include "gateway/sql/transaction.h"
#include "gateway/sqlite/database.h"
#include "gateway/store/schema.h"
#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/store/on_server/place.h"
#include "tests/unit/store/store_fixture.h"

namespace heyan::store {
namespace {

using testing::ElementsAre;

// Nothing of a court: what ledgers showed, and of which key the contents are.
const std::set<std::string>& without_court() {
  static const std::set<std::string> kTables = {"contents_key", "layout", "ledger_blocks",
                                                "watched"};
  return kTables;
}

// One row in every table, of each of two courts.
constexpr std::string_view kRows = R"(
INSERT INTO submissions VALUES('ID', 'COURT', 'ACCOUNT', 1, 1, 'r', 's', 1);
INSERT INTO files VALUES('ID', 0, 'case.json', 1, decode(repeat('00', 32), 'hex'));
INSERT INTO idempotency VALUES('COURT', 'ACCOUNT', 'key', 'f', 'ID', 1);
INSERT INTO reports(number, submission, version, issued_at_ms, record_sha256, verdict, envelope)
  VALUES('HY-ID', 'ID', 1, 1, decode(repeat('00', 32), 'hex'), 'V', 'e');
INSERT INTO jobs(submission, version, court, account, state, turn, queued_at_ms)
  VALUES('ID', 1, 'COURT', 'ACCOUNT', 'DONE', 0, 1);
INSERT INTO receiving VALUES('r-ID', 'COURT', 'ACCOUNT', 's', 'key', 'f', 1, 1, 0);
INSERT INTO awaited(submission, position, path) VALUES('r-ID', 0, 'case.json');
INSERT INTO contents
  VALUES('COURT', decode(repeat('00', 32), 'hex'), 1, 'ID', 0, 'E1', 'HY-ID', 'case');
INSERT INTO deliveries VALUES('d-ID', 'ACCOUNT', 'ID', 't', 'b', 'PENDING', 1, 1, 0);
INSERT INTO known VALUES('COURT', 'a', 'n', 'v', 'ID', 1);
INSERT INTO filings VALUES('ID', 'COURT', 'case', 's', 1);
INSERT INTO filed_parties VALUES('ID', 0, 'r', 'n');
INSERT INTO filed_items VALUES('ID', 0, 'E1', 'n', 'p', NULL);
INSERT INTO found_by VALUES(decode(repeat('00', 32), 'hex'), 'ID');
INSERT INTO outcomes VALUES('HY-ID', 'V', 1);
INSERT INTO supplements VALUES('s-ID', 'ID', 'u-2', 1, 1, 't');
INSERT INTO supplement_items VALUES('s-ID', 0, 'E1', 'c');
INSERT INTO annotations VALUES('u-2', 'ID', 'E1', 't', 1);
INSERT INTO stamps VALUES('HY-ID', 1, 0, NULL);
INSERT INTO scans(submission, sha256, size, not_before_ms)
  VALUES('ID', decode(repeat('00', 32), 'hex'), 1, 1);
INSERT INTO assignments VALUES('ID', 'u-5', 'u-6', 1);
INSERT INTO accesses VALUES('a-ID', 'ID', 'COURT', 'u-5', 'reason', 1, 2);
INSERT INTO deletions(submission, id, state, reason, asked_by, asked_at_ms)
  VALUES('ID', 'q-ID', 'ASKED', 'r', 'u-2', 1);
INSERT INTO holds VALUES('ID', 'h-ID', 'r', 'u-3', 1);
INSERT INTO attempted_records VALUES('ID', decode(repeat('ab', 32), 'hex'));
INSERT INTO listed VALUES('COURT', 1, 'ID', 'DONE', 0, ' V ', 'n');
)";

std::string replaced(std::string text, const std::map<std::string, std::string>& words) {
  for (const auto& [word, by] : words) {
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + by.size())) {
      text.replace(at, word.size(), by);
    }
  }
  return text;
}

class CourtsTest : public testing::Test {
 protected:
  postgres::TestDatabase database_{prepared_database()};
  postgres::Database connection_ =
      postgres::Database::open(database_.as("gateway"), shared_layout()).value();
  sql::StatementCache statements_{connection_};

  void SetUp() override {
    const auto fill = [&](const char* id, const char* court, const char* account) {
      const auto filled = database_.execute(
          replaced(std::string(kRows), {{"ACCOUNT", account}, {"COURT", court}, {"ID", id}}));
      ASSERT_TRUE(filled.has_value()) << filled.error().text;
    };
    fill("s1", "0491", "u-1");
    fill("s2", "0192", "u-9");
  }
  std::vector<std::string> tables() {
    std::vector<std::string> names;
    const auto snapshot = sql::Snapshot::begin(connection_, {}).value();
    const auto rows = statements_.all<std::string>(
        "SELECT CAST(tablename AS TEXT) FROM pg_catalog.pg_tables WHERE schemaname = 'heyan'");
    for (const auto& [name] : *rows) {
      if (!without_court().contains(name)) names.push_back(name);
    }
    EXPECT_EQ(names.size(), 26);
    return names;
  }
  std::uint64_t seen(const std::string& table, const std::vector<sql::Setting>& as) {
    const auto snapshot = sql::Snapshot::begin(connection_, as);
    EXPECT_TRUE(snapshot.has_value());
    auto counting = connection_.prepare("SELECT count(*) FROM " + table).value();
    const auto count = counting.one<std::uint64_t>();
    EXPECT_TRUE(count.has_value()) << table;
    return count && *count ? std::get<0>(**count) : 99;
  }
};

TEST_F(CourtsTest, WithoutACourtNothingIsSeen) {
  for (const std::string& table : tables()) {
    EXPECT_EQ(seen(table, {{"heyan.whole", "yes"}}), 2) << table;
    EXPECT_EQ(seen(table, {}), 0) << table;  // and what the reading before saw is forgotten
    EXPECT_EQ(seen(table, {{"heyan.whole", "no"}}), 0) << table;
    EXPECT_EQ(seen(table, {{"heyan.court", ""}}), 0) << table;
  }
}

TEST_F(CourtsTest, NothingOfAnotherCourtIsSeen) {
  for (const std::string& table : tables()) {
    EXPECT_EQ(seen(table, {{"heyan.court", "0491"}}), 1) << table;
    EXPECT_EQ(seen(table, {{"heyan.court", "0500"}}), 0) << table;
  }
  const auto snapshot =
      sql::Snapshot::begin(connection_, std::vector<sql::Setting>{{"heyan.court", "0491"}});
  EXPECT_THAT(statements_.all<std::string>("SELECT id FROM submissions").value(),
              ElementsAre(std::tuple("s1")));
  EXPECT_THAT(
      statements_.all<std::string>("SELECT path FROM files WHERE submission = 's2'").value(),
      testing::IsEmpty());
}

TEST_F(CourtsTest, APersonSeesTheirOwnAtEveryCourt) {
  for (const std::string& table : tables()) {
    const bool of_courts_alone = table == "contents" || table == "known";
    EXPECT_EQ(seen(table, {{"heyan.account", "u-1"}}), of_courts_alone ? 0 : 1) << table;
    EXPECT_EQ(seen(table, {{"heyan.account", "u-3"}}), 0) << table;
  }
}

TEST_F(CourtsTest, EveryTableOfACourtHasAPolicy) {
  const auto snapshot = sql::Snapshot::begin(connection_, {}).value();
  const auto bare = statements_.all<std::string>(
      "SELECT CAST(c.relname AS TEXT) FROM pg_catalog.pg_class c"
      " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
      " WHERE n.nspname = 'heyan' AND c.relkind = 'r' AND NOT c.relrowsecurity");
  std::set<std::string> names;
  for (const auto& [name] : *bare) names.insert(name);
  EXPECT_EQ(names, without_court());
}

TEST_F(CourtsTest, AFrontCannotLiftThem) {
  for (const char* sql :
       {"ALTER TABLE submissions DISABLE ROW LEVEL SECURITY", "DROP POLICY of_court ON submissions",
        "SET ROLE heyan_owner", "SET ROLE postgres", "ALTER ROLE gateway BYPASSRLS",
        "UPDATE layout SET version = 0", "DROP TABLE submissions", "CREATE TABLE mine(a TEXT)",
        "DELETE FROM accesses", "UPDATE accesses SET until_ms = 9",
        "SET row_security = off;"
        " SELECT 1 FROM submissions"}) {
    EXPECT_FALSE(connection_.execute(sql).has_value()) << sql;
  }
}

TEST_F(CourtsTest, TheStoreNamesTheCourt) {
  const auto store = Store::open(shared_by(database_)).value();
  const auto ids = [&](const Scope& scope) {
    std::vector<std::string> found;
    const auto lines = store->list(scope, {}, std::nullopt, 10);
    for (const auto& line : lines.value()) found.push_back(line.id);
    return found;
  };
  EXPECT_THAT(ids(Scope::of_court("0491")), ElementsAre("s1"));
  EXPECT_THAT(ids(Scope::of_person("u-9")), ElementsAre("s2"));
  EXPECT_THAT(ids(Scope::of_account("0192", "u-1")), ElementsAre());
  EXPECT_TRUE(store->find_report("HY-s1", Scope::of_court("0491")).value().has_value());
  EXPECT_FALSE(store->find_report("HY-s1", Scope::of_court("0192")).value().has_value());
  EXPECT_FALSE(store->find_report("HY-s1", Scope::nothing()).value().has_value());
  EXPECT_THAT(ids(Scope::of_judge("0491", "u-5", 1)), ElementsAre("s1"));
  EXPECT_THAT(ids(Scope::of_judge("0491", "u-7", 1)), ElementsAre());
  EXPECT_FALSE(store->find_report("HY-s2", Scope::of_judge("0491", "u-5", 1)).value().has_value());
  EXPECT_EQ(store->accesses(Scope::of_court("0491"), std::nullopt, 9).value().size(), 1);
  EXPECT_EQ(store->courts().value().size(), 2);
  EXPECT_EQ(store->kept_after("0192", {}, 9).value().files.size(), 1);
  EXPECT_EQ(store->kept_after("0500", {}, 9).value().files.size(), 0);
}

// With a policy that lets nobody else pass: what the store asks under is what it was asked for.
TEST_F(CourtsTest, TheServerIsToldTheCourt) {
  ASSERT_TRUE(database_
                  .execute("ALTER POLICY of_court ON reports USING (seen_as('heyan.court', '0491')"
                           " OR seen_as('heyan.account', 'u-1'))")
                  .has_value());
  const auto store = Store::open(shared_by(database_)).value();
  const auto sees = [&](const Scope& scope) {
    return store->find_report("HY-s1", scope).value().has_value();
  };
  EXPECT_TRUE(sees(Scope::of_court("0491")));
  EXPECT_TRUE(sees(Scope::of_account("0491", "u-1")));
  EXPECT_TRUE(sees(Scope::of_person("u-1")));
  EXPECT_FALSE(sees(Scope::whole_installation()));
}

// A column that one engine lacks is found before somebody asks for it.
TEST_F(CourtsTest, BothEnginesHaveTheSameColumns) {
  const os::TemporaryFolder folder;
  auto file = sqlite::Database::open(folder / "front.db", layout()).value();
  sql::StatementCache in_file(file);
  std::set<std::string> here;
  const auto columns = in_file.all<std::string, std::string>(
      "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c"
      " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'");
  ASSERT_TRUE(columns.has_value());
  for (const auto& [table, column] : *columns) here.insert(table + "." + column);
  std::set<std::string> there;
  const auto snapshot = sql::Snapshot::begin(connection_, {}).value();
  const auto others = statements_.all<std::string, std::string>(
      "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns"
      " WHERE table_schema = 'heyan' AND table_name <> 'layout'");
  ASSERT_TRUE(others.has_value());
  for (const auto& [table, column] : *others) there.insert(table + "." + column);
  EXPECT_GT(here.size(), 100);
  EXPECT_EQ(here, there);
}

}  // namespace
}  // namespace heyan::store
