// Deletions of what is being verified, or waits to be: who waits for whom, and what never comes
// back.
#include "tests/unit/store/deletions_fixture.h"

namespace heyan::store {
namespace {

using core::ErrorCode;
using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(DeletionsTest, WaitsForAJudgeThatIsAtItAndIsOverdueMeanwhile) {
  accept(submission("s1"));
  const Job first = claim();
  EXPECT_EQ(ask(), Obstacle::kBeingVerified);
  ASSERT_TRUE(store_->finish_job(finished(first, "HY-1")).value());
  EXPECT_EQ(ask(), Obstacle::kNone);
  EXPECT_EQ(confirm(), Obstacle::kNone);
  ASSERT_TRUE(store_->reverify("s1", 15'000).has_value());
  const Job second = claim(99'000);
  EXPECT_THAT(due(99'000), IsEmpty());
  EXPECT_EQ(store_->count_deletions(19'999).value().oldest_due_ms, 0);
  EXPECT_EQ(store_->count_deletions(99'000).value().oldest_due_ms, 20'000);
  EXPECT_FALSE(store_->begin_deletion("s1", 99'000).value());
  EXPECT_EQ(find("s1").state, State::kVerifying);
  ASSERT_TRUE(store_->finish_job(finished(second, "HY-2")).value());
  EXPECT_THAT(due(99'000), ElementsAre("s1"));
}

// One whose evidence is lost for good is tried for ever, and may be rid of all the same.
TEST_F(DeletionsTest, AVerificationThatWaitsEndsWithItAndNeverComesBack) {
  accept(submission("s1"));
  EXPECT_EQ(ask(), Obstacle::kNone) << "it waits";
  EXPECT_EQ(confirm(), Obstacle::kNone);
  const Job late = claim(9000);
  EXPECT_FALSE(store_->begin_deletion("s1", 99'000).value()) << "claimed since it was looked for";
  ASSERT_TRUE(store_->put_back_job(late, 9000, std::chrono::minutes(5)).has_value());
  EXPECT_THAT(due(99'000), ElementsAre("s1"));
  told_.clear();
  ASSERT_TRUE(store_->begin_deletion("s1", 99'000).value());
  EXPECT_THAT(told_, ElementsAre("s1"));
  EXPECT_EQ(find("s1").state, State::kRejected);
  EXPECT_EQ(find("s1").refusal, kDeletedRefusal);
  const ListFilter attention{.attention = true};
  EXPECT_THAT(store_->list(kCourt, attention, std::nullopt, 9).value(), IsEmpty());
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(nothing_to_claim(999'000'000));
    const Backlog backlog = store_->backlog(999'000'000).value();
    EXPECT_EQ(backlog.queued + backlog.verifying + backlog.overdue, 0u);
    EXPECT_EQ(store_->put_back_job(late, 9000, {}).error().code, ErrorCode::kNotFound);
    EXPECT_EQ(store_->retry_job(late, 9000, {}).error().code, ErrorCode::kNotFound);
    EXPECT_EQ(store_->reject_job(late, "late").error().code, ErrorCode::kNotFound);
    // Of a gateway that was believed to be gone: nothing is reported, or put into the vault.
    EXPECT_EQ(store_->finish_job(finished(late, "HY-1")).error().code, ErrorCode::kUnsupported);
    EXPECT_EQ(store_->note_record("s1", digest_of(9)).error().code, ErrorCode::kUnsupported);
    EXPECT_EQ(store_->reverify("s1", 30'000).error().code, ErrorCode::kUnsupported);
    if (i == 0) finish();
    reopen();
  }
  EXPECT_THAT(store_->reports_of("s1", kCourt).value(), IsEmpty());
  EXPECT_EQ(find("s1").refusal, kDeletedRefusal);
}

TEST_F(DeletionsTest, AnotherVerificationThatWaitsEndsAndTheReportsStay) {
  report("s1", "HY-1");
  ASSERT_TRUE(store_->reverify("s1", 3000).has_value());
  const Job late = claim();
  ASSERT_TRUE(store_->put_back_job(late, 5000, {}).has_value());
  carry_out();
  EXPECT_EQ(find("s1").state, State::kRejected);
  EXPECT_EQ(find("s1").report, "HY-1");
  EXPECT_EQ(store_->finish_job(finished(late, "HY-2")).error().code, ErrorCode::kUnsupported);
  EXPECT_EQ(StoreTest::report("HY-1").superseded_by, std::nullopt);
  EXPECT_TRUE(nothing_to_claim(99'000));
}

// A deletion that does not begin leaves the verification as it is.
TEST_F(DeletionsTest, AHoldKeepsWhatWaitsToBeVerified) {
  accept(submission("s1"));
  EXPECT_EQ(ask(), Obstacle::kNone);
  EXPECT_EQ(confirm(), Obstacle::kNone);
  EXPECT_FALSE(store_->begin_deletion("s1", 19'999).value());
  EXPECT_EQ(hold("judge", "h1"), Obstacle::kNone);
  EXPECT_FALSE(store_->begin_deletion("s1", 99'000).value());
  EXPECT_EQ(store_->count_deletions(99'000).value().oldest_due_ms, 0);
  EXPECT_EQ(find("s1").state, State::kQueued);
  ASSERT_TRUE(store_->finish_job(finished(claim(), "HY-1")).value());
}

}  // namespace
}  // namespace heyan::store
