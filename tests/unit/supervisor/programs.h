// The supervisor with programs that are shell scripts. It waits for every child of its process, so
// each test runs it in a process of its own.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <string>
#include <thread>

#include "gateway/os/descriptor.h"
#include "gateway/supervisor/supervisor.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::supervisor {

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
    const int said = ::open((folder_ / "said").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    for (const int standard : {0, 2}) ::dup2(quiet, standard);
    ::dup2(said, 1);
    for (const int opened : {quiet, said}) ::close(opened);
    ::_exit(supervise({.programs = folder_.path(),
                       .config = "/etc/heyan.toml",
                       .with_egress = with_egress,
                       .front_grace = std::chrono::milliseconds(300),
                       .grace = std::chrono::milliseconds(300),
                       .afresh_grace = afresh_grace_,
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
  // What it logged, its programs' words in between.
  std::string said() const { return os::content_of((folder_ / "said").string()); }
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
  std::chrono::milliseconds afresh_grace_{200};
  std::string in_force_;
  os::Descriptor sealed_;
  pid_t pid_ = 0;
};

}  // namespace heyan::supervisor
