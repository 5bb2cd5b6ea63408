// The supervisor with programs that are shell scripts: what it starts, what it gives them, and when
// it ends. It waits for every child of its process, so each test runs it in a process of its own.
#include "gateway/supervisor/supervisor.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "gateway/os/descriptor.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::supervisor {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class SupervisorTest : public ::testing::Test {
 protected:
  SupervisorTest() {
    for (const char* name :
         {"heyan-signer", "heyan-worker", "heyan-draw", "heyan-egress", "heyan-front"})
      script(name, kWaits);
    offer("first");
  }
  ~SupervisorTest() override {
    if (pid_ > 0) ::kill(pid_, SIGKILL);
  }

  // Notes its words and descriptors, then what `body` says.
  void script(const std::string& name, const std::string& body) const {
    const auto file = folder_.write(
        name, "#!/bin/sh\nn=" + name + "; [ $n = heyan-worker ] && n=$1\n" + "echo \"$@\" >> " +
                  (folder_ / "words").string() + "-$n; ls -l /proc/$$/fd | grep socket: > " +
                  (folder_ / "open").string() + "-$n\n" + body + "\n");
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  }
  void start(bool with_egress = false) {
    pid_ = ::fork();
    if (pid_ != 0) return;
    const int quiet = ::open("/dev/null", O_RDWR);
    for (const int standard : {0, 1, 2}) ::dup2(quiet, standard);
    ::_exit(supervise({.programs = folder_.path(),
                       .config = "/etc/heyan.toml",
                       .with_egress = with_egress,
                       .front_grace = std::chrono::milliseconds(300),
                       .grace = std::chrono::milliseconds(300),
                       .afresh_grace = std::chrono::milliseconds(200),
                       .reload_grace = std::chrono::milliseconds(200),
                       .steady = std::chrono::milliseconds(300),
                       .pause = std::chrono::milliseconds(10),
                       .take_trust = [this] { return take_trust(); },
                       .look_at_trust = [this] { return look(); }}));
  }
  std::string offered() const { return os::content_of((folder_ / "trust").string()); }
  void offer(const std::string& trust) const { folder_.write("trust", trust); }
  Trust take_trust() {
    if (offered() == "none") return {.sealed = -1, .refused = "none"};
    in_force_ = offered();
    sealed_ = os::Descriptor(::open((folder_ / "trust").c_str(), O_RDONLY | O_CLOEXEC));
    return {.sealed = sealed_.get(), .refused = {}};
  }
  Offer look() const {
    if (offered() == "deadly") std::abort();
    if (offered() == "bad") return {.what = Offer::Is::kRefused, .detail = "bad"};
    return {.what = offered() == in_force_ ? Offer::Is::kSame : Offer::Is::kNew, .detail = {}};
  }
  int wait() {
    int status = 0;
    EXPECT_EQ(::waitpid(pid_, &status, 0), pid_);
    pid_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  std::string words_file(const std::string& name) const {
    return (folder_ / ("words-" + name)).string();
  }
  std::string words(const std::string& name) const { return os::content_of(words_file(name)); }
  void forget_words() const {
    for (const char* name : kNames) std::filesystem::remove(words_file(name));
  }
  long starts(const std::string& name) const { return std::ranges::count(words(name), '\n'); }
  template <typename Condition>
  bool soon(Condition condition) const {
    for (int i = 0; i < 200; ++i) {
      if (condition()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
  }
  bool all_started() const {
    return soon([this] {
      return std::ranges::none_of(kNames, [this](const char* name) { return starts(name) == 0; });
    });
  }
  static std::string end_with(int status) { return "exit " + std::to_string(status); }

  static constexpr std::array kNames = {"heyan-signer", "box",        "judge",
                                        "render",       "heyan-draw", "heyan-front"};
  static constexpr const char* kWaits = "exec sleep 60";
  static constexpr const char* kDeafToHangingUp = "trap '' HUP; exec sleep 60";
  // What the front says when it serves; --ready is its last word.
  static constexpr const char* kServes = "for fd; do :; done; echo > /proc/$$/fd/$fd; ";
  os::TemporaryFolder folder_;
  std::string in_force_;
  os::Descriptor sealed_;
  pid_t pid_ = 0;
};

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

TEST_F(SupervisorTest, SignerAndFrontThatEndAreStartedAfreshWithAllOthers) {
  for (const char* dead : {"heyan-signer", "heyan-front"}) {
    for (const char* end : {"exit 0", "exit 75", "exit 70", "kill -9 $$"}) {
      forget_words();
      script("heyan-signer", kWaits);
      script("heyan-front", kServes + std::string(kWaits));
      // Once, after it served.
      const std::string serves = std::string(dead) == "heyan-front" ? kServes : "";
      script(dead, serves + "[ $(wc -l < " + words_file(dead) + ") = 1 ] && sleep 0.7 && " + end +
                       "; " + kWaits);
      start();
      EXPECT_TRUE(soon([&] { return starts("heyan-signer") == 2 && starts("heyan-front") == 2; }))
          << dead << " " << end;
      EXPECT_TRUE(soon(
          [this] { return starts("box") == 2 && starts("judge") == 2 && starts("render") == 2; }));
      ::kill(pid_, SIGTERM);
      EXPECT_EQ(wait(), 0) << dead << " " << end;
    }
  }
}

TEST_F(SupervisorTest, FiveQuickDeathsInARowEndItAll) {
  for (const char* dead : {"heyan-signer", "heyan-front"}) {
    for (const char* end : {"exit 0", "exit 75", "kill -9 $$"}) {
      forget_words();
      script("heyan-signer", kWaits);
      script("heyan-front", kWaits);
      script(dead, end);
      start();
      EXPECT_EQ(wait(), 70) << dead << " " << end;
      EXPECT_EQ(starts(dead), 5) << dead << " " << end;
    }
  }
}

TEST_F(SupervisorTest, DeathsAfterAWhileOfServiceAreNotCounted) {
  script("heyan-front", kServes + std::string("sleep 0.5; kill -9 $$"));
  start();
  EXPECT_TRUE(soon([this] { return starts("heyan-front") >= 7; }));
  ::kill(pid_, SIGTERM);
  EXPECT_EQ(wait(), 0);
}

TEST_F(SupervisorTest, OneThatServedForAMomentOnlyIsAQuickDeath) {
  script("heyan-front", kServes + std::string("kill -9 $$"));
  start();
  EXPECT_EQ(wait(), 70);
  EXPECT_EQ(starts("heyan-front"), 5);
}

TEST_F(SupervisorTest, SignerAndFrontThatCannotWorkEndItAllAtOnce) {
  for (const char* dead : {"heyan-signer", "heyan-front"}) {
    for (const int status : {2, 65, 70, 127}) {
      forget_words();
      script("heyan-signer", kWaits);
      script("heyan-front", kWaits);
      script(dead, end_with(status));
      start();
      EXPECT_EQ(wait(), 70) << dead << " " << status;
      EXPECT_EQ(starts(dead), 1) << dead << " " << status;
    }
  }
}

TEST_F(SupervisorTest, WrongConfigurationEndsItAllWhereverItIsFound) {
  script("heyan-front", kServes + std::string("sleep 0.5; exit 65"));
  start();
  EXPECT_EQ(wait(), 70);
  EXPECT_EQ(starts("heyan-front"), 1);
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
