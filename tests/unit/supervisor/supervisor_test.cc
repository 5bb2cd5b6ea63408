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

#include "tests/unit/os/temporary_folder.h"

namespace heyan::supervisor {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class SupervisorTest : public ::testing::Test {
 protected:
  SupervisorTest() {
    for (const char* name : {"heyan-signer", "heyan-worker", "heyan-front"}) script(name, kWaits);
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
  void start() {
    pid_ = ::fork();
    if (pid_ != 0) return;
    const int quiet = ::open("/dev/null", O_RDWR);
    for (const int standard : {0, 1, 2}) ::dup2(quiet, standard);
    ::_exit(supervise({.programs = folder_.path(),
                       .config = "/etc/heyan.toml",
                       .front_grace = std::chrono::milliseconds(300),
                       .grace = std::chrono::milliseconds(300)}));
  }
  int wait() {
    int status = 0;
    EXPECT_EQ(::waitpid(pid_, &status, 0), pid_);
    pid_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  std::string words(const std::string& name) const {
    return os::content_of(folder_ / ("words-" + name));
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
      for (const char* name : {"heyan-signer", "box", "judge", "render", "heyan-front"}) {
        if (starts(name) == 0) return false;
      }
      return true;
    });
  }
  static std::string end_with(int status) { return "exit " + std::to_string(status); }

  static constexpr const char* kWaits = "exec sleep 60";
  os::TemporaryFolder folder_;
  pid_t pid_ = 0;
};

TEST_F(SupervisorTest, EachProgramGetsItsEndsAndNoOther) {
  start();
  ASSERT_TRUE(all_started());
  EXPECT_THAT(words("heyan-signer"),
              ::testing::MatchesRegex("--config /etc/heyan.toml --front [0-9]+ --judges "
                                      "[0-9]+\n"));
  EXPECT_THAT(words("judge"), ::testing::MatchesRegex("judge --config /etc/heyan.toml --front "
                                                      "[0-9]+ --signer [0-9]+\n"));
  EXPECT_THAT(words("box"), Not(HasSubstr("--signer")));
  EXPECT_THAT(words("heyan-front"),
              ::testing::MatchesRegex("--config /etc/heyan.toml --signer [0-9]+ --box [0-9]+ "
                                      "--judge [0-9]+ --render [0-9]+\n"));
  const auto channels = [this](const std::string& name) {
    return std::ranges::count(os::content_of(folder_ / ("open-" + name)), '\n');
  };
  EXPECT_TRUE(soon([&] { return channels("heyan-front") == 4; }));
  EXPECT_EQ(channels("heyan-signer"), 2);
  EXPECT_EQ(channels("judge"), 2);
  EXPECT_EQ(channels("box"), 1);
  EXPECT_EQ(channels("render"), 1);
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

TEST_F(SupervisorTest, ADeadSignerEndsItAll) {
  for (const char* body : {"exit 0", "exit 75", "kill -9 $$"}) {
    script("heyan-signer", body);
    start();
    EXPECT_EQ(wait(), 70) << body;
  }
}

TEST_F(SupervisorTest, ADeadFrontEndsItAll) {
  for (const char* body : {"exit 0", "exit 75", "kill -9 $$"}) {
    script("heyan-front", body);
    start();
    EXPECT_EQ(wait(), 70) << body;
  }
}

TEST_F(SupervisorTest, AMissingProgramEndsItAll) {
  std::filesystem::remove(folder_ / "heyan-worker");
  start();
  EXPECT_EQ(wait(), 70);
}

}  // namespace
}  // namespace heyan::supervisor
