// Rounds: who is asked for which checkpoint, and what comes of it.
#include <gmock/gmock.h>

#include "tests/unit/service/cosigner_fixture.h"

namespace heyan::service {
namespace {

using Outcome = Cosigning::Outcome;

TEST_F(CosignerTest, AsksAllForOneCheckpointAndThenRests) {
  start({"a", "b"});
  ASSERT_EQ(asked(), "a");
  EXPECT_EQ(last_.body(), "body 5");
  {
    const std::lock_guard lock(mutex_);
    size_ = 6;  // the log grows meanwhile
  }
  answer(200, "lines of a");
  ASSERT_EQ(asked(), "b");
  EXPECT_EQ(last_.body(), "body 5");
  answer(200, "lines of b");
  ASSERT_EQ(asked(), "a") << "the next round";
  EXPECT_EQ(last_.body(), "body 6");
  answer(200, "lines of a");
  ASSERT_EQ(asked(), "b");
  answer(200, "lines of b");
  const auto all = tried(4);
  ASSERT_EQ(all.size(), 4u);
  for (const Tried& each : all) EXPECT_EQ(each.outcome, Outcome::kCosigned);
  EXPECT_EQ(asked(ipc::within(200ms)), "") << "nothing grew";
  const std::lock_guard lock(mutex_);
  EXPECT_EQ(brought_[0].lines(), "lines of a");
  EXPECT_EQ(brought_[0].size(), 5u);
}

TEST_F(CosignerTest, AWitnessThatIsAwayKeepsNobodyWaiting) {
  start({"a", "b"});
  ASSERT_EQ(asked(), "a");
  answer_failure(v1::EGRESS_FAULT_CONNECTION);
  ASSERT_EQ(asked(), "b");
  answer(200, "lines");
  const auto all = tried(2);
  EXPECT_EQ(all[0].outcome, Outcome::kFailed);
  EXPECT_EQ(all[0].fault, "connection");
  EXPECT_EQ(all[1].outcome, Outcome::kCosigned);
  EXPECT_EQ(asked(ipc::within(200ms)), "") << "it rests";
}

TEST_F(CosignerTest, ItIsAskedAgainAfterItsRest) {
  start({"a"}, 20ms);
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(asked(), "a");
    answer_failure(v1::EGRESS_FAULT_TIME);
  }
  ASSERT_EQ(asked(), "a");
  answer(200, "lines");
  EXPECT_EQ(tried(4).back().outcome, Outcome::kCosigned);
}

// Twice as long each time, it would not be asked a tenth time here.
TEST_F(CosignerTest, ItRestsNoLongerForAClockOfOurs) {
  start({"a"}, 100ms);
  {
    const std::lock_guard lock(mutex_);
    refuses_ = true;
    has_time_ = false;
  }
  for (int i = 0; i < 12; ++i) {
    ASSERT_EQ(asked(), "a");
    answer(200, "lines");
  }
}

TEST_F(CosignerTest, WhereItStandsElsewhereItIsAskedFromThere) {
  start({"a"});
  ASSERT_EQ(asked(), "a");
  answer(409, "3\n");
  ASSERT_EQ(asked(), "a");
  EXPECT_EQ(last_.body(), "body 53\n");
  answer(200, "lines");
  EXPECT_EQ(tried(1).back().outcome, Outcome::kCosigned);
}

TEST_F(CosignerTest, WhoNeverAgreesIsLeftToRest) {
  start({"a"});
  ASSERT_EQ(asked(), "a");
  answer(409, "3\n");
  ASSERT_EQ(asked(), "a");
  answer(409, "4\n");
  EXPECT_EQ(tried(1).back().outcome, Outcome::kFailed);
  EXPECT_EQ(asked(ipc::within(200ms)), "");
}

TEST_F(CosignerTest, AWitnessThatKnowsMoreIsAnAlarm) {
  start({"a"});
  ASSERT_EQ(asked(), "a");
  answer(409, "99\n");
  ASSERT_EQ(asked(), "a");
  answer(404, "");
  EXPECT_EQ(tried(1).back().outcome, Outcome::kAhead);
}

TEST_F(CosignerTest, RefusalsAndBadSignaturesAreSaid) {
  refuses_ = true;
  start({"a", "b", "c"});
  ASSERT_EQ(asked(), "a");
  answer(403, "no");
  ASSERT_EQ(asked(), "b");
  answer(200, "nobody's lines");
  ASSERT_EQ(asked(), "c");
  answer(409, "");
  const auto all = tried(3);
  EXPECT_EQ(all[0].fault, "status");
  EXPECT_EQ(all[1].fault, "answer");
  EXPECT_EQ(all[2].fault, "status");
}

TEST_F(CosignerTest, AClockThatDiffersIsSaidToBeOne) {
  refuses_ = true;
  refuses_with_ = "changed";
  start({"a"});
  ASSERT_EQ(asked(), "a");
  answer(200, "lines of another time");
  EXPECT_EQ(tried(1).back().fault, "clock");
}

TEST_F(CosignerTest, AnAnswerThatCameTooLateIsNobodys) {
  start({"a", "b"}, 1h, 100ms);
  ASSERT_EQ(asked(), "a");
  ASSERT_EQ(asked(), "b");  // the time of the first is up
  answer(200, "lines of a", 1);
  answer(200, "lines of b");
  const auto all = tried(2);
  EXPECT_EQ(all[0].fault, "time");
  EXPECT_EQ(all[1].outcome, Outcome::kCosigned);
  const std::lock_guard lock(mutex_);
  ASSERT_EQ(brought_.size(), 1u);
  EXPECT_EQ(brought_[0].lines(), "lines of b");
}

TEST_F(CosignerTest, WithoutEgressItIsLost) {
  start({"a"});
  ASSERT_EQ(asked(), "a");
  egress_.reset();
  for (int i = 0; i < 4000 && !cosigner_->is_lost(); ++i) std::this_thread::sleep_for(5ms);
  EXPECT_TRUE(cosigner_->is_lost());
}

TEST_F(CosignerTest, EndsAtOnce) {
  start({"a"});
  ASSERT_EQ(asked(), "a");
  const auto begun = std::chrono::steady_clock::now();
  cosigner_.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 3s);
}

// Another gateway asks them; the signer is asked all the same, which waits for it before it logs.
TEST_F(CosignerTest, AsksNoWitnessThatIsAnothersToAsk) {
  ours_ = false;
  start({"one"});
  while (questions() < 5) std::this_thread::sleep_for(5ms);
  EXPECT_EQ(asked(ipc::within(0s)), "");
  ours_ = true;
  EXPECT_EQ(asked(), "one");
  EXPECT_FALSE(last_.kept());
}

// As after a start: the signer remembers, and nobody is asked.
TEST_F(CosignerTest, SaysHowFarTheyAreWhoHaveCosignedAllThatThereIs) {
  known_["one"] = size_;
  ours_ = false;
  start({"one"});
  const auto told = [this] {
    const std::lock_guard lock(mutex_);
    return up_to_date_;
  };
  while (questions() < 5) std::this_thread::sleep_for(5ms);
  EXPECT_THAT(told(), testing::IsEmpty()) << "another's to ask";
  ours_ = true;
  for (int i = 0; i < 1000 && told().empty(); ++i) std::this_thread::sleep_for(5ms);
  EXPECT_THAT(told(), testing::ElementsAre(testing::Pair("one", 5u)));
  EXPECT_EQ(asked(ipc::within(0s)), "");
}

}  // namespace
}  // namespace heyan::service
