// What is done at a command line is recorded in the state folder that it concerns, or not done.
#include "gateway/cli/command_trail.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>

#include "gateway/audit/verify.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::cli {
namespace {

using testing::HasSubstr;

class CommandTrailTest : public testing::Test {
 protected:
  CommandTrailTest() {
    config_.state = folder_ / "state";
    std::filesystem::create_directories(config_.state);
  }
  std::expected<void, Trouble> record(audit::Event event) {
    audit::Entry entry = command_entry(event);
    entry.subject = "heyan.test/log";
    return record_command(config_.state, config_, entry, "Nothing was done.");
  }
  std::string lines() const {
    std::string all;
    for (const auto& entry : std::filesystem::directory_iterator(trail())) {
      if (entry.path().extension() != ".jsonl") continue;
      std::ifstream file(entry.path());
      all.append(std::istreambuf_iterator<char>(file), {});
    }
    return all;
  }
  std::filesystem::path trail() const { return config_.state / "audit/accounts"; }

  os::TemporaryFolder folder_;
  ops::Config config_;
};

TEST_F(CommandTrailTest, SaysWhatWasDoneByWhom) {
  ASSERT_TRUE(record(audit::Event::kBackupBegun).has_value());
  ASSERT_TRUE(record(audit::Event::kBackupMade).has_value()) << "nothing was kept open";
  const std::string all = lines();
  EXPECT_THAT(all, HasSubstr(R"("event":"backup-begun")"));
  EXPECT_THAT(all, HasSubstr(R"("event":"backup-made")"));
  EXPECT_THAT(all, HasSubstr(fmt::format(R"("actor":"uid:{}")", ::getuid())));
  EXPECT_THAT(all, HasSubstr(R"("subject":"heyan.test/log")"));
  EXPECT_THAT(all, HasSubstr(R"("writer":"accounts")"));
  const auto verified = audit::verify(
      trail(), {}, std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
  ASSERT_TRUE(verified.has_value());
  EXPECT_TRUE(verified->holds());
}

TEST_F(CommandTrailTest, WhatCannotBeWrittenIsSaid) {
  std::filesystem::create_directories(config_.state / "audit");
  folder_.write("state/audit/accounts", "in its place");
  const auto refused = record(audit::Event::kRestored);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().status, ExitStatus::kInputOutput);
  EXPECT_EQ(refused.error().remedy, "Nothing was done.");
}

TEST_F(CommandTrailTest, ATrailThatWasEditedIsNotGoneOnWith) {
  ASSERT_TRUE(record(audit::Event::kDatabaseBegun).has_value());
  std::string all = lines();
  all.replace(all.find("database-begun"), 8, "Database");
  for (const auto& entry : std::filesystem::directory_iterator(trail())) {
    if (entry.path().extension() == ".jsonl") std::ofstream(entry.path()) << all;
  }
  EXPECT_FALSE(record(audit::Event::kDatabasePrepared).has_value());
}

TEST_F(CommandTrailTest, NothingIsMadeWhereThereIsNoState) {
  std::filesystem::remove_all(config_.state);
  const auto refused = record(audit::Event::kBackupBegun);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().status, ExitStatus::kInputOutput);
  EXPECT_THAT(refused.error().what, HasSubstr("cannot be read"));
  EXPECT_FALSE(std::filesystem::exists(config_.state));
}

TEST_F(CommandTrailTest, SomebodyElsesStateIsNotWrittenTo) {
  if (::getuid() != 0) GTEST_SKIP() << "giving a folder away needs root";
  ASSERT_EQ(::chown(config_.state.c_str(), 12345, 12345), 0);
  const auto refused = record(audit::Event::kBackupBegun);
  ASSERT_FALSE(refused.has_value());
  EXPECT_THAT(refused.error().what, HasSubstr("belongs to another user"));
  EXPECT_FALSE(std::filesystem::exists(config_.state / "audit"));
}

}  // namespace
}  // namespace heyan::cli
