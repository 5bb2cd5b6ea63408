// Runs a piece of code in a child that has entered a sandbox, and says how the child ended.
#pragma once

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <functional>
#include <ostream>

#include "gateway/sandbox/enter.h"
#include "gateway/sandbox/sanitizers.h"

namespace heyan::sandbox {

inline constexpr bool kSanitized = kShadowMemory || kProbingPipes;

struct Ending {
  int exit_status = -1;  // -1: by a signal
  int signal = 0;
  bool operator==(const Ending&) const = default;
};
inline std::ostream& operator<<(std::ostream& out, const Ending& ending) {
  return out << "exit " << ending.exit_status << ", signal " << ending.signal;
}
inline constexpr Ending kFine{.exit_status = 0};
inline constexpr Ending kKilled{.signal = SIGSYS};
inline Ending exited(int status) { return {.exit_status = status}; }
inline Ending ended_by(int signal) { return {.signal = signal}; }

inline constexpr int kCouldNotEnter = 99;

inline Ending ending_of(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) return ended_by(WTERMSIG(status));
  return exited(WEXITSTATUS(status));
}

inline pid_t fork_inside(const Profile& profile, const std::function<int()>& work) {
  const auto sandbox = Sandbox::prepare(profile);
  EXPECT_TRUE(sandbox.has_value());
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(60);
    if (!sandbox || !sandbox->enter()) ::_exit(kCouldNotEnter);
    ::_exit(work());
  }
  return child;
}

inline Ending inside(const Profile& profile, const std::function<int()>& work) {
  return ending_of(fork_inside(profile, work));
}
inline Ending inside(Role role, const std::function<int()>& work) {
  return inside(default_profile(role), work);
}

inline constexpr std::array kRoles = {Role::kBox,  Role::kJudge,  Role::kRender,
                                      Role::kDraw, Role::kSigner, Role::kFront};
inline constexpr std::array kWorkers = {Role::kBox, Role::kJudge, Role::kRender, Role::kDraw};

inline std::string role_name(const testing::TestParamInfo<Role>& info) {
  return std::string(name(info.param));
}

}  // namespace heyan::sandbox
