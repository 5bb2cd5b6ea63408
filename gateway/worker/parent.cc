#include "gateway/worker/parent.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <map>
#include <span>

#include "gateway/os/descriptor.h"

namespace heyan::worker {
namespace {

constexpr int kGone = 0;
constexpr int kAfresh = 75;
constexpr int kPollMs = 20;  // a child that handed in its record ends unheard
constexpr std::chrono::seconds kLongestGoodbye{30};

using Clock = std::chrono::steady_clock;

class Children {
 public:
  explicit Children(std::chrono::seconds longest) : longest_(longest) {
    ::sigemptyset(&ending_);
    ::sigaddset(&ending_, SIGCHLD);
    ::sigprocmask(SIG_BLOCK, &ending_, &before_);
  }
  ~Children() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }
  Children(const Children&) = delete;
  Children& operator=(const Children&) = delete;

  // Those that ended; those that should have are killed.
  void collect() {
    int status = 0;
    for (pid_t pid = 0; (pid = ::waitpid(-1, &status, WNOHANG)) > 0;) {
      started_.erase(pid);
      if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) crashed_ = true;
    }
    const auto now = Clock::now();
    for (const auto& [pid, started] : started_) {
      if (now - started > longest_) ::kill(pid, SIGKILL);
    }
  }
  // Until one ends, or a moment.
  void wait() const {
    const timespec moment{.tv_sec = 0, .tv_nsec = kPollMs * 1'000'000L};
    ::sigtimedwait(&ending_, nullptr, &moment);
  }
  void restore_signals() const { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }
  void add(pid_t pid) { started_[pid] = Clock::now(); }
  std::size_t count() const { return started_.size(); }
  bool crashed() const { return crashed_; }
  // From now on nobody may take longer than this.
  void hurry(std::chrono::seconds longest) { longest_ = std::min(longest_, longest); }

 private:
  std::chrono::seconds longest_;
  sigset_t ending_{};
  sigset_t before_{};
  std::map<pid_t, Clock::time_point> started_;
  bool crashed_ = false;
};

[[noreturn]] void run_child(const Parent& parent, const Children& children, os::Descriptor socket,
                            std::vector<int> keep) {
  children.restore_signals();
  keep.push_back(socket.get());
  keep.push_back(parent.sandbox.held());
  if (!sandbox::close_all_but(keep) || !parent.sandbox.enter()) ::_exit(1);
  const bool well = parent.job(ipc::Channel(std::move(socket), parent.frame_limit_bytes));
  ::_exit(well ? 0 : 1);
}

// Until somebody is at the door (true), a child ends, or a moment. What children have to say is
// recorded meanwhile.
bool wait(const Parent& parent, const Children& children, bool at_the_door) {
  std::vector<pollfd> ready = {
      {.fd = at_the_door ? parent.doors.fd() : -1, .events = POLLIN, .revents = 0}};
  if (parent.desk == nullptr && !at_the_door) {
    children.wait();
    return false;
  }
  if (parent.desk != nullptr) {
    for (const int socket : parent.desk->sockets()) {
      ready.push_back({.fd = socket, .events = POLLIN, .revents = 0});
    }
  }
  if (::poll(ready.data(), ready.size(), kPollMs) <= 0) return false;
  std::vector<int> speaking;
  for (const pollfd& one : std::span(ready).subspan(1)) {
    if (one.revents != 0) speaking.push_back(one.fd);
  }
  if (!speaking.empty()) parent.desk->serve(speaking);
  return ready[0].revents != 0;
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
  if (pid == 0) run_child(parent, children, *std::move(door), std::move(keep));
  if (pid > 0) children.add(pid);
  if (parent.after_fork) parent.after_fork();
  return true;
}

}  // namespace

bool was_a_knock(const core::Error& error) { return error.code == core::ErrorCode::kNotFound; }

int run_parent(Parent parent) {
  Children children(parent.longest_job);
  while (true) {
    children.collect();
    if (children.crashed()) break;
    if (!wait(parent, children, children.count() < parent.most_children)) continue;
    if (!take_job(parent, children)) break;
  }
  const bool afresh = children.crashed();
  // Who comes to the door now waits for the next parent.
  if (afresh) children.hurry(kLongestGoodbye);
  while (children.count() > 0) {
    wait(parent, children, false);
    children.collect();
  }
  return afresh || children.crashed() ? kAfresh : kGone;
}

}  // namespace heyan::worker
