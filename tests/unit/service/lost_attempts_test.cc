// What a judge cannot tell any more: that it died of its case is recorded before it costs an
// attempt.
#include "tests/unit/service/dispatcher_fixture.h"

namespace heyan::service {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

class LostAttemptsTest : public DispatcherTest {
 protected:
  // Takes down what comes, once it has been asked so often in vain.
  void record(int vainly = 0) {
    record_lost_ = [this, vainly](const store::Job& job,
                                  const JudgingFailed& failed) -> core::Result<void> {
      states_.push_back(found().state);
      if (++asked_ <= vainly) return core::fail(core::ErrorCode::kIo, "the trail is full");
      lost_.push_back(failed.code + " " + job.submission + " " + std::to_string(job.attempts));
      return {};
    };
  }
  std::vector<Blame> run_dying(const std::string& code, int attempts) {
    return run(
        [code](ipc::Channel channel, const v1::JudgeJob&) {
          static_cast<void>(channel.send(MessageType::kJudgeAsks, refusal(code, false)));
        },
        attempts);
  }

  std::vector<std::string> lost_;
  std::vector<store::State> states_;  // of the submission, when it was recorded
  int asked_ = 0;
};

TEST_F(LostAttemptsTest, EachIsRecordedBeforeItCounts) {
  record();
  EXPECT_THAT(run_dying("judge-lost", 2), Each(Blame::kJudge));
  ASSERT_GE(lost_.size(), 2u);
  lost_.resize(2);
  EXPECT_THAT(lost_, ElementsAre("judge-lost one 1", "judge-lost one 2"));
  EXPECT_THAT(states_, Each(store::State::kVerifying));
}

TEST_F(LostAttemptsTest, WhatIsNotRecordedDoesNotCount) {
  record(1'000'000);
  run_dying("judge-lost", 1);
  EXPECT_GE(asked_, 1);
  EXPECT_EQ(found().state, store::State::kVerifying) << "it is begun anew by the next start";
}

TEST_F(LostAttemptsTest, ATrailThatIsMendedHasEachOnce) {
  record(2);
  EXPECT_THAT(run_dying("judge-lost", 3), Each(Blame::kJudge));
  ASSERT_GE(lost_.size(), 2u);
  lost_.resize(2);
  EXPECT_THAT(lost_, ElementsAre("judge-lost one 1", "judge-lost one 2"));
}

TEST_F(LostAttemptsTest, WhatIsNotItsJudgesFaultIsNone) {
  record();
  EXPECT_THAT(run_dying("channel-lost", 2), Each(Blame::kOurs));
  EXPECT_THAT(run([](ipc::Channel, const v1::JudgeJob&) {}, 2), Each(Blame::kOurs));
  EXPECT_TRUE(lost_.empty());
}

}  // namespace
}  // namespace heyan::service
