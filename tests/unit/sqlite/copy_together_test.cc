// Copies of databases that are being written.
#include "gateway/sqlite/copy_together.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "gateway/sqlite/database.h"
#include "gateway/sqlite/transaction.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::sqlite {
namespace {

using core::ErrorCode;

constexpr std::array<std::string_view, 1> kTables = {
    "CREATE TABLE steps(step INTEGER PRIMARY KEY, ballast BLOB) STRICT"};
constexpr Layout kLayout{.application_id = 0x48590002, .migrations = kTables};

class CopyTogetherTest : public testing::Test {
 protected:
  os::TemporaryFolder folder_;
  std::filesystem::path first_ = folder_ / "first.db";
  std::filesystem::path second_ = folder_ / "second.db";

  static Database open(const std::filesystem::path& path, Access access = Access::kWrite) {
    auto database = Database::open(path, kLayout, access);
    EXPECT_TRUE(database.has_value()) << (database ? "" : database.error().text);
    return *std::move(database);
  }
  static std::int64_t last_step(const std::filesystem::path& path) {
    Database database = open(path, Access::kStill);
    auto last = database.prepare("SELECT coalesce(max(step), 0) FROM steps");
    return std::get<0>(**last->one<std::int64_t>());
  }
  static void add(Database& database) {
    ASSERT_TRUE(database.execute("INSERT INTO steps(ballast) VALUES(zeroblob(3000))").has_value());
  }
  ErrorCode refusal(const std::filesystem::path& from) {
    const std::array files = {FileToCopy{from, folder_ / "refused.db"}};
    const auto copied = copy_together(files, {});
    EXPECT_FALSE(copied.has_value());
    return copied ? ErrorCode::kInternal : copied.error().code;
  }
};

// The second never has a step that the first lacks, and the first at most one more: in every copy.
TEST_F(CopyTogetherTest, AllAreOfOneMomentWhileTheyAreWritten) {
  Database first = open(first_);
  Database second = open(second_);
  for (int i = 0; i < 200; ++i) {
    add(first);
    add(second);
  }
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    while (!stop) {
      add(first);
      add(second);
    }
  });
  for (int i = 0; i < 10; ++i) {
    const std::string number = std::to_string(i);
    const std::array files = {FileToCopy{first_, folder_ / ("first-" + number)},
                              FileToCopy{second_, folder_ / ("second-" + number)}};
    std::uint64_t bytes = 0;
    const auto copied = copy_together(files, [&](std::uint64_t more) { bytes += more; });
    ASSERT_TRUE(copied.has_value()) << copied.error().text;
    EXPECT_GE(bytes, 200u * 3000u);
    const std::int64_t of_first = last_step(files[0].to);
    const std::int64_t of_second = last_step(files[1].to);
    EXPECT_GE(of_first, of_second);
    EXPECT_LE(of_first, of_second + 1);
    EXPECT_TRUE(open(files[0].to).check_integrity().has_value());
    struct stat status{};
    ASSERT_EQ(::stat(files[1].to.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
  }
  stop = true;
  writer.join();
  add(first);
  EXPECT_GT(last_step(folder_ / "first-9"), 200);
}

TEST_F(CopyTogetherTest, WhatCannotBeCopiedIsRefused) {
  EXPECT_EQ(refusal(folder_ / "nothing.db"), ErrorCode::kIo);
  std::ofstream(folder_ / "text.db") << std::string(5000, 'x');
  EXPECT_EQ(refusal(folder_ / "text.db"), ErrorCode::kMalformed);
  std::ofstream(folder_ / "empty.db");
  EXPECT_EQ(refusal(folder_ / "empty.db"), ErrorCode::kUnsupported);
  const Database first = open(first_);
  std::ofstream(folder_ / "there.db");
  const std::array onto = {FileToCopy{first_, folder_ / "there.db"}};
  EXPECT_FALSE(copy_together(onto, {}).has_value());
}

TEST_F(CopyTogetherTest, AStillFileIsReadAndNothingIsMadeBesideIt) {
  {
    Database first = open(first_);
    add(first);
  }
  const std::filesystem::path odd = folder_ / "a ?#%.db";
  std::filesystem::rename(first_, odd);
  Database still = open(odd, Access::kStill);
  EXPECT_FALSE(still.execute("INSERT INTO steps(step) VALUES(9)").has_value());
  EXPECT_EQ(last_step(odd), 1);
  EXPECT_FALSE(std::filesystem::exists(odd.string() + "-wal"));
  EXPECT_FALSE(std::filesystem::exists(odd.string() + "-shm"));
  EXPECT_EQ(Database::open(folder_ / "no.db", kLayout, Access::kStill).error().code,
            ErrorCode::kIo);
}

}  // namespace
}  // namespace heyan::sqlite
