// What the supervisor starts, what it gives its programs, and when it ends.
#include "gateway/supervisor/supervisor.h"

#include <gmock/gmock.h>

#include "tests/unit/supervisor/programs.h"

namespace heyan::supervisor {
namespace {

TEST_F(SupervisorTest, EachProgramGetsItsEndsAndNoOther) {
  start();
  ASSERT_TRUE(all_started());
  EXPECT_THAT(words("heyan-signer"),
              ::testing::MatchesRegex("--config /etc/heyan.toml --front [0-9]+ --judges "
                                      "[0-9]+ --renderers [0-9]+\n"));
  EXPECT_THAT(words("judge"), ::testing::MatchesRegex("judge --config /etc/heyan.toml --front "
                                                      "[0-9]+ --signer [0-9]+ --trust [0-9]+\n"));
  EXPECT_THAT(words("render"), ::testing::MatchesRegex("render --config /etc/heyan.toml --front "
                                                       "[0-9]+ --signer [0-9]+\n"));
  EXPECT_THAT(words("box"), ::testing::MatchesRegex("box --config /etc/heyan.toml --front [0-9]+ "
                                                    "--trust [0-9]+\n"));
  EXPECT_THAT(
      words("heyan-front"),
      ::testing::MatchesRegex("--config /etc/heyan.toml --signer [0-9]+ --box [0-9]+ "
                              "--judge [0-9]+ --render [0-9]+ --draw [0-9]+ --egress [0-9]+ "
                              "--stamps [0-9]+ --witnesses [0-9]+ --scans [0-9]+ "
                              "--identities [0-9]+ --objects [0-9]+ "
                              "--ready [0-9]+\n"));
  const auto channels = [this](const std::string& name) {
    return std::ranges::count(os::content_of(folder_ / ("open-" + name)), '\n');
  };
  EXPECT_TRUE(soon([&] { return channels("heyan-front") == 11; }));
  EXPECT_EQ(channels("heyan-signer"), 3);
  EXPECT_EQ(channels("judge"), 2);
  EXPECT_EQ(channels("box"), 1);
  EXPECT_EQ(channels("render"), 2);
  EXPECT_EQ(channels("heyan-draw"), 1);
  EXPECT_EQ(starts("heyan-egress"), 0);
  ::kill(pid_, SIGTERM);
  EXPECT_EQ(wait(), 0);
}

TEST_F(SupervisorTest, TheEgressProcessIsThereWhereSomebodyIsToBeTold) {
  script("heyan-egress", "sleep 0.2; kill -9 $$");
  start(true);
  EXPECT_TRUE(soon([this] { return starts("heyan-egress") >= 2; }));
  EXPECT_THAT(words("heyan-egress"), ::testing::StartsWith("--config /etc/heyan.toml --front "));
  EXPECT_TRUE(soon([this] {  // which it writes anew at each start
    return std::ranges::count(os::content_of(folder_ / "open-heyan-egress"), '\n') == 6;
  }));
  EXPECT_EQ(starts("heyan-front"), 1);
  ::kill(pid_, SIGTERM);
  EXPECT_EQ(wait(), 0);
}

TEST_F(SupervisorTest, AWorkerThatAsksForItIsStartedAfresh) {
  script("heyan-worker", "[ $1 = box ] && exit 75; " + std::string(kWaits));
  start();
  EXPECT_TRUE(soon([this] { return starts("box") >= 2; }));
  EXPECT_EQ(starts("judge"), 1);
  EXPECT_EQ(starts("heyan-signer"), 1);
  ::kill(pid_, SIGINT);
  EXPECT_EQ(wait(), 0);
}

TEST_F(SupervisorTest, AWorkerThatWasKilledIsStartedAfresh) {
  script("heyan-worker", "[ $1 = judge ] && kill -9 $$; " + std::string(kWaits));
  start();
  EXPECT_TRUE(soon([this] { return starts("judge") >= 2; }));
  ::kill(pid_, SIGTERM);
  EXPECT_EQ(wait(), 0);
}

TEST_F(SupervisorTest, AWorkerThatCannotWorkEndsItAll) {
  for (const int status : {2, 65, 70}) {
    script("heyan-worker", "[ $1 = render ] && " + end_with(status) + "; " + kWaits);
    start();
    EXPECT_EQ(wait(), 70) << status;
  }
}

// Somebody edits a file, or installs another version: what serves goes on.
TEST_F(SupervisorTest, AWorkerThatCannotBeginAnewIsTriedAgainWithPauses) {
  script("heyan-front", kServes + std::string(kWaits));
  const std::string times = "$(wc -l < " + words_file("box") + ")";
  for (const int status : {2, 65, 127}) {
    forget_words();
    script("heyan-worker", "[ $1 = box ] || " + std::string(kWaits) + "; [ " + times +
                               " = 1 ] && sleep 1 && kill " + "-9 $$; [ " + times + " = 2 ] && " +
                               end_with(status) + "; " + kWaits);
    start();
    ASSERT_TRUE(soon([this] { return starts("box") == 2; })) << status;
    std::this_thread::sleep_for(std::chrono::milliseconds(1'300));
    EXPECT_EQ(starts("box"), 2) << status << ": longer than a second after the first such end";
    EXPECT_TRUE(soon([this] { return starts("box") == 3; })) << status;
    EXPECT_EQ(starts("heyan-front"), 1) << status;
    EXPECT_EQ(starts("judge"), 1) << status;
    ::kill(pid_, SIGTERM);
    EXPECT_EQ(wait(), 0) << status;
  }
}

TEST_F(SupervisorTest, AMachineThatDoesNotDoWhatItMustEndsItAllAtAnyTime) {
  script("heyan-front", kServes + std::string(kWaits));
  script("heyan-worker", "[ $1 = box ] && sleep 1 && " + end_with(70) + "; " + kWaits);
  start();
  EXPECT_EQ(wait(), 70);
}

TEST_F(SupervisorTest, AWorkerThatBeginsAnewGoesByWhatIsInForce) {
  const std::string reads = "cat /proc/$$/fd/$(echo \"$@\" | sed 's/.*--trust //') > ";
  script("heyan-worker", "[ $1 = judge ] && " + reads + (folder_ / "read-").string() +
                             "$(wc -l < " + words_file("judge") + ") && sleep 0.2 && kill -9 $$; " +
                             kWaits);
  start();
  const auto read = [this](int time) { return folder_ / ("read-" + std::to_string(time)); };
  EXPECT_TRUE(soon([&] { return std::filesystem::exists(read(1)); }));
  std::filesystem::remove(folder_ / "trust");
  offer("approved for later");
  EXPECT_TRUE(soon([this] { return starts("judge") >= 3; }));
  EXPECT_EQ(os::content_of(read(2)), "first");
  ::kill(pid_, SIGTERM);
  EXPECT_EQ(wait(), 0);
}

TEST_F(SupervisorTest, WithoutATrustNothingBegins) {
  offer("none");
  start();
  EXPECT_EQ(wait(), 70);
  EXPECT_EQ(starts("heyan-signer"), 0);
}

TEST_F(SupervisorTest, HangingUpReachesTheFrontAlone) {
  const std::string note = "trap 'echo x > " + (folder_ / "hung-up").string() + "-$n' HUP; ";
  script("heyan-front", note + "while :; do sleep 0.05; done");
  script("heyan-signer", note + "while :; do sleep 0.05; done");
  start();
  ASSERT_TRUE(all_started());
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  ::kill(pid_, SIGHUP);
  EXPECT_TRUE(soon([this] { return std::filesystem::exists(folder_ / "hung-up-heyan-front"); }));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "hung-up-heyan-signer"));
  ::kill(pid_, SIGTERM);
  EXPECT_EQ(wait(), 0);
}

TEST_F(SupervisorTest, AnotherTrustBeginsAllAfreshWithIt) {
  script("heyan-front", kDeafToHangingUp);
  offer("first");
  start();
  ASSERT_TRUE(all_started());
  for (const long times : {2, 3}) {
    offer("trust " + std::to_string(times));
    ::kill(pid_, SIGHUP);
    for (const char* name : {"heyan-signer", "judge", "box", "heyan-front"}) {
      EXPECT_TRUE(soon([&] { return starts(name) == times; })) << name;
    }
  }
  ::kill(pid_, SIGHUP);  // the same as they began with
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  EXPECT_EQ(starts("heyan-signer"), 3);
  ::kill(pid_, SIGTERM);
  EXPECT_EQ(wait(), 0);
}

// Asked while it ends one set, it begins no other.
TEST_F(SupervisorTest, WhoIsAskedToStopAmidABeginningStops) {
  const auto asked = folder_ / "asked";
  script("heyan-front", "trap '' HUP; trap 'echo >> " + asked.string() + "; [ $(wc -l < " +
                            asked.string() +
                            ") -gt 1 ] && exit' TERM; while :; do sleep 0.02; done");
  start();
  ASSERT_TRUE(all_started());
  offer("second");
  ::kill(pid_, SIGHUP);
  ASSERT_TRUE(soon([&] { return std::filesystem::exists(asked); }));
  ::kill(pid_, SIGTERM);
  int status = -1;
  ASSERT_TRUE(soon([&] { return ::waitpid(pid_, &status, WNOHANG) == pid_; }));
  pid_ = 0;
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  EXPECT_EQ(starts("heyan-signer"), 1);
}

TEST_F(SupervisorTest, AnotherTrustIsNoQuickDeath) {
  script("heyan-front", kDeafToHangingUp);
  start();
  ASSERT_TRUE(all_started());
  for (long times = 2; times < 9; ++times) {
    offer("trust " + std::to_string(times));
    ::kill(pid_, SIGHUP);
    ASSERT_TRUE(soon([&] { return starts("heyan-front") == times; })) << times;
  }
  ::kill(pid_, SIGTERM);
  EXPECT_EQ(wait(), 0);
}

TEST_F(SupervisorTest, ATrustThatIsRefusedChangesNothing) {
  script("heyan-front", kDeafToHangingUp);
  offer("first");
  start();
  ASSERT_TRUE(all_started());
  for (const char* trust : {"bad", "deadly"}) {
    offer(trust);
    ::kill(pid_, SIGHUP);
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    EXPECT_EQ(starts("heyan-signer"), 1) << trust;
    EXPECT_EQ(starts("heyan-front"), 1) << trust;
  }
  offer("second");
  ::kill(pid_, SIGHUP);
  EXPECT_TRUE(soon([this] { return starts("heyan-front") == 2; }));
  ::kill(pid_, SIGTERM);
  EXPECT_EQ(wait(), 0);
}

TEST_F(SupervisorTest, AMissingProgramEndsItAll) {
  std::filesystem::remove(folder_ / "heyan-worker");
  start();
  EXPECT_EQ(wait(), 70);
}

}  // namespace
}  // namespace heyan::supervisor
