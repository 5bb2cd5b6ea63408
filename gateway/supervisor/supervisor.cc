#include "gateway/supervisor/supervisor.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

#include "gateway/ipc/channel.h"
#include "gateway/ops/log.h"
#include "gateway/os/descriptor.h"
#include "gateway/supervisor/child.h"
#include "gateway/supervisor/service_manager.h"

namespace heyan::supervisor {
namespace {

using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

constexpr int kUsage = 2;
constexpr int kMalformed = 65;
constexpr int kInternal = 70;
constexpr int kStartMeAfresh = 75;
constexpr int kOfAPerson = 77;
constexpr int kNoProgram = 127;
constexpr int kAnother = 10;  // of the child that looks at the court's trust
constexpr int kNoOther = 11;
constexpr seconds kHaste{5};  // after SIGTERM
constexpr std::chrono::milliseconds kRestartPause{1'000};
constexpr std::chrono::milliseconds kLongestRestartPause{30'000};
constexpr std::chrono::milliseconds kLookForReadiness{100};
constexpr int kMostQuickDeaths = 5;    // in a row
constexpr unsigned kLookSeconds = 30;  // at files of some hundred kilobytes

// The first of these that waits, or 0 after the time.
int wait_for_signal(const sigset_t& signals, std::chrono::milliseconds longest) {
  const auto whole = std::chrono::floor<seconds>(longest);
  const timespec time{.tv_sec = whole.count(),
                      .tv_nsec = std::chrono::nanoseconds(longest - whole).count()};
  return std::max(0, ::sigtimedwait(&signals, nullptr, &time));
}

// Of a worker, which forks for each job: names are resolved once, not in each child; and Botan's
// pool of locked memory, 256 mappings that each fork would copy, is not made where nobody has a
// secret.
constexpr std::array<std::pair<const char*, const char*>, 2> kForked = {
    {{"LD_BIND_NOW", "1"}, {"BOTAN_MLOCK_POOL_SIZE", "0"}}};

// Of a program that keeps what it has for months: else glibc keeps of all that each thread freed
// some pieces of each size, each of which keeps a page.
constexpr std::array<std::pair<const char*, const char*>, 1> kKept = {
    {{"GLIBC_TUNABLES", "glibc.malloc.tcache_count=0"}}};

class Supervisor {
 public:
  explicit Supervisor(const Settings& settings) : settings_(settings) {
    ::sigemptyset(&signals_);
    for (const int one : {SIGTERM, SIGINT, SIGHUP, SIGCHLD}) ::sigaddset(&signals_, one);
    ::sigprocmask(SIG_BLOCK, &signals_, &before_);
  }
  ~Supervisor() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }
  Supervisor(const Supervisor&) = delete;
  Supervisor& operator=(const Supervisor&) = delete;

  int run() {
    while (begin_set()) {
      const After after = watch();
      // Before those that are left take their time to end.
      const bool steady = ready_since_ && Clock::now() - *ready_since_ >= settings_.steady;
      if (after == After::kStop) tell_service_manager("STOPPING=1");
      end_set(grace_of(after));
      if (after == After::kStop) return say_stopped(0);
      if (after == After::kFail) break;
      if (asked_to_stop_) return say_stopped(0);
      if (after == After::kReload) continue;
      if (!pause(steady)) return say_stopped(asked_to_stop_ ? 0 : kInternal);
    }
    return say_stopped(failed_with_);
  }

 private:
  enum class After : std::uint8_t { kNothing, kReload, kStop, kAfresh, kFail };

  std::chrono::milliseconds grace_of(After after) const {
    if (after == After::kStop) return settings_.front_grace;
    return after == After::kReload ? settings_.reload_grace : settings_.afresh_grace;
  }

  // Everything anew: what stands half said in an old channel must not reach a new program.
  bool begin_set() {
    after_ = After::kNothing;
    ready_since_.reset();
    if (!take_trust()) return fail("there is no trust list and policy that a court signed");
    if (!make_children()) return fail("channels");
    for (Child& child : children_) {
      if (!start(child)) {
        end_set(settings_.afresh_grace);
        return fail(child.name);
      }
      log_.say("supervisor.started", {{"child", child.name}, {"pid", child.pid}});
    }
    ready_write_.reset();
    return true;
  }

  bool take_trust() {
    const Trust taken = settings_.take_trust();
    if (!taken.refused.empty()) say_refused(taken.refused);
    trust_ = taken.sealed;
    return trust_ >= 0;
  }

  After watch() {
    while (after_ == After::kNothing) {
      const int signal = wait_for_signal(signals_, ready_since_ ? seconds(1) : kLookForReadiness);
      note_readiness();
      if (signal == SIGTERM || signal == SIGINT) return After::kStop;
      if (signal == SIGHUP) read_anew();
      collect(false);
      restart();
    }
    return after_;
  }

  // The front reads its certificates anew by itself.
  void read_anew() {
    if (runs(children_.back())) ::kill(children_.back().pid, SIGHUP);
    if (another_trust_is_offered()) after_ = After::kReload;
  }

  bool another_trust_is_offered() {
    if (!settings_.look_at_trust) return false;
    const pid_t looking = ::fork();
    if (looking == 0) {
      ::alarm(kLookSeconds);
      const Offer offer = settings_.look_at_trust();
      if (offer.what == Offer::Is::kRefused) say_refused(offer.detail);
      ::_exit(offer.what == Offer::Is::kNew ? kAnother : kNoOther);
    }
    int status = 0;
    if (looking < 0 || ::waitpid(looking, &status, 0) != looking || !WIFEXITED(status)) {
      say_refused("it could not be looked at");
      return false;
    }
    if (WEXITSTATUS(status) != kAnother) return false;
    log_.say("supervisor.trust_taken");
    return true;
  }

  // The front writes a byte when it serves.
  void note_readiness() {
    char byte = 0;
    if (ready_since_ || ::read(ready_read_.get(), &byte, 1) != 1) return;
    ready_since_ = Clock::now();
    log_.say("supervisor.ready");
    tell_service_manager("READY=1");
  }

  // Before a new set: longer after each that came to nothing. False: it is enough, or whoever runs
  // this has enough.
  bool pause(bool steady) {
    quick_deaths_ = steady ? 0 : quick_deaths_ + 1;
    if (quick_deaths_ >= kMostQuickDeaths) {
      return fail("the gateway ended again and again soon after its start; see the lines above");
    }
    auto wait = settings_.pause * (quick_deaths_ == 0 ? 0 : 1 << (quick_deaths_ - 1));
    log_.say("supervisor.afresh",
             {{"pauseMs", std::int64_t{wait.count()}}, {"quickDeaths", quick_deaths_}});
    const auto until = Clock::now() + wait;
    while ((wait = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now())).count() >
           0) {
      if (is_asked_to_stop(wait)) return false;
    }
    return true;
  }

  bool make_children() {
    std::array<int, 2> ready{};
    if (::pipe2(ready.data(), O_CLOEXEC | O_NONBLOCK) != 0) return false;
    ready_read_ = os::Descriptor(ready[0]);
    ready_write_ = os::Descriptor(ready[1]);
    for (ipc::Pair& pair : pairs_) {
      auto made = ipc::make_pair();
      if (!made) return false;
      pair = *std::move(made);
    }
    const auto& [signer, judges, renderers, box, judge, render, draw, egress, stamps, witnesses,
                 scans, identities, objects] = pairs_;
    const auto program = [&](const char* name) { return (settings_.programs / name).string(); };
    const std::string config = settings_.config.string();
    children_ = {
        {.name = "signer",
         .words = {program("heyan-signer"), "--config", config},
         .ends = {{"--front", signer.b.get()},
                  {"--judges", judges.b.get()},
                  {"--renderers", renderers.b.get()}},
         .environment = {kKept.begin(), kKept.end()}},
        worker("box", config, {{"--front", box.b.get()}, {"--trust", trust_}}),
        worker("judge", config,
               {{"--front", judge.b.get()}, {"--signer", judges.a.get()}, {"--trust", trust_}}),
        worker("render", config, {{"--front", render.b.get()}, {"--signer", renderers.a.get()}}),
        {.name = "draw",
         .words = {program("heyan-draw"), "--config", config},
         .ends = {{"--front", draw.b.get()}},
         .environment = {kForked.begin(), kForked.end()},
         .may_restart = true},
        {.name = "front",
         .words = {program("heyan-front"), "--config", config},
         .ends = {{"--signer", signer.a.get()},
                  {"--box", box.a.get()},
                  {"--judge", judge.a.get()},
                  {"--render", render.a.get()},
                  {"--draw", draw.a.get()},
                  {"--egress", egress.a.get()},
                  {"--stamps", stamps.a.get()},
                  {"--witnesses", witnesses.a.get()},
                  {"--scans", scans.a.get()},
                  {"--identities", identities.a.get()},
                  {"--objects", objects.a.get()},
                  {"--ready", ready_write_.get()}},
         .environment = {kKept.begin(), kKept.end()}},
    };
    if (settings_.with_egress) {
      children_.insert(std::prev(children_.end()),
                       {.name = "egress",
                        .words = {program("heyan-egress"), "--config", config},
                        .ends = {{"--front", egress.b.get()},
                                 {"--stamps", stamps.b.get()},
                                 {"--witnesses", witnesses.b.get()},
                                 {"--scans", scans.b.get()},
                                 {"--identities", identities.b.get()},
                                 {"--objects", objects.b.get()}},
                        .may_restart = true});
    }
    return true;
  }

  Child worker(const char* mode, const std::string& config,
               std::vector<std::pair<std::string, int>> ends) const {
    return {.name = mode,
            .words = {(settings_.programs / "heyan-worker").string(), mode, "--config", config},
            .ends = std::move(ends),
            .environment = {kForked.begin(), kForked.end()},
            .may_restart = true};
  }

  // Those that ended, and what follows from it.
  void collect(bool stopping) {
    int status = 0;
    for (pid_t pid = 0; (pid = ::waitpid(-1, &status, WNOHANG)) > 0;) {
      const auto child = std::ranges::find(children_, pid, &Child::pid);
      if (child == children_.end()) continue;
      child->pid = 0;
      const bool killed = !WIFEXITED(status);
      const int code = killed ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
      log_.say("supervisor.child_ended", {{"child", child->name}, {"status", code}});
      if (stopping) continue;
      const After after = after_end_of(*child, killed, code);
      if (after == After::kFail) fail(child->name + " cannot work; see the lines above");
      if (after == After::kFail && code == kOfAPerson) failed_with_ = kOfAPerson;
      after_ = std::max(after_, after);
      if (after_ == After::kNothing) choose_pause(*child, is_hopeless(code));
    }
  }

  static bool is_hopeless(int code) {
    return code == kUsage || code == kMalformed || code == kNoProgram;
  }

  // What a program says of its words, its configuration or this machine is no better next time;
  // but signer and front may also lose each other's trust while they serve, and what a worker finds
  // on the disk then may be a file that somebody is editing, or a half-installed version: that ends
  // nothing that serves.
  After after_end_of(const Child& child, bool killed, int code) const {
    const bool alone = child.may_restart;
    if (killed || code == 0 || code == kStartMeAfresh)
      return alone ? After::kNothing : After::kAfresh;
    if (!ready_since_) return After::kFail;
    if (alone) return is_hopeless(code) ? After::kNothing : After::kFail;
    return is_hopeless(code) ? After::kFail : After::kAfresh;
  }

  void choose_pause(Child& child, bool hopeless) {
    child.pause = hopeless ? std::min(2 * child.pause, kLongestRestartPause) : kRestartPause;
    if (!hopeless) return;
    log_.say("supervisor.cannot_restart",
             {{"child", child.name}, {"pauseMs", std::int64_t{child.pause.count()}}});
  }

  void restart() {
    for (Child& child : children_) {
      if (after_ != After::kNothing || child.pid != 0 || Clock::now() - child.started < child.pause)
        continue;
      if (!start(child)) continue;  // tried again in a second
      log_.say("supervisor.restarted", {{"child", child.name}, {"pid", child.pid}});
    }
  }

  bool runs(const Child& child) const { return child.pid != 0; }

  // False where somebody still runs after the time, or a signal asks for haste.
  template <typename Which>
  bool wait_until_gone(Which which, std::chrono::milliseconds longest) {
    const auto until = Clock::now() + longest;
    while (true) {
      collect(true);
      if (std::ranges::none_of(children_, which)) return true;
      if (Clock::now() >= until) return false;
      if (is_asked_to_stop(std::chrono::milliseconds(100))) return false;
    }
  }

  // What it is asked while it ends a set, or pauses before a new one, holds afterwards.
  bool is_asked_to_stop(std::chrono::milliseconds longest) {
    const int signal = wait_for_signal(signals_, longest);
    if (signal != SIGTERM && signal != SIGINT) return false;
    asked_to_stop_ = true;
    return true;
  }

  void send_all(int signal) const {
    for (const Child& child : children_) {
      if (runs(child)) ::kill(child.pid, signal);
    }
  }

  // The front ends what it has begun; then the channels close, and the others end with their jobs.
  void end_set(std::chrono::milliseconds front_grace) {
    const auto any = [this](const Child& child) { return runs(child); };
    const Child& front = children_.back();
    log_.say("supervisor.stopping");
    if (runs(front)) ::kill(front.pid, SIGTERM);
    wait_until_gone([&](const Child& child) { return &child == &front && runs(child); },
                    front_grace);
    pairs_ = {};
    if (wait_until_gone(any, std::min(front_grace, settings_.grace))) return;
    send_all(SIGTERM);
    if (wait_until_gone(any, kHaste)) return;
    send_all(SIGKILL);
    wait_until_gone(any, kHaste);
  }

  void say_refused(std::string_view why) {
    log_.say("supervisor.trust_refused", {{"detail", why}});
  }
  bool fail(std::string_view what) {
    log_.say("supervisor.failed", {{"what", what}});
    return false;
  }
  int say_stopped(int status) {
    log_.say("supervisor.stopped", {{"status", status}});
    return status;
  }

  const Settings& settings_;
  ops::Log log_{"heyan-supervisor"};
  sigset_t signals_{};
  sigset_t before_{};
  // signer (a: front), doors of judges and renderers (b: signer), box, judge, render, draw,
  // egress: webhooks, stamps, witnesses, scans, identities, doors of objects
  std::array<ipc::Pair, 13> pairs_;
  std::vector<Child> children_;  // the front last
  int trust_ = -1;
  os::Descriptor ready_read_;
  os::Descriptor ready_write_;
  std::optional<Clock::time_point> ready_since_;
  After after_ = After::kNothing;
  bool asked_to_stop_ = false;
  int failed_with_ = kInternal;
  int quick_deaths_ = 0;  // in a row
};

}  // namespace

int supervise(const Settings& settings) { return Supervisor(settings).run(); }

}  // namespace heyan::supervisor
