#include "gateway/supervisor/supervisor.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "gateway/ipc/channel.h"
#include "gateway/ops/log.h"
#include "gateway/supervisor/child.h"

namespace heyan::supervisor {
namespace {

using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

constexpr int kInternal = 70;
constexpr int kAfresh = 75;
constexpr seconds kHaste{5};  // after SIGTERM
constexpr seconds kRestartPause{1};

// The first of these that waits, or 0 after the time.
int wait_for_signal(const sigset_t& signals, std::chrono::milliseconds longest) {
  const auto whole = std::chrono::floor<seconds>(longest);
  const timespec time{.tv_sec = whole.count(),
                      .tv_nsec = std::chrono::nanoseconds(longest - whole).count()};
  return std::max(0, ::sigtimedwait(&signals, nullptr, &time));
}

class Supervisor {
 public:
  explicit Supervisor(const Settings& settings) : settings_(settings) {
    ::sigemptyset(&signals_);
    for (const int one : {SIGTERM, SIGINT, SIGCHLD}) ::sigaddset(&signals_, one);
    ::sigprocmask(SIG_BLOCK, &signals_, &before_);
  }
  ~Supervisor() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }
  Supervisor(const Supervisor&) = delete;
  Supervisor& operator=(const Supervisor&) = delete;

  int run() {
    if (!make_children()) return fail("channels");
    for (Child& child : children_) {
      if (!start(child)) return fail(child.name);
      log_.say("supervisor.started", {{"child", child.name}, {"pid", child.pid}});
    }
    while (!ended_) {
      const int signal = wait_for_signal(signals_, seconds(1));
      if (signal == SIGTERM || signal == SIGINT) break;
      collect(false);
      restart();
    }
    stop();
    return ended_ ? kInternal : 0;
  }

 private:
  bool make_children() {
    for (ipc::Pair& pair : pairs_) {
      auto made = ipc::make_pair();
      if (!made) return false;
      pair = *std::move(made);
    }
    const auto& [signer, door, box, judge, render] = pairs_;
    const auto program = [&](const char* name) { return (settings_.programs / name).string(); };
    const std::string config = settings_.config.string();
    children_ = {
        {.name = "signer",
         .words = {program("heyan-signer"), "--config", config},
         .ends = {{"--front", signer.b.get()}, {"--judges", door.b.get()}}},
        worker("box", config, {{"--front", box.b.get()}}),
        worker("judge", config, {{"--front", judge.b.get()}, {"--signer", door.a.get()}}),
        worker("render", config, {{"--front", render.b.get()}}),
        {.name = "front",
         .words = {program("heyan-front"), "--config", config},
         .ends = {{"--signer", signer.a.get()},
                  {"--box", box.a.get()},
                  {"--judge", judge.a.get()},
                  {"--render", render.a.get()}}},
    };
    return true;
  }

  Child worker(const char* mode, const std::string& config,
               std::vector<std::pair<std::string, int>> ends) const {
    return {.name = mode,
            .words = {(settings_.programs / "heyan-worker").string(), mode, "--config", config},
            .ends = std::move(ends),
            .may_restart = true};
  }

  // Those that ended. Where nothing is being stopped, one that must not end it all does.
  void collect(bool stopping) {
    int status = 0;
    for (pid_t pid = 0; (pid = ::waitpid(-1, &status, WNOHANG)) > 0;) {
      const auto child = std::ranges::find(children_, pid, &Child::pid);
      if (child == children_.end()) continue;
      child->pid = 0;
      const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
      log_.say("supervisor.child_ended", {{"child", child->name}, {"status", code}});
      const bool again = child->may_restart && (!WIFEXITED(status) || code == 0 || code == kAfresh);
      if (!again && !stopping) ended_ = true;
    }
  }

  void restart() {
    for (Child& child : children_) {
      if (ended_ || child.pid != 0 || Clock::now() - child.started < kRestartPause) continue;
      if (!start(child)) continue;  // tried again in a second
      log_.say("supervisor.restarted", {{"child", child.name}, {"pid", child.pid}});
    }
  }

  bool runs(const Child& child) const { return child.pid != 0; }

  // False where somebody still runs after the time, or a second signal asks for haste.
  template <typename Which>
  bool wait_until_gone(Which which, std::chrono::milliseconds longest) {
    const auto until = Clock::now() + longest;
    while (true) {
      collect(true);
      if (std::ranges::none_of(children_, which)) return true;
      if (Clock::now() >= until) return false;
      const int signal = wait_for_signal(signals_, std::chrono::milliseconds(100));
      if (signal == SIGTERM || signal == SIGINT) return false;
    }
  }

  void send_all(int signal) const {
    for (const Child& child : children_) {
      if (runs(child)) ::kill(child.pid, signal);
    }
  }

  // The front ends what it has begun; then the channels close, and the others end with their jobs.
  void stop() {
    const auto any = [this](const Child& child) { return runs(child); };
    const Child& front = children_.back();
    log_.say("supervisor.stopping");
    if (runs(front)) ::kill(front.pid, SIGTERM);
    wait_until_gone([&](const Child& child) { return &child == &front && runs(child); },
                    settings_.front_grace);
    pairs_ = {};
    if (!wait_until_gone(any, settings_.grace)) {
      send_all(SIGTERM);
      if (!wait_until_gone(any, kHaste)) {
        send_all(SIGKILL);
        wait_until_gone(any, kHaste);
      }
    }
    log_.say("supervisor.stopped");
  }

  int fail(std::string_view what) {
    log_.say("supervisor.failed", {{"what", what}});
    stop();
    return kInternal;
  }

  const Settings& settings_;
  ops::Log log_{"heyan-supervisor"};
  sigset_t signals_{};
  sigset_t before_{};
  std::array<ipc::Pair, 5> pairs_;  // signer (a: front), door (a: judge), box, judge, render
  std::vector<Child> children_;     // the front last
  bool ended_ = false;
};

}  // namespace

int supervise(const Settings& settings) { return Supervisor(settings).run(); }

}  // namespace heyan::supervisor
