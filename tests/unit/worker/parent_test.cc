// The parent of workers: it forks, waits without looking around, and ends for one reason of two.
#include "gateway/worker/parent.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <thread>

#include "heyan/v1/gateway.pb.h"

namespace heyan::worker {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr std::size_t kFrameBytes = 64;
constexpr int kGone = 0;
constexpr int kAfresh = 75;
constexpr int kStillThere = -1;

// Says that it is there, then waits until the channel closes; what it was sent says how it ends.
bool wait_for_word(ipc::Channel channel) {
  if (!channel.send(ipc::MessageType::kBoxAnswer, v1::BoxAnswer())) return false;
  return !channel.receive();
}

class ParentTest : public ::testing::Test {
 protected:
  ~ParentTest() override {
    doors_.reset();
    if (pid_ > 0) ::kill(pid_, SIGKILL);
    if (pid_ > 0) ::waitpid(pid_, nullptr, 0);
  }
  void start(std::size_t most_children, seconds longest_job = seconds(600)) {
    auto pair = ipc::make_pair();
    ASSERT_TRUE(pair.has_value());
    pid_ = ::fork();
    if (pid_ == 0) {
      pair->a.reset();
      ::_exit(run(std::move(pair->b), most_children, longest_job));
    }
    doors_.emplace(std::move(pair->a), kFrameBytes);
  }
  // One end of a job's channel; its other end is at the door.
  ipc::Channel ask() {
    auto pair = ipc::make_pair();
    EXPECT_TRUE(pair.has_value());
    EXPECT_TRUE(doors_->send_door(pair->b).has_value());
    return {std::move(pair->a), kFrameBytes};
  }
  static bool is_served(ipc::Channel& job, milliseconds longest = seconds(30)) {
    return job.receive(ipc::within(longest)).has_value();
  }
  static void end_badly(ipc::Channel& job) {
    EXPECT_TRUE(job.send(ipc::MessageType::kBoxRequest, v1::BoxRequest()).has_value());
  }
  // "died", "late", or how the channel closed.
  static std::string last_word(ipc::Channel& job) {
    const auto said =
        job.receive<v1::BoxAnswer>(ipc::MessageType::kBoxAnswer, ipc::within(seconds(90)));
    if (said) return said->entry();
    return said.error().code == core::ErrorCode::kNotFound ? "closed" : "broken";
  }
  void leave() { doors_.reset(); }
  void kill() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }
  int status(milliseconds longest = seconds(30)) {
    const auto until = steady_clock::now() + longest;
    int status = 0;
    do {
      if (::waitpid(pid_, &status, WNOHANG) != 0) {
        pid_ = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
      }
      std::this_thread::sleep_for(milliseconds(5));
    } while (steady_clock::now() < until);
    return kStillThere;
  }
  // How often it went to sleep so far.
  std::uint64_t sleeps() const {
    std::ifstream file("/proc/" + std::to_string(pid_) + "/status");
    const std::string name = "voluntary_ctxt_switches:";
    for (std::string line; std::getline(file, line);) {
      if (line.starts_with(name)) return std::stoull(line.substr(name.size()));
    }
    ADD_FAILURE() << "no such process";
    return 0;
  }
  std::uint64_t sleeps_within(milliseconds time) const {
    std::this_thread::sleep_for(milliseconds(100));  // until it has come to rest
    const std::uint64_t before = sleeps();
    std::this_thread::sleep_for(time);
    return sleeps() - before;
  }

 private:
  static int run(os::Descriptor doors, std::size_t most_children, seconds longest_job) {
    sandbox::Profile profile = sandbox::default_profile(sandbox::Role::kBox);
    profile.parent = ::getpid();
    auto sandbox = sandbox::Sandbox::prepare(profile);
    if (!sandbox) return 1;
    return run_parent({.doors = ipc::Channel(std::move(doors), kFrameBytes),
                       .sandbox = *std::move(sandbox),
                       .frame_limit_bytes = kFrameBytes,
                       .most_children = most_children,
                       .longest_job = longest_job,
                       .prepare = {},
                       .after_fork = {},
                       .tell_lost =
                           [](ipc::Channel job, Lost lost) {
                             v1::BoxAnswer last;
                             last.set_entry(lost == Lost::kLate ? "late" : "died");
                             static_cast<void>(job.send(ipc::MessageType::kBoxAnswer, last));
                           },
                       .job = wait_for_word});
  }

  pid_t pid_ = 0;
  std::optional<ipc::Channel> doors_;
};

TEST_F(ParentTest, EndsWithTheFront) {
  start(2);
  {
    ipc::Channel job = ask();
    ASSERT_TRUE(is_served(job));
  }
  leave();
  EXPECT_EQ(status(), kGone);
}

TEST_F(ParentTest, LetsItsChildrenFinishFirst) {
  start(2);
  std::optional<ipc::Channel> job = ask();
  ASSERT_TRUE(is_served(*job));
  leave();
  EXPECT_EQ(status(milliseconds(300)), kStillThere);
  job.reset();
  EXPECT_EQ(status(), kGone);
}

TEST_F(ParentTest, IsStartedAfreshAfterAChildThatEndedBadly) {
  start(2);
  ipc::Channel job = ask();
  ASSERT_TRUE(is_served(job));
  end_badly(job);
  EXPECT_EQ(status(), kAfresh);
}

// The one who waits at the door is let in when a child ends, and no sooner.
TEST_F(ParentTest, HasNoMoreChildrenThanItMay) {
  start(1);
  std::optional<ipc::Channel> first = ask();
  ASSERT_TRUE(is_served(*first));
  ipc::Channel second = ask();
  EXPECT_FALSE(is_served(second, milliseconds(300)));
  first.reset();
  EXPECT_TRUE(is_served(second));
}

TEST_F(ParentTest, KillsWhoDoesNotEndInItsTime) {
  start(1, seconds(1));
  ipc::Channel job = ask();
  ASSERT_TRUE(is_served(job));
  EXPECT_EQ(status(), kAfresh);
}

TEST_F(ParentTest, TellsOfWhoDiedOfItsJobAndOfWhoHadItsTime) {
  start(1);
  ipc::Channel died = ask();
  ASSERT_TRUE(is_served(died));
  end_badly(died);
  EXPECT_EQ(last_word(died), "died");
  EXPECT_EQ(last_word(died), "closed");
  EXPECT_EQ(status(), kAfresh);
  start(1, seconds(1));
  ipc::Channel slow = ask();
  ASSERT_TRUE(is_served(slow));
  EXPECT_EQ(last_word(slow), "late");
}

// They are begun anew, and it is not their fault.
TEST_F(ParentTest, SaysNothingOfThoseThatHadToLeaveBecauseOfAnother) {
  start(2);
  ipc::Channel innocent = ask();
  ASSERT_TRUE(is_served(innocent));
  ipc::Channel other = ask();
  ASSERT_TRUE(is_served(other));
  const auto began = steady_clock::now();
  end_badly(other);
  EXPECT_EQ(last_word(other), "died");
  EXPECT_EQ(last_word(innocent), "closed");
  EXPECT_GT(steady_clock::now() - began, seconds(20)) << "it has half a minute to end by itself";
  EXPECT_EQ(status(), kAfresh);
}

TEST_F(ParentTest, SaysNothingOfThoseThatItWasKilledWith) {
  start(1);
  ipc::Channel job = ask();
  ASSERT_TRUE(is_served(job));
  kill();
  EXPECT_EQ(last_word(job), "closed");
}

TEST_F(ParentTest, SleepsUntilThereIsSomethingToDo) {
  start(1);
  constexpr milliseconds kTime{600};
  constexpr std::uint64_t kFew = 6;
  std::optional<ipc::Channel> job = ask();
  ASSERT_TRUE(is_served(*job));
  EXPECT_LT(sleeps_within(kTime), kFew) << "with all the children that it may have";
  job.reset();
  EXPECT_LT(sleeps_within(kTime), kFew) << "with none";
}

}  // namespace
}  // namespace heyan::worker
