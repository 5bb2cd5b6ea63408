// Waits that were noted by a clock which was wrong.
#include "tests/unit/store/store_fixture.h"

namespace heyan::store {
namespace {

using namespace std::chrono_literals;

using Waits = StoreTest;

constexpr std::int64_t kHourMs = 3'600'000;

// The clock was an hour ahead when it was put back.
TEST_F(Waits, NoJobWaitsForMoreThanAMinute) {
  accept(submission("s1"));
  ASSERT_TRUE(store_->put_back_job(claim(), 5000, 1min).has_value());
  EXPECT_TRUE(nothing_to_claim());
  let_pass(1min);
  ASSERT_TRUE(store_->put_back_job(claim(), 5000, 10s).has_value());
  EXPECT_TRUE(nothing_to_claim());
  let_pass(-1h);
  ASSERT_TRUE(store_->retry_job(claim(), 5000, 10s).has_value());
  EXPECT_TRUE(nothing_to_claim());
  let_pass(-1h);
  EXPECT_EQ(claim().submission, "s1");
}

TEST_F(Waits, EachDutysOwnEnd) {
  accept(submission("s1"));
  FinishedJob done = finished(claim(), "HY-1");
  done.delivery = NewDelivery{.id = "d1",
                              .account = "u-1",
                              .content_type = "application/json",
                              .body = core::to_bytes("{}"),
                              .created_at_ms = 1000};
  ASSERT_TRUE(store_->finish_job(done).value());
  const auto scan = store_->due_scan(kHourMs).value();
  ASSERT_TRUE(scan.has_value());
  ASSERT_TRUE(store_->not_scanned(*scan, 2 * kHourMs).has_value());
  ASSERT_TRUE(store_->not_stamped("HY-1", 2 * kHourMs).has_value());
  ASSERT_TRUE(store_->not_delivered({.id = "d1", .not_before_ms = 2 * kHourMs}).has_value());
  const auto due = [this] {
    return std::array{store_->due_delivery("u-1", kHourMs).value().has_value(),
                      store_->due_stamp(kHourMs).value().has_value(),
                      store_->due_scan(kHourMs).value().has_value()};
  };
  EXPECT_THAT(due(), testing::ElementsAre(false, false, false));
  ASSERT_TRUE(store_->end_waits(Duty::kDeletions, kHourMs).has_value());
  EXPECT_THAT(due(), testing::ElementsAre(false, false, false));
  ASSERT_TRUE(store_->end_waits(Duty::kDeliveries, kHourMs).has_value());
  EXPECT_THAT(due(), testing::ElementsAre(true, false, false));
  ASSERT_TRUE(store_->end_waits(Duty::kStamps, kHourMs).has_value());
  EXPECT_THAT(due(), testing::ElementsAre(true, true, false));
  ASSERT_TRUE(store_->end_waits(Duty::kScans, kHourMs).has_value());
  EXPECT_THAT(due(), testing::ElementsAre(true, true, true));
  EXPECT_EQ(store_->due_stamp(kHourMs).value()->attempts, 1) << "the next wait is as long";
}

}  // namespace
}  // namespace heyan::store
