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

}  // namespace
}  // namespace heyan::signer
