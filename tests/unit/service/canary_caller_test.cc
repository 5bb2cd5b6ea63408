// Who has the canaries judged, between judges that answer, refuse, lie, die and are silent.
#include "gateway/service/canary_caller.h"

#include <gmock/gmock.h>

#include <future>

#include "tests/unit/service/other_side.h"

namespace heyan::service {
namespace {

using namespace std::chrono_literals;

// The first faults that it told of, each after one job.
std::vector<std::string> faults_of(std::size_t count, std::function<void(ipc::Channel)> judge,
                                   std::chrono::milliseconds patience = 5s) {
  OtherSide judges(std::move(judge));
  ipc::Doors doors(judges.front(), ipc::kJudgeFrameBytes);
  std::mutex mutex;
  std::condition_variable told;
  std::vector<std::string> faults;
  const CanaryCaller caller({.every = 1ms,
                             .again = 1ms,
                             .patience = patience,
                             .on_called =
                                 [&](const std::string& fault) {
                                   const std::lock_guard lock(mutex);
                                   if (faults.size() < count) faults.push_back(fault);
                                   told.notify_one();
                                 }},
                            doors);
  std::unique_lock lock(mutex);
  told.wait(lock, [&] { return faults.size() >= count; });
  return faults;
}

v1::JudgeJob job_of(ipc::Channel& channel) {
  return channel.receive<v1::JudgeJob>(ipc::MessageType::kJudgeJob, ipc::within(5s))
      .value_or(v1::JudgeJob());
}
void answer(ipc::Channel& channel, const v1::JudgeDone& done) {
  v1::JudgeAsks last;
  *last.mutable_done() = done;
  static_cast<void>(channel.send(ipc::MessageType::kJudgeAsks, last));
}

TEST(CanaryCaller, AsksForCanariesAndForNothingElseAgainAndAgain) {
  std::atomic<int> others = 0;
  const auto faults = faults_of(3, [&](ipc::Channel channel) {
    v1::JudgeJob canaries;
    canaries.set_canaries(true);
    if (job_of(channel).SerializeAsString() != canaries.SerializeAsString()) ++others;
    v1::JudgeDone done;
    done.mutable_canaries();
    answer(channel, done);
  });
  EXPECT_THAT(faults, testing::ElementsAre("", "", ""));
  EXPECT_EQ(others, 0);
}

TEST(CanaryCaller, TellsOfAJudgeThatRefusesAndAsksAgain) {
  const auto faults = faults_of(2, [](ipc::Channel channel) {
    job_of(channel);
    v1::JudgeDone done;
    done.mutable_refusal()->set_code("judging-failed");
    answer(channel, done);
  });
  EXPECT_THAT(faults, testing::ElementsAre("judging-failed", "judging-failed"));
}

// No word would be taken for a round that went well, and another kind of text for one of ours.
TEST(CanaryCaller, TellsOfOneWhoseRefusalIsNoWord) {
  for (const std::string code : {"", "Judging failed", "judging-failed\n"}) {
    const auto faults = faults_of(1, [&code](ipc::Channel channel) {
      job_of(channel);
      v1::JudgeDone done;
      done.mutable_refusal()->set_code(code);
      answer(channel, done);
    });
    EXPECT_THAT(faults, testing::ElementsAre("judge-lost")) << code;
  }
}

TEST(CanaryCaller, TellsOfOneThatDies) {
  const auto faults = faults_of(2, [](ipc::Channel channel) { job_of(channel); });
  EXPECT_THAT(faults, testing::ElementsAre("judge-lost", "judge-lost"));
}

// What is asked for is never given: it gets no file, and names no report.
TEST(CanaryCaller, TellsOfOneThatAsksForFilesOrSaysThatItHasAReport) {
  const auto asks = faults_of(1, [](ipc::Channel channel) {
    job_of(channel);
    v1::JudgeAsks file;
    file.set_open_file(0);
    static_cast<void>(channel.send(ipc::MessageType::kJudgeAsks, file));
  });
  EXPECT_THAT(asks, testing::ElementsAre("judge-lost"));
  const auto reports = faults_of(1, [](ipc::Channel channel) {
    job_of(channel);
    v1::JudgeDone done;
    done.set_report_number("HY-1");
    answer(channel, done);
  });
  EXPECT_THAT(reports, testing::ElementsAre("judge-lost"));
}

TEST(CanaryCaller, WaitsForASilentOneNoLongerThanItsPatience) {
  std::vector<ipc::Channel> kept;
  const auto faults =
      faults_of(1, [&](ipc::Channel channel) { kept.push_back(std::move(channel)); }, 20ms);
  EXPECT_THAT(faults, testing::ElementsAre("judge-lost"));
}

TEST(CanaryCaller, TellsThatNoJudgeIsThere) {
  ipc::Pair gone = pair_or_die();
  gone.b.reset();
  ipc::Doors doors(std::move(gone.a), ipc::kJudgeFrameBytes);
  std::promise<std::string> told;
  std::atomic<bool> first = true;
  const CanaryCaller caller({.every = 1h,
                             .on_called =
                                 [&](const std::string& fault) {
                                   if (first.exchange(false)) told.set_value(fault);
                                 }},
                            doors);
  EXPECT_EQ(told.get_future().get(), "judges-away");
}

}  // namespace
}  // namespace heyan::service
