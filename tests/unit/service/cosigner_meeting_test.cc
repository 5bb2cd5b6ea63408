// What witnesses keep of the log: asked before the first round, and where one has another history.
#include <gmock/gmock.h>

#include <future>

#include "tests/unit/service/cosigner_fixture.h"

namespace heyan::service {
namespace {

using Outcome = Cosigning::Outcome;

TEST_F(CosignerTest, WhatEachKeepsIsComparedBeforeAnythingElse) {
  begin({"a", "b"}, 1h, 5s, 20s);
  std::future<void> met = std::async(std::launch::async, [this] { cosigner_->wait_until_met(); });
  ASSERT_EQ(asked(), "a");
  EXPECT_TRUE(last_.kept());
  EXPECT_EQ(met.wait_for(0s), std::future_status::timeout);
  answer(200, "what a keeps");
  ASSERT_EQ(asked(), "b");
  EXPECT_TRUE(last_.kept());
  answer(404, "nothing");
  met.get();
  ASSERT_EQ(asked(), "a");
  EXPECT_FALSE(last_.kept());
  const std::lock_guard lock(mutex_);
  ASSERT_EQ(shown_.size(), 1u);
  EXPECT_EQ(shown_[0].witness(), "a");
  EXPECT_EQ(shown_[0].checkpoint(), "what a keeps");
}

TEST_F(CosignerTest, AComparisonThatFailsIsSaid) {
  comparison_fails_with_ = core::name(core::ErrorCode::kIo);
  begin({"a"}, 1h, 5s, 20s);
  ASSERT_EQ(asked(), "a");
  answer(200, "what a keeps");
  const auto said = tried(1);
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0].outcome, Outcome::kFailed);
  EXPECT_EQ(said[0].witness, "a");
  EXPECT_EQ(said[0].fault, "comparison");
  ASSERT_EQ(asked(), "a") << "and all goes on";
}

TEST_F(CosignerTest, WhatIsNoCheckpointOfThisLogIsSaidOnceAndStopsNothing) {
  comparison_fails_with_ = core::name(core::ErrorCode::kMalformed);
  begin({"a"}, 1h, 5s, 20s);
  ASSERT_EQ(asked(), "a");
  answer(200, "of another log");
  ASSERT_EQ(asked(), "a");
  EXPECT_FALSE(last_.kept());
  answer(200, "lines");
  const auto said = tried(2);
  ASSERT_EQ(said.size(), 2u);
  EXPECT_EQ(said[0].outcome, Outcome::kFailed);
  EXPECT_EQ(said[0].witness, "a");
  EXPECT_EQ(said[0].fault, "kept");
  EXPECT_EQ(said[1].outcome, Outcome::kCosigned);
  EXPECT_EQ(asked(ipc::within(200ms)), "") << "nobody asks for it again";
  const std::lock_guard lock(mutex_);
  EXPECT_EQ(shown_.size(), 1u);
  EXPECT_EQ(tried_.size(), 2u);
}

TEST_F(CosignerTest, WhatIsNoAnswerAtAllIsSaidLikewise) {
  for (const auto fault : {v1::EGRESS_FAULT_SIZE, v1::EGRESS_FAULT_PROTOCOL}) {
    begin({"a"}, 1h, 5s, 20s);
    ASSERT_EQ(asked(), "a");
    answer_failure(fault);
    cosigner_->wait_until_met();
    const auto said = tried(1);
    ASSERT_EQ(said.size(), 1u);
    EXPECT_EQ(said[0].fault, "kept");
    {
      const std::lock_guard lock(mutex_);
      tried_.clear();
    }
    start_anew();
  }
}

TEST_F(CosignerTest, WhoIsAwayOrKeepsNothingIsPassedOver) {
  begin({"a", "b", "c"}, 1h, 5s, 20s);
  ASSERT_EQ(asked(), "a");
  answer_failure(v1::EGRESS_FAULT_CONNECTION);
  ASSERT_EQ(asked(), "b");
  answer_failure(v1::EGRESS_FAULT_TIME);
  ASSERT_EQ(asked(), "c");
  answer(404, "nothing");
  cosigner_->wait_until_met();
  const std::lock_guard lock(mutex_);
  EXPECT_THAT(tried_, testing::IsEmpty());
}

TEST_F(CosignerTest, NobodyWaitsForOneThatDoesNotSay) {
  begin({"a", "b"}, 1h, 5s, 50ms);
  cosigner_->wait_until_met();
  const std::lock_guard lock(mutex_);
  EXPECT_TRUE(shown_.empty());
}

TEST_F(CosignerTest, OneThatHasAnotherHistoryIsAskedWhatItKeeps) {
  for (const char* said : {"99\n", ""}) {
    start({"a"});
    ASSERT_EQ(asked(), "a");
    answer(*said == 0 ? 422 : 409, said);
    ASSERT_EQ(asked(), "a");
    EXPECT_TRUE(last_.kept());
    answer(200, "another history");
    ASSERT_EQ(tried(1).size(), 1u);
    {
      const std::lock_guard lock(mutex_);
      ASSERT_EQ(shown_.size(), 1u) << said;
      EXPECT_EQ(shown_[0].checkpoint(), "another history");
      shown_.clear();
      tried_.clear();
    }
    start_anew();
  }
}

}  // namespace
}  // namespace heyan::service
