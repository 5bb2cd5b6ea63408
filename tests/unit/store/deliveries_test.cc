#include <algorithm>

#include "tests/unit/store/store_fixture.h"

namespace heyan::store {
namespace {

using core::ErrorCode;

class Deliveries : public StoreTest {
 protected:
  static NewDelivery event(const std::string& id, const std::string& account = "u-1",
                           std::int64_t created_at_ms = 1000) {
    return {.id = id,
            .account = account,
            .content_type = "application/json",
            .body = core::to_bytes("{}"),
            .created_at_ms = created_at_ms};
  }
  void finish(const std::string& submission_id, const std::string& number,
              std::optional<NewDelivery> delivery) {
    accept(submission(submission_id));
    FinishedJob done = finished(claim(), number);
    done.delivery = std::move(delivery);
    EXPECT_TRUE(store_->finish_job(done).value());
  }
  std::string due(std::int64_t now_ms = 1000, const std::string& account = "u-1") {
    const auto found = store_->due_delivery(account, now_ms).value();
    return found ? found->id : "";
  }
  auto failing_since(const std::string& account = "u-1") {
    return store_->due_delivery(account, kLate).value()->failing_since_ms;
  }

  static constexpr std::int64_t kLate = 1'000'000;
};

TEST_F(Deliveries, StandFromTheEndOfASubmissionUntilTheyAreMade) {
  finish("s1", "HY-1", event("e1"));
  reopen();
  const auto found = store_->due_delivery("u-1", 1000).value();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, "e1");
  EXPECT_EQ(found->account, "u-1");
  EXPECT_EQ(found->submission, "s1");
  EXPECT_EQ(found->content_type, "application/json");
  EXPECT_EQ(found->body, core::to_bytes("{}"));
  EXPECT_EQ(found->attempts, 0u);
  EXPECT_FALSE(found->failing_since_ms);
  EXPECT_EQ(due(999), "");
  EXPECT_EQ(store_->deliveries_pending().value(), 1u);
  EXPECT_TRUE(store_->delivered("e1"));
  EXPECT_EQ(due(kLate), "");
  EXPECT_EQ(store_->deliveries_pending().value(), 0u);
  EXPECT_EQ(store_->delivered("e1").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(store_->give_up_delivery("e1").error().code, ErrorCode::kNotFound);
}

TEST_F(Deliveries, AReportThatIsStoredTwiceIsToldOnce) {
  accept(submission("s1"));
  FinishedJob done = finished(claim(), "HY-1");
  done.delivery = event("e1");
  EXPECT_TRUE(store_->finish_job(done).value());
  done.delivery = event("e2");
  EXPECT_FALSE(store_->finish_job(done).value());
  EXPECT_EQ(store_->deliveries_pending().value(), 1u);
}

// The end and what tells of it are one: neither stands without the other.
TEST_F(Deliveries, OneThatCannotBeStoredUndoesTheEnd) {
  finish("s1", "HY-1", event("e1"));
  accept(submission("s2"));
  const Job job = claim();
  FinishedJob done = finished(job, "HY-2");
  done.delivery = event("e1");
  EXPECT_FALSE(store_->finish_job(done));
  EXPECT_EQ(find("s2").state, State::kVerifying);
  done.delivery = event("");
  EXPECT_EQ(store_->finish_job(done).error().code, ErrorCode::kMalformed);
  EXPECT_FALSE(store_->reject_job(job, "no", event("e1")));
  EXPECT_EQ(find("s2").state, State::kVerifying);
  EXPECT_TRUE(store_->reject_job(job, "no", event("e2")));
  EXPECT_EQ(find("s2").state, State::kRejected);
  EXPECT_EQ(store_->deliveries_pending().value(), 2u);
}

TEST_F(Deliveries, OneThatFailedWaitsAndSoDoesItsAccountWhereItIsAway) {
  finish("s1", "HY-1", event("e1", "u-1", 1));
  finish("s2", "HY-2", event("e2", "u-1", 2));
  finish("s3", "HY-3", event("e3", "u-2", 3));
  EXPECT_EQ(due(), "e1");
  EXPECT_TRUE(store_->not_delivered({.id = "e1", .not_before_ms = 5000}));
  EXPECT_EQ(due(), "e2");
  EXPECT_TRUE(store_->not_delivered({.id = "e2", .not_before_ms = 9000, .away = true}));
  EXPECT_EQ(due(8999), "");
  EXPECT_EQ(due(1000, "u-2"), "e3");
  EXPECT_EQ(store_->due_delivery("u-1", 9000).value()->attempts, 1u);
  EXPECT_EQ(due(9000), "e1");
  EXPECT_EQ(store_->not_delivered({.id = "e9"}).error().code, ErrorCode::kNotFound);
}

TEST_F(Deliveries, NamesEachAccountOnceOfWhichSomethingIsDue) {
  using testing::ElementsAre;
  EXPECT_THAT(store_->accounts_due(kLate).value(), ElementsAre());
  finish("s1", "HY-1", event("e1", "u-2", 1));
  finish("s2", "HY-2", event("e2", "u-1", 2));
  finish("s3", "HY-3", event("e3", "u-2", 3));
  finish("s4", "HY-4", event("e4", "u-3", 4));
  finish("s5", "HY-5", event("e5", "u-0", 9000));
  EXPECT_TRUE(store_->delivered("e2"));
  EXPECT_TRUE(store_->not_delivered({.id = "e1", .not_before_ms = 5000}));
  const auto accounts = [this](std::int64_t now_ms) {
    std::vector<std::string> all = store_->accounts_due(now_ms).value();
    std::ranges::sort(all);
    return all;
  };
  EXPECT_THAT(accounts(2), ElementsAre());
  EXPECT_THAT(accounts(3), ElementsAre("u-2"));
  EXPECT_THAT(accounts(8999), ElementsAre("u-2", "u-3"));
  EXPECT_THAT(accounts(9000), ElementsAre("u-0", "u-2", "u-3"));
}

// By what it is given up: of the whole account where that is away, and not by a clock that nobody
// believes.
TEST_F(Deliveries, KnowSinceWhenTheyFail) {
  finish("s1", "HY-1", event("e1", "u-1", 1));
  finish("s2", "HY-2", event("e2", "u-1", 2));
  finish("s3", "HY-3", event("e3", "u-2", 3));
  EXPECT_TRUE(store_->not_delivered({.id = "e1", .not_before_ms = 3}));
  EXPECT_TRUE(store_->not_delivered({.id = "e2", .not_before_ms = 9000}));
  EXPECT_EQ(failing_since(), std::nullopt);
  EXPECT_TRUE(store_->not_delivered({.id = "e1", .not_before_ms = 3, .at_ms = 500}));
  EXPECT_TRUE(
      store_->not_delivered({.id = "e1", .not_before_ms = 9001, .away = true, .at_ms = 600}));
  EXPECT_EQ(due(9000), "");
  EXPECT_EQ(due(9001), "e1");
  EXPECT_EQ(failing_since(), 500) << "first, not last";
  EXPECT_TRUE(store_->delivered("e1"));
  EXPECT_EQ(due(9001), "e2");
  EXPECT_EQ(failing_since(), 600) << "its system was away";
  EXPECT_EQ(failing_since("u-2"), std::nullopt);
}

TEST_F(Deliveries, AreForgottenOnceTheyWereToldOrGivenUp) {
  finish("s1", "HY-1", event("e1", "u-1", 1));
  finish("s2", "HY-2", event("e2", "u-1", 2));
  finish("s3", "HY-3", event("e3", "u-1", 3));
  EXPECT_TRUE(store_->delivered("e1"));
  EXPECT_TRUE(store_->give_up_delivery("e2"));
  EXPECT_EQ(store_->forget_deliveries(2).value(), 1u);
  EXPECT_EQ(store_->forget_deliveries(100).value(), 1u);
  EXPECT_EQ(due(), "e3");
}

}  // namespace
}  // namespace heyan::store
