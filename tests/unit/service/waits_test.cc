#include "gateway/service/waits.h"

#include "tests/unit/store/store_fixture.h"

namespace heyan::service {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kHourMs = 60 * kMinuteMs;

class WaitsTest : public store::StoreTest {
 protected:
  WaitsTest() {
    accept(store::submission("s1"));
    EXPECT_TRUE(store_->finish_job(finished(claim(), "HY-1")).value());
  }
  void pass(std::int64_t ms) {
    wall_ms_ += ms;
    steady_ += std::chrono::milliseconds(ms);
  }
  void wait(std::int64_t ms) { ASSERT_TRUE(store_->not_stamped("HY-1", wall_ms_ + ms)); }
  bool is_due() {
    EXPECT_TRUE(waits_.are_ours(wall_ms_));
    return store_->due_stamp(wall_ms_).value().has_value();
  }

  std::int64_t wall_ms_ = 1'000 * kHourMs;
  Waits::Clock::time_point steady_;
  Waits waits_{*store_, store::Duty::kStamps, [this] { return steady_; }};
};

TEST_F(WaitsTest, HoldWhileTheClockGoesOn) {
  ASSERT_TRUE(is_due());
  wait(6 * kHourMs);
  EXPECT_FALSE(is_due());
  pass(6 * kHourMs - 1);
  EXPECT_FALSE(is_due());
  wall_ms_ -= kMinuteMs;  // NTP's doing
  EXPECT_FALSE(is_due());
  pass(kMinuteMs + 1);
  EXPECT_TRUE(is_due());
}

TEST_F(WaitsTest, EndWhereTheClockGoesBack) {
  ASSERT_TRUE(is_due());
  wall_ms_ += kHourMs;
  wait(10'000);
  EXPECT_FALSE(is_due());
  pass(2'000);
  wall_ms_ -= kHourMs;
  EXPECT_TRUE(is_due());
  wait(10'000);
  EXPECT_FALSE(is_due()) << "once: what fails now waits";
  wall_ms_ -= kMinuteMs + 1;
  EXPECT_TRUE(is_due());
}

// The gateway that had it noted what it liked.
TEST_F(WaitsTest, EndWhereTheDutyComes) {
  wait(6 * kHourMs);
  EXPECT_TRUE(is_due());
  wait(10'000);
  EXPECT_FALSE(is_due());
  Waits after(*store_, store::Duty::kStamps, [this] { return steady_; });
  EXPECT_TRUE(after.are_ours(wall_ms_));
  EXPECT_TRUE(store_->due_stamp(wall_ms_).value().has_value());
}

}  // namespace
}  // namespace heyan::service
