#include "gateway/worker/parent.h"

#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <span>

#include "gateway/os/descriptor.h"

namespace heyan::worker {
namespace {

constexpr int kGone = 0;
constexpr int kAfresh = 75;
constexpr std::chrono::milliseconds kMoment{20};
constexpr std::chrono::seconds kLongestGoodbye{30};

using Clock = std::chrono::steady_clock;

struct Child {
  pid_t pid = 0;
  os::Descriptor end;     // readable when it ended; closed where there is none (before Linux 5.3)
  os::Descriptor socket;  // the job's: open where something is to be told of it
  Clock::time_point started;
  bool killed = false;
  bool hurried = false;  // killed because of another
};

class Children {
 public:
  using Tell = std::function<void(os::Descriptor, Lost)>;
  Children(std::chrono::seconds longest, Tell tell_lost)
      : longest_(longest), tell_lost_(std::move(tell_lost)) {}

  // Those that ended; those that should have are killed.
  void collect() {
    for (auto child = children_.begin(); child != children_.end();) {
      int status = 0;
      const pid_t ended = ::waitpid(child->pid, &status, WNOHANG);
      if (ended == 0) {
        ++child;
        continue;
      }
      const bool well = ended > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
      if (!well) crashed_ = true;
      if (!well && !child->hurried && child->socket.is_open()) {
        tell_lost_(std::move(child->socket), child->killed ? Lost::kLate : Lost::kDied);
      }
      child = children_.erase(child);
    }
    const auto now = Clock::now();
    for (Child& child : children_) {
      if (child.killed || now < end_of(child)) continue;
      ::kill(child.pid, SIGKILL);
      child.killed = true;
      child.hurried = now < child.started + longest_;
    }
  }
  std::vector<int> ends() const {
    std::vector<int> all;
    for (const Child& child : children_) all.push_back(child.end.get());
    return all;
  }
  // For poll(): until one is to be killed, or is to be looked at.
  int patience() const {
    auto until = Clock::time_point::max();
    const auto now = Clock::now();
    for (const Child& child : children_) {
      if (!child.killed) until = std::min(until, end_of(child));
      if (!child.end.is_open()) until = std::min(until, now + kMoment);
    }
    if (until == Clock::time_point::max()) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - now);
    return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
  }
  void add(pid_t pid, os::Descriptor socket) {
    const auto end = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
    children_.push_back({.pid = pid,
                         .end = os::Descriptor(end),
                         .socket = std::move(socket),
                         .started = Clock::now(),
                         .killed = false,
                         .hurried = false});
  }
  std::size_t count() const { return children_.size(); }
  bool crashed() const { return crashed_; }
  // All are to have ended by then.
  void hurry(std::chrono::seconds longest) { leave_by_ = Clock::now() + longest; }

 private:
  Clock::time_point end_of(const Child& child) const {
    return std::min(child.started + longest_, leave_by_);
  }

  std::chrono::seconds longest_;
  Tell tell_lost_;
  Clock::time_point leave_by_ = Clock::time_point::max();
  std::vector<Child> children_;
  bool crashed_ = false;
};

[[noreturn]] void run_child(const Parent& parent, os::Descriptor socket, std::vector<int> keep) {
  keep.push_back(socket.get());
  keep.push_back(parent.sandbox.held());
  if (!sandbox::close_all_but(keep) || !parent.sandbox.enter()) ::_exit(1);
  const bool well = parent.job(ipc::Channel(std::move(socket), parent.frame_limit_bytes));
  ::_exit(well ? 0 : 1);
}

// Until somebody is at the door (true), a child ends, or is to be killed. What children have to say
// is recorded meanwhile.
bool wait(const Parent& parent, const Children& children, bool at_the_door) {
  std::vector<pollfd> ready;
  const auto expect = [&](int fd) { ready.push_back({.fd = fd, .events = POLLIN, .revents = 0}); };
  expect(at_the_door ? parent.doors.fd() : -1);
  std::ranges::for_each(children.ends(), expect);
  const std::size_t speakers = ready.size();
  if (parent.desk != nullptr) std::ranges::for_each(parent.desk->sockets(), expect);
  if (::poll(ready.data(), ready.size(), children.patience()) <= 0) return false;
  std::vector<int> speaking;
  for (const pollfd& one : std::span(ready).subspan(speakers)) {
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
  if (pid == 0) run_child(parent, *std::move(door), std::move(keep));
  // The front sees the end of a socket that nobody holds any more.
  if (pid > 0) children.add(pid, parent.tell_lost ? *std::move(door) : os::Descriptor());
  if (parent.after_fork) parent.after_fork();
  return true;
}

}  // namespace

bool was_a_knock(const core::Error& error) { return error.code == core::ErrorCode::kNotFound; }

bool said_or_unwanted(const core::Result<void>& sent) {
  return sent || sent.error().code == core::ErrorCode::kNotFound;
}

int run_parent(Parent parent) {
  Children children(parent.longest_job, [&parent](os::Descriptor socket, Lost lost) {
    parent.tell_lost(ipc::Channel(std::move(socket), parent.frame_limit_bytes), lost);
  });
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
