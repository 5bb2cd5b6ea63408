#include "gateway/supervisor/child.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdlib>

namespace heyan::supervisor {
namespace {

[[noreturn]] void become(const Child& child, char* const* arguments, pid_t parent) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
  if (::getppid() != parent) ::_exit(127);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  // Also what this process itself inherited, and nobody here knows of.
  if (::syscall(SYS_close_range, 3u, ~0u, CLOSE_RANGE_CLOEXEC) != 0) ::_exit(127);
  for (const auto& [name, descriptor] : child.ends) ::fcntl(descriptor, F_SETFD, 0);
  for (const auto& [name, value] : child.environment) ::setenv(name, value, 1);
  ::execv(arguments[0], arguments);
  ::_exit(127);
}

}  // namespace

core::Result<void> start(Child& child) {
  std::vector<std::string> words = child.words;
  for (const auto& [name, descriptor] : child.ends) {
    words.push_back(name);
    words.push_back(std::to_string(descriptor));
  }
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) return core::fail(core::ErrorCode::kIo, "no process can be made");
  if (pid == 0) become(child, arguments.data(), parent);
  child.pid = pid;
  child.started = std::chrono::steady_clock::now();
  return {};
}

}  // namespace heyan::supervisor
