// Security decision 11: a clock that jumps, in either direction, dates nothing.
#include "gateway/signer/clock.h"

#include <gtest/gtest.h>

namespace heyan::signer {
namespace {

using namespace std::chrono_literals;
using core::ErrorCode;

class ClockTest : public ::testing::Test {
 protected:
  core::Result<core::UtcTime> now() { return clock_.now(logged_); }

  core::UtcTime wall_ = *core::parse_rfc3339("2026-11-24T09:00:00Z");
  Clock::Steady steady_{};
  core::UtcTime logged_;
  Clock clock_{[this] { return wall_; }, [this] { return steady_; }};
};

TEST_F(ClockTest, TimeThatPassesOnBothClocksIsTime) {
  for (const auto span : {0ms, 1ms, 5min + 0ms, 24h * 365 + 0ms}) {
    wall_ += span;
    steady_ += span;
    EXPECT_EQ(now(), wall_);
  }
}

TEST_F(ClockTest, OneThatWasSetForwardGivesNoTimeUntilItIsSetRight) {
  ASSERT_TRUE(now().has_value());
  for (const auto jump : {61s, 3600s, 31'536'000s}) {
    wall_ += jump;
    EXPECT_EQ(now().error().code, ErrorCode::kChanged);
    steady_ += 1s;
    wall_ += 1s;
    EXPECT_FALSE(now().has_value()) << "it is not believed for being asked again";
    wall_ -= jump;
    EXPECT_EQ(now(), wall_);
  }
}

TEST_F(ClockTest, OneThatWasSetBackGivesNoTime) {
  ASSERT_TRUE(now().has_value());
  wall_ -= 61s;
  EXPECT_EQ(now().error().code, ErrorCode::kChanged);
}

TEST_F(ClockTest, AMinuteIsWithinWhatIsTolerated) {
  ASSERT_TRUE(now().has_value());
  wall_ += 60s;
  EXPECT_TRUE(now().has_value());
  wall_ -= 60s;
  EXPECT_TRUE(now().has_value());
}

TEST_F(ClockTest, ADisciplinedClockIsBelievedAfterALongSilence) {
  ASSERT_TRUE(now().has_value());
  wall_ += 24h * 30;
  steady_ += 24h * 30 - 20min;  // below 1/2000
  EXPECT_TRUE(now().has_value());
  wall_ += 24h * 30;
  steady_ += 24h * 30 - 30min;
  EXPECT_FALSE(now().has_value());
}

TEST_F(ClockTest, NoTimeIsBeforeWhatWasLogged) {
  logged_ = wall_ + 30s;
  EXPECT_EQ(now(), logged_);
  logged_ = wall_ + 60s;
  EXPECT_EQ(now(), logged_);
  logged_ = wall_ + 60s + 1ms;
  EXPECT_EQ(now().error().code, ErrorCode::kChanged);
}

TEST_F(ClockTest, ThisMachinesClockGoesOn) {
  Clock clock = Clock::of_this_machine();
  const auto first = clock.now({});
  ASSERT_TRUE(first.has_value());
  const auto second = clock.now(*first);
  ASSERT_TRUE(second.has_value());
  EXPECT_GE(*second, *first);
}

}  // namespace
}  // namespace heyan::signer
