#include <gmock/gmock.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "gateway/sqlite/database.h"
#include "gateway/sqlite/transaction.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::sqlite {
namespace {

using core::ErrorCode;
using testing::ElementsAre;

constexpr std::string_view kFirst =
    "CREATE TABLE things(name TEXT PRIMARY KEY, count INTEGER, content BLOB) STRICT";
constexpr std::string_view kSecond =
    "CREATE TABLE parts(thing TEXT NOT NULL REFERENCES things(name), part TEXT NOT NULL) STRICT;"
    "CREATE INDEX parts_of ON parts(thing)";
constexpr std::array kMigrations = {kFirst, kSecond};
constexpr Layout kLayout{.application_id = 0x48590001, .migrations = kMigrations};

class SqliteTest : public testing::Test {
 protected:
  os::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "things.db";

  Database open(const Layout& layout = kLayout) const {
    auto database = Database::open(path_, layout);
    EXPECT_TRUE(database.has_value()) << (database ? "" : database.error().text);
    return *std::move(database);
  }
  ErrorCode refusal(const Layout& layout, Access access = Access::kWrite) const {
    const auto database = Database::open(path_, layout, access);
    EXPECT_FALSE(database.has_value());
    return database ? ErrorCode::kInternal : database.error().code;
  }
  static Statement prepare(Database& database, std::string_view sql) {
    auto statement = database.prepare(sql);
    EXPECT_TRUE(statement.has_value()) << sql;
    return *std::move(statement);
  }
  static std::int64_t count(Database& database) {
    auto statement = prepare(database, "SELECT count(*) FROM things");
    return std::get<0>(**statement.one<std::int64_t>());
  }
};

TEST_F(SqliteTest, KeepsEveryType) {
  Database database = open();
  auto insert = prepare(database, "INSERT INTO things VALUES(?,?,?)");
  const core::Bytes content = {0, 1, 0xff};
  ASSERT_TRUE(insert.run("证据", std::uint64_t{7}, content).has_value());
  ASSERT_TRUE(insert.run("", std::numeric_limits<std::int64_t>::min(), core::Bytes{}).has_value());
  ASSERT_TRUE(insert.run("nulls", nullptr, std::optional<core::Bytes>{}).has_value());
  EXPECT_EQ(database.changes(), 1);
  auto select = prepare(database, "SELECT name, count, content FROM things ORDER BY rowid");
  const auto rows =
      select.all<std::string, std::optional<std::int64_t>, std::optional<core::Bytes>>();
  ASSERT_TRUE(rows.has_value());
  EXPECT_THAT(*rows, ElementsAre(std::tuple(std::string("证据"), 7, content),
                                 std::tuple(std::string(), std::numeric_limits<std::int64_t>::min(),
                                            core::Bytes{}),
                                 std::tuple("nulls", std::nullopt, std::nullopt)));
}

TEST_F(SqliteTest, AsksTheDiskAtEachCommit) {
  Database database = open();
  const auto setting = [&](std::string_view pragma) {
    return std::get<0>(**prepare(database, pragma).one<std::int64_t>());
  };
  EXPECT_EQ(setting("PRAGMA synchronous"), 2);
  EXPECT_EQ(setting("PRAGMA foreign_keys"), 1);
  EXPECT_EQ(setting("PRAGMA trusted_schema"), 0);
  EXPECT_EQ(setting("PRAGMA busy_timeout"), 10'000);
  EXPECT_EQ(std::get<0>(**prepare(database, "PRAGMA journal_mode").one<std::string>()), "wal");
  EXPECT_TRUE(database.check_integrity().has_value());
}

TEST_F(SqliteTest, FilesAreTheOwnersAlone) {
  Database database = open();
  for (const char* name : {"things.db", "things.db-wal", "things.db-shm"}) {
    struct stat status{};
    ASSERT_EQ(::stat((folder_ / name).c_str(), &status), 0) << name;
    EXPECT_EQ(status.st_mode & 0777, 0600U) << name;
  }
}

TEST_F(SqliteTest, RefusesValuesOfAnotherType) {
  Database database = open();
  auto insert = prepare(database, "INSERT INTO things VALUES(?,?,?)");
  EXPECT_EQ(insert.run("a", "seven", nullptr).error().code, ErrorCode::kInternal);  // STRICT
  EXPECT_EQ(insert.run("a", std::uint64_t{1} << 63, nullptr).error().code, ErrorCode::kLimit);
  EXPECT_EQ(count(database), 0);
  ASSERT_TRUE(insert.run("a", -1, nullptr).has_value());
  auto select = prepare(database, "SELECT name, count, content FROM things");
  using std::int64_t;
  using Text = std::string;
  const auto reads = [&]<typename... T>() { return select.one<T...>().has_value(); };
  EXPECT_TRUE((reads.operator()<Text, int64_t, std::optional<core::Bytes>>()));
  EXPECT_FALSE((reads.operator()<core::Bytes, int64_t, std::optional<core::Bytes>>()));
  EXPECT_FALSE((reads.operator()<Text, Text, std::optional<core::Bytes>>()));
  EXPECT_FALSE((reads.operator()<Text, std::uint64_t, std::optional<core::Bytes>>()));
  EXPECT_FALSE((reads.operator()<Text, int64_t, core::Bytes>()));
  EXPECT_FALSE((reads.operator()<Text, int64_t>()));
  EXPECT_FALSE((reads.operator()<Text, int64_t, std::optional<core::Bytes>, Text>()));
}

TEST_F(SqliteTest, RefusesWrongArgumentsAndStatements) {
  Database database = open();
  auto insert = prepare(database, "INSERT INTO things VALUES(?,?,?)");
  EXPECT_EQ(insert.run("a", 1).error().code, ErrorCode::kInternal);
  EXPECT_EQ(insert.run("a", 1, nullptr, 2).error().code, ErrorCode::kInternal);
  EXPECT_FALSE(database.prepare("").has_value());
  EXPECT_FALSE(database.prepare("SELECT 1; SELECT 2").has_value());
  EXPECT_FALSE(database.prepare("SELECT nothing FROM nowhere").has_value());
  EXPECT_FALSE(database.prepare("SELECT \"no such column\"").has_value());
  EXPECT_FALSE(database.execute("CREATE TABLE things(name TEXT) STRICT").has_value());
  ASSERT_TRUE(insert.run("a", 1, nullptr).has_value());
  ASSERT_TRUE(insert.run("b", 2, nullptr).has_value());
  auto select = prepare(database, "SELECT name FROM things");
  EXPECT_EQ(select.one<std::string>().error().code, ErrorCode::kInternal);  // there are two
  EXPECT_EQ(select.run().error().code, ErrorCode::kInternal);
  EXPECT_EQ(prepare(database, "SELECT name FROM things WHERE name='c'").one<std::string>().value(),
            std::nullopt);
}

// As PostgreSQL does, where SQLite would keep it.
TEST_F(SqliteTest, RefusesATextThatNotEveryEngineHolds) {
  Database database = open();
  auto insert = prepare(database, "INSERT INTO things VALUES(?,?,?)");
  for (const std::string_view text : {std::string_view("a\0b", 3), std::string_view("\0", 1),
                                      std::string_view("\xff"), std::string_view("\xed\xa0\x80")}) {
    EXPECT_EQ(insert.run(text, 1, nullptr).error().code, ErrorCode::kMalformed);
  }
  EXPECT_EQ(count(database), 0);
  EXPECT_TRUE(insert.run("a", 1, core::Bytes{0, 0xff}).has_value());
}

TEST_F(SqliteTest, RefusesASecondRunWhileRowsAreRead) {
  Database database = open();
  auto insert = prepare(database, "INSERT INTO things VALUES(?,?,?)");
  ASSERT_TRUE(insert.run("a", 1, nullptr).has_value());
  auto select = prepare(database, "SELECT name FROM things");
  {
    auto rows = select.query();
    ASSERT_TRUE(rows.has_value() && rows->next().value());
    EXPECT_EQ(select.query().error().code, ErrorCode::kInternal);
    EXPECT_EQ(std::get<0>(*rows->values<std::string>()), "a");
  }
  EXPECT_TRUE(select.one<std::string>().has_value());
}

TEST_F(SqliteTest, KeepsKeysAndReferences) {
  Database database = open();
  auto insert = prepare(database, "INSERT INTO things VALUES(?,?,?)");
  ASSERT_TRUE(insert.run("a", 1, nullptr).has_value());
  EXPECT_EQ(insert.run("a", 2, nullptr).error().code, ErrorCode::kDuplicate);
  auto part = prepare(database, "INSERT INTO parts VALUES(?,?)");
  EXPECT_TRUE(part.run("a", "x").has_value());
  EXPECT_EQ(part.run("b", "x").error().code, ErrorCode::kInternal);
  EXPECT_EQ(part.run("a", nullptr).error().code, ErrorCode::kInternal);
}

TEST_F(SqliteTest, UndoesWhatIsNotCommitted) {
  Database database = open();
  auto insert = prepare(database, "INSERT INTO things VALUES(?,1,NULL)");
  {
    auto transaction = Transaction::begin(database);
    ASSERT_TRUE(transaction.has_value());
    EXPECT_TRUE(transaction->is_open());
    EXPECT_FALSE(Transaction::begin(database).has_value());  // one at a time
    ASSERT_TRUE(insert.run("lost").has_value());
  }
  EXPECT_FALSE(database.in_transaction());
  auto transaction = Transaction::begin(database);
  ASSERT_TRUE(transaction.has_value());
  ASSERT_TRUE(insert.run("kept").has_value());
  {
    auto part = Savepoint::begin(*transaction);
    ASSERT_TRUE(part.has_value());
    ASSERT_TRUE(insert.run("undone").has_value());
  }
  {
    auto part = Savepoint::begin(*transaction);
    ASSERT_TRUE(part.has_value());
    ASSERT_TRUE(insert.run("kept too").has_value());
    ASSERT_TRUE(part->keep().has_value());
  }
  ASSERT_TRUE(transaction->commit().has_value());
  EXPECT_FALSE(transaction->is_open());
  EXPECT_FALSE(transaction->commit().has_value());
  EXPECT_FALSE(Savepoint::begin(*transaction).has_value());
  auto names = prepare(database, "SELECT name FROM things ORDER BY name");
  EXPECT_THAT(*names.all<std::string>(), ElementsAre(std::tuple("kept"), std::tuple("kept too")));
}

TEST_F(SqliteTest, AFullDiskIsSaidAndUndone) {
  Database database = open();
  ASSERT_TRUE(database.execute("INSERT INTO things VALUES('a',1,NULL)").has_value());
  auto limit = prepare(database, "PRAGMA max_page_count=12");
  ASSERT_TRUE(limit.one<std::int64_t>().has_value());
  auto insert = prepare(database, "INSERT INTO things VALUES(?,1,zeroblob(8000))");
  {
    auto transaction = Transaction::begin(database);
    core::Result<void> inserted;
    for (int i = 0; i < 20 && inserted; ++i) inserted = insert.run(std::to_string(i));
    ASSERT_FALSE(inserted.has_value());
    EXPECT_EQ(inserted.error(), (core::Error{ErrorCode::kIo, "the disk is full"}));
  }
  EXPECT_EQ(count(database), 1);
  EXPECT_TRUE(database.check_integrity().has_value());
}

TEST_F(SqliteTest, MigratesFromEachVersionOnce) {
  {
    Database database = open({.application_id = 1, .migrations = std::span(kMigrations).first(1)});
    ASSERT_TRUE(database.execute("INSERT INTO things VALUES('a',1,NULL)").has_value());
  }
  EXPECT_EQ(refusal({.application_id = 1, .migrations = kMigrations}, Access::kRead),
            ErrorCode::kUnsupported);
  {
    Database still =
        Database::open(path_, {.application_id = 1, .migrations = kMigrations}, Access::kStill)
            .value();
    EXPECT_EQ(count(still), 1) << "a backup of an earlier version";
    EXPECT_FALSE(still.prepare("SELECT part FROM parts").has_value()) << "as it is";
  }
  for (int i = 0; i < 2; ++i) {
    Database database = open({.application_id = 1, .migrations = kMigrations});
    EXPECT_EQ(count(database), 1);
    EXPECT_TRUE(database.prepare("SELECT part FROM parts").has_value());
  }
  for (const Access access : {Access::kWrite, Access::kRead, Access::kStill}) {
    EXPECT_EQ(refusal({.application_id = 1, .migrations = std::span(kMigrations).first(1)}, access),
              ErrorCode::kUnsupported);
  }
}

TEST_F(SqliteTest, AFailedMigrationLeavesAllAsItWas) {
  constexpr std::array kBroken = {kFirst, std::string_view("CREATE TABLE more(a TEXT) STRICT; no")};
  {
    Database database = open({.application_id = 1, .migrations = std::span(kBroken).first(1)});
  }
  EXPECT_EQ(refusal({.application_id = 1, .migrations = kBroken}), ErrorCode::kInternal);
  Database database = open({.application_id = 1, .migrations = std::span(kBroken).first(1)});
  EXPECT_FALSE(database.prepare("SELECT a FROM more").has_value());
}

TEST_F(SqliteTest, RefusesWhatIsNoDatabaseOfOurs) {
  EXPECT_EQ(refusal(kLayout, Access::kRead), ErrorCode::kIo);  // nothing there, nothing made
  EXPECT_FALSE(std::filesystem::exists(path_));
  folder_.write("things.db", std::string(8192, 'x'));
  EXPECT_EQ(refusal(kLayout), ErrorCode::kMalformed);
  std::filesystem::remove(path_);
  {
    Database database = open();
  }
  EXPECT_EQ(refusal({.application_id = 0x48590002, .migrations = kMigrations}),
            ErrorCode::kMalformed);
  std::filesystem::remove(path_);
  std::filesystem::create_directory(path_);
  EXPECT_EQ(refusal(kLayout), ErrorCode::kIo);
  path_ = folder_ / "no/such/folder.db";
  EXPECT_EQ(refusal(kLayout), ErrorCode::kIo);
}

TEST_F(SqliteTest, NoticesDamage) {
  {
    Database database = open();
    auto insert = prepare(database, "INSERT INTO things VALUES(?,1,zeroblob(3000))");
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(insert.run(std::to_string(i)).has_value());
  }
  const auto size = std::filesystem::file_size(path_);
  std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
  for (std::uint64_t page = 3; page * 4096 < size; ++page) {
    file.seekp(static_cast<std::streamoff>(page * 4096));
    file << "this is no page of a tree";
  }
  file.close();
  Database database = open();
  const auto checked = database.check_integrity();
  ASSERT_FALSE(checked.has_value());
  EXPECT_EQ(checked.error().code, ErrorCode::kInternal);
}

TEST_F(SqliteTest, ATriggerOfAnEditedFileDoesNotRun) {
  Database database = open();
  ASSERT_TRUE(
      database.execute("CREATE TRIGGER gone AFTER INSERT ON things BEGIN DELETE FROM things; END")
          .has_value());
  auto insert = prepare(database, "INSERT INTO things VALUES('a',1,NULL)");
  ASSERT_TRUE(insert.run().has_value());
  EXPECT_EQ(count(database), 1);
}

TEST_F(SqliteTest, AReaderSeesCommitsAndWritesNothing) {
  Database writer = open();
  auto reader = Database::open(path_, kLayout, Access::kRead);
  ASSERT_TRUE(reader.has_value());
  auto transaction = Transaction::begin(writer);
  ASSERT_TRUE(writer.execute("INSERT INTO things VALUES('a',1,NULL)").has_value());
  EXPECT_EQ(count(*reader), 0);
  ASSERT_TRUE(transaction->commit().has_value());
  EXPECT_EQ(count(*reader), 1);
  const auto written = reader->execute("DELETE FROM things");
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(written.error().code, ErrorCode::kIo);
}

TEST_F(SqliteTest, TwoWritersTakeTurns) {
  Database first = open();
  auto held = Transaction::begin(first);
  std::thread other([&] {
    auto second = Database::open(path_, kLayout);  // migrating waits, too
    ASSERT_TRUE(second.has_value());
    EXPECT_TRUE(second->execute("INSERT INTO things VALUES('b',1,NULL)").has_value());
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  ASSERT_TRUE(first.execute("INSERT INTO things VALUES('a',1,NULL)").has_value());
  ASSERT_TRUE(held->commit().has_value());
  other.join();
  EXPECT_EQ(count(first), 2);
}

// Pages that come and go with what others write leave no holes in the heap.
TEST_F(SqliteTest, PagesLieApartFromTheHeap) {
  auto database = open();
  ASSERT_TRUE(database.execute("INSERT INTO things VALUES('a', 1, zeroblob(100000))").has_value());
  int pages = 0;
  int most = 0;
  ASSERT_EQ(sqlite3_status(SQLITE_STATUS_PAGECACHE_USED, &pages, &most, 0), SQLITE_OK);
  EXPECT_GT(pages, 20) << "of 4096 bytes each";
}

}  // namespace
}  // namespace heyan::sqlite
