#include "gateway/worker/parent.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "gateway/os/descriptor.h"

namespace heyan::worker {
namespace {

constexpr int kGone = 0;
constexpr int kAfresh = 75;
constexpr int kPollMs = 200;

class Children {
 public:
  // Collects those that ended. `wait`: at least one.
  void collect(bool wait) {
    int status = 0;
    while (count_ > 0) {
      const pid_t pid = ::waitpid(-1, &status, wait ? 0 : WNOHANG);
      if (pid < 0 && errno == EINTR) continue;
      if (pid <= 0) return;
      --count_;
      wait = false;
      if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) crashed_ = true;
    }
  }
  void add() { ++count_; }
  std::size_t count() const { return count_; }
  bool crashed() const { return crashed_; }

 private:
  std::size_t count_ = 0;
  bool crashed_ = false;
};

[[noreturn]] void run_child(const Parent& parent, os::Descriptor socket, std::vector<int> keep) {
  keep.push_back(socket.get());
  if (!sandbox::close_all_but(keep) || !parent.sandbox.enter()) ::_exit(1);
  const bool well = parent.job(ipc::Channel(std::move(socket), parent.frame_limit_bytes));
  ::_exit(well ? 0 : 1);
}

// False: the parent is to end.
bool take_job(Parent& parent, Children& children) {
  auto door = parent.doors.receive_door(ipc::within(std::chrono::seconds(5)));
  if (!door) return false;
  std::vector<int> keep;
  if (parent.prepare) {
    auto prepared = parent.prepare();
    if (!prepared)
      return true;  // the end of the job's socket closes: the front sees that nothing came of it
    keep = *std::move(prepared);
  }
  const pid_t pid = ::fork();
  if (pid == 0) run_child(parent, *std::move(door), std::move(keep));
  if (pid > 0) children.add();
  if (parent.after_fork) parent.after_fork();
  return true;
}

}  // namespace

int run_parent(Parent parent) {
  Children children;
  while (!children.crashed()) {
    children.collect(children.count() >= parent.most_children);
    pollfd ready{.fd = parent.doors.fd(), .events = POLLIN, .revents = 0};
    if (::poll(&ready, 1, kPollMs) <= 0) continue;
    if (!take_job(parent, children)) break;
  }
  const bool crashed = children.crashed();
  while (children.count() > 0) children.collect(true);
  return crashed || children.crashed() ? kAfresh : kGone;
}

}  // namespace heyan::worker
