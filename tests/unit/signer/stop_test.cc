// What a person is told of a log that was set back, and what `heyan log renew` reads of it.
#include "gateway/signer/stop.h"

#include <gmock/gmock.h>

#include "gateway/os/folder.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::signer {
namespace {

TEST(StopTest, WhatAWitnessKeepsIsReadFromWhatIsWritten) {
  EXPECT_EQ(kept_in(set_back_by("notary.example/w", 12, 9)), 12u);
  EXPECT_EQ(kept_in(set_back_by("notary.example/w", ~std::uint64_t{0}, 0)), ~std::uint64_t{0});
  EXPECT_EQ(kept_in(""), std::nullopt);
  EXPECT_EQ(kept_in("looked at it, Wang"), std::nullopt);
  EXPECT_EQ(kept_in("w keeps a checkpoint of this log with many entries"), std::nullopt);
  EXPECT_EQ(kept_in("w keeps a checkpoint of this log with 99999999999999999999 entries"),
            std::nullopt);
}

TEST(StopTest, TheFileIsNamedAndWhatToDo) {
  const os::TemporaryFolder folder;
  Stop stop(folder.path(), {});
  EXPECT_TRUE(stop.check_logging().has_value());
  stop.because(StopReason::kLogSetBack, set_back_by("notary.example/w", 12, 9));
  const auto file = stop_file(folder.path(), StopReason::kLogSetBack);
  EXPECT_EQ(kept_in(os::content_of(file)), 12u);
  const auto refused = stop.check_logging();
  ASSERT_FALSE(refused.has_value());
  EXPECT_THAT(refused.error().text, testing::HasSubstr("signer/" + file.filename().string()));
  EXPECT_THAT(refused.error().text, testing::HasSubstr("heyan log renew"));
  std::filesystem::remove(file);
  Stop again(folder.path(), {});
  EXPECT_TRUE(again.find().has_value());
  EXPECT_TRUE(again.check_logging().has_value());
}

// `heyan log renew` goes by what the file says: a log that follows less would be a second history
// to the witness that keeps more.
TEST(StopTest, OfSeveralWitnessesTheFurthestIsNamed) {
  const os::TemporaryFolder folder;
  const auto file = stop_file(folder.path(), StopReason::kLogSetBack);
  std::vector<std::string> told;
  const auto tell = [&told](std::string_view, std::string_view detail) {
    told.emplace_back(detail);
  };
  const auto keeps = [](Stop& stop, const std::string& witness, std::uint64_t kept) {
    stop.because(StopReason::kLogSetBack, set_back_by(witness, kept, 9));
  };
  {
    Stop stop(folder.path(), tell);
    keeps(stop, "near", 12);
    keeps(stop, "far", 40);
    keeps(stop, "between", 20);
    keeps(stop, "near", 12);
  }
  EXPECT_EQ(os::content_of(file), set_back_by("far", 40, 9) + "\n");
  EXPECT_THAT(told, testing::SizeIs(2)) << "each that keeps more than those before";
  {
    Stop again(folder.path(), tell);  // and it is known after a start
    ASSERT_TRUE(again.find().has_value());
    keeps(again, "between", 20);
    EXPECT_EQ(kept_in(os::content_of(file)), 40u);
    keeps(again, "furthest", 41);
    EXPECT_EQ(kept_in(os::content_of(file)), 41u);
    std::filesystem::remove(file);  // by a person who has looked, while it still runs
    keeps(again, "furthest", 41);
    EXPECT_FALSE(std::filesystem::exists(file));
  }
}

TEST(StopTest, AFileThatNamesNoSizeIsWrittenByTheNextWitness) {
  const os::TemporaryFolder folder;
  const auto file = folder.write("stopped-log-set-back", "Wang has looked at it");
  Stop stop(folder.path(), {});
  ASSERT_TRUE(stop.find().has_value());
  EXPECT_FALSE(stop.check_logging().has_value());
  stop.because(StopReason::kLogSetBack, set_back_by("near", 12, 9));
  EXPECT_EQ(kept_in(os::content_of(file)), 12u);
}

TEST(StopTest, AWrongCanaryIsWrittenOnceAndBesideIt) {
  const os::TemporaryFolder folder;
  int told = 0;
  Stop stop(folder.path(), [&told](std::string_view, std::string_view) { ++told; });
  for (int i = 0; i < 2; ++i) stop.because(StopReason::kCanaryWrong, "known item 1");
  EXPECT_EQ(told, 1);
  EXPECT_EQ(os::content_of(stop_file(folder.path(), StopReason::kCanaryWrong)), "known item 1\n");
  stop.because(StopReason::kLogSetBack, set_back_by("near", 12, 9));
  EXPECT_EQ(stop.reason(), StopReason::kLogSetBack);
  EXPECT_EQ(told, 2);
}

}  // namespace
}  // namespace heyan::signer
