// heyan-worker: the parent of a kind of worker. Started by the supervisor, one for each kind.
//
//   heyan-worker box --config FILE --front FD --trust FD
//   heyan-worker judge --config FILE --front FD --signer FD --trust FD
//   heyan-worker render --config FILE --front FD --signer FD
//
// It holds no secret, and no descriptor but these. List and policy are those that it is handed
// with the court's signature, which it verifies: what the signer goes by as well, whatever lies on
// the disk by now. Exit status: 0 the front is
// gone, 75 start me afresh, 2 usage, 65 configuration, certificates, or a list of which this build
// makes nothing, 70 this machine does not do what it must.
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <optional>

#include "gateway/audit/trail.h"
#include "gateway/ipc/frame_limits.h"
#include "gateway/keys/report_issuer.h"
#include "gateway/keys/trust_in_force.h"
#include "gateway/ops/config.h"
#include "gateway/ops/log.h"
#include "gateway/ops/program_words.h"
#include "gateway/ops/version.h"
#include "gateway/pdf/fonts.h"
#include "gateway/sandbox/self_test.h"
#include "gateway/selftest/self_test.h"
#include "gateway/worker/box.h"
#include "gateway/worker/judge.h"
#include "gateway/worker/parent.h"
#include "gateway/worker/record_desk.h"
#include "gateway/worker/render.h"
#include "gateway/worker/warm.h"

namespace heyan::worker {
namespace {

using core::json::Value;

constexpr int kUsage = 2;
constexpr int kMalformed = 65;
constexpr int kInternal = 70;
constexpr int kAfresh = 75;
constexpr std::size_t kDoorFrameBytes = 64;
constexpr std::array kRoles = {sandbox::Role::kBox, sandbox::Role::kJudge, sandbox::Role::kRender};

std::int64_t now_ms() {
  return core::to_unix_ms(
      std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
}

// Makes each child's socket to the signer: one end goes through the signer's door, the other stays
// for the child that is about to be forked. The front has no end of it.
class SignerDoor {
 public:
  SignerDoor(os::Descriptor door, std::size_t frame_bytes)
      : door_(std::move(door), kDoorFrameBytes), frame_bytes_(frame_bytes) {}

  core::Result<std::vector<int>> prepare() {
    HEYAN_TRY(ipc::Pair pair, ipc::make_pair());
    HEYAN_CHECK_OK(door_.send_door(pair.b, ipc::within(std::chrono::seconds(10))));
    next_ = std::move(pair.a);
    return std::vector<int>{next_.get()};
  }
  // In the child.
  ipc::Channel take() { return {std::move(next_), frame_bytes_}; }
  // In the parent.
  void forget() { next_.reset(); }

 private:
  ipc::Channel door_;
  std::size_t frame_bytes_;  // between child and signer
  os::Descriptor next_;
};

class Program {
 public:
  int run(std::span<const char* const> words) {
    const auto role = std::ranges::find_if(kRoles, [&](sandbox::Role one) {
      return !words.empty() && words.front() == sandbox::name(one);
    });
    if (role == kRoles.end()) return fail(kUsage, "worker.usage", "box, judge or render?");
    role_ = *role;
    log_ = ops::Log("heyan-worker " + std::string(sandbox::name(role_)));
    std::vector<std::string_view> names = {"config", "front"};
    if (asks_signer()) names.emplace_back("signer");
    if (goes_by_trust()) names.emplace_back("trust");
    const auto read = ops::read_program_words(words.subspan(1), names);
    if (!read) return fail(kUsage, "worker.usage", read.error());
    front_ = ops::inherited(read->find("front")->second);
    if (asks_signer()) signer_ = ops::inherited(read->find("signer")->second);
    if (goes_by_trust()) sealed_trust_ = ops::inherited(read->find("trust")->second);
    if (!front_.is_open() || (asks_signer() && !signer_.is_open()) ||
        (goes_by_trust() && !sealed_trust_.is_open())) {
      return fail(kUsage, "worker.usage", "a descriptor is not open");
    }
    auto config = ops::load_config(read->find("config")->second);
    if (!config) {
      log_.say_each("worker.configuration", config.error());
      return kMalformed;
    }
    config_ = *std::move(config);
    return start();
  }

 private:
  bool is_judge() const { return role_ == sandbox::Role::kJudge; }
  bool asks_signer() const { return is_judge() || role_ == sandbox::Role::kRender; }
  bool goes_by_trust() const { return role_ != sandbox::Role::kRender; }

  int start() {
    if (goes_by_trust()) {
      auto trust =
          keys::read_sealed_trust(std::move(sealed_trust_), config_.trust, config_.production);
      if (!trust) return refuse("worker.trust", trust.error());
      trust_ = *std::move(trust);
    }
    if (!is_judge()) {
      courts_.emplace(CourtBench::Courts(config_.courts.begin(), config_.courts.end()));
      if (const std::string fault = courts_->fault(); !fault.empty()) {
        return fail(kMalformed, "worker.configuration", fault);
      }
    }
    if (role_ == sandbox::Role::kBox) {
      auto issuer = keys::load_report_issuer(config_.state / "keys");
      if (!issuer) return refuse("worker.report_keys", issuer.error());
      issuer_ = *std::move(issuer);
    }
    // Libraries find what they need on disk while there still is one.
    if (!selftest::all_passed(selftest::run_known_answers())) {
      return fail(kInternal, "worker.self_test_failed", "do not use this machine");
    }
    self_tested_ = std::chrono::steady_clock::now();
    prepare_messages();
    sandbox::Profile profile = sandbox::default_profile(role_);
    profile.parent = ::getpid();
    if (const int status = test_sandbox(profile); status != 0) return status;
    // After the test of the sandbox, which wants one thread: Pango looks fonts up in another.
    if (role_ == sandbox::Role::kRender) {
      auto fonts = pdf::Fonts::load(pdf::fonts_folder(ops::program_folder()));
      if (!fonts) return fail(kInternal, "worker.fonts", fonts.error().text);
      fonts_ = *std::move(fonts);
    }
    if (is_judge()) {
      if (const int status = open_trail(); status != 0) return status;
    }
    auto sandbox = sandbox::Sandbox::prepare(profile);
    if (!sandbox) return fail(kInternal, "worker.sandbox", sandbox.error().text);
    for (const std::string_view lacking : sandbox->degraded()) {
      log_.say("worker.sandbox_degraded", {{"lacking", lacking}});
    }
    log_.say("worker.started", {{"version", ops::software_version()}});
    const int status = run_parent(parent(*std::move(sandbox)));
    log_.say(status == kAfresh ? "worker.afresh" : "worker.stopped");
    return status;
  }

  // Every act must have been stopped, or no job is taken.
  int test_sandbox(const sandbox::Profile& profile) const {
    const auto probes = sandbox::self_test(profile);
    if (!probes) return fail(kInternal, "worker.sandbox_failed", probes.error().text);
    const std::string_view act = sandbox::first_not_stopped(*probes);
    return act.empty() ? 0 : fail(kInternal, "worker.sandbox_failed", act);
  }

  Parent parent(sandbox::Sandbox sandbox) {
    Parent parent{.doors = ipc::Channel(std::move(front_), kDoorFrameBytes),
                  .sandbox = std::move(sandbox),
                  .frame_limit_bytes = ipc::kBoxFrameBytes,
                  .most_children = ops::judges_at_once(config_.limits),
                  .longest_job = longest_job(),
                  .prepare = {},
                  .after_fork = {},
                  .tell_lost = [](ipc::Channel front, Lost) { tell_box_lost(std::move(front)); },
                  .job =
                      [this](ipc::Channel channel) {
                        return run_box(
                            {.issuer = *issuer_, .courts = *courts_, .trust = trust_->list},
                            std::move(channel));
                      }};
    if (role_ == sandbox::Role::kRender) {
      parent.frame_limit_bytes = ipc::kRenderFrameBytes;
      parent.tell_lost = {};
      ask_through_door(parent, ipc::kSealFrameBytes);
      parent.job = [this](ipc::Channel channel) {
        return run_render({.fonts = *fonts_, .courts = *courts_}, std::move(channel),
                          door_->take());
      };
    }
    if (is_judge()) {
      parent.frame_limit_bytes = ipc::kJudgeFrameBytes;
      ask_through_door(parent, ipc::kJudgeFrameBytes);
      record_through_desk(parent);
      parent.tell_lost = tell_lost;
      parent.job = [this](ipc::Channel channel) {
        const Bench bench{.trust = trust_->list,
                          .policy = trust_->policy,
                          .software_version = std::string(ops::software_version()),
                          .approved_until = trust_->bundle.next_update,
                          .self_tested = self_tested_};
        return run_judge(bench, std::move(channel), door_->take(), desk_->take());
      };
    }
    return parent;
  }

  // Beside the socket to the signer, one to the desk.
  void record_through_desk(Parent& parent) {
    parent.desk = &*desk_;
    parent.prepare = [this]() -> core::Result<std::vector<int>> {
      HEYAN_TRY(std::vector<int> kept, door_->prepare());
      HEYAN_TRY(const int slip, desk_->prepare());
      kept.push_back(slip);
      return kept;
    };
    parent.after_fork = [this] {
      door_->forget();
      desk_->forget();
    };
  }

  // What judges say of their judgements.
  int open_trail() {
    const std::filesystem::path trails = config_.state / "audit";
    static_cast<void>(::mkdir(trails.c_str(), 0700));
    auto trail = audit::Trail::open({.folder = trails / "judge",
                                     .writer = "judge",
                                     .keep = std::chrono::days(config_.audit.keep_days),
                                     .now = [] { return core::from_unix_ms(now_ms()); }});
    if (!trail) return fail(kInternal, "worker.audit_trail", trail.error().text);
    trail_ = *std::move(trail);
    desk_.emplace(*trail_);
    audit::Entry entry{.event = audit::Event::kStarted};
    entry.detail.set("version", ops::software_version());
    const auto recorded = trail_->append(entry);
    return recorded ? 0 : fail(kInternal, "worker.audit_trail", recorded.error().text);
  }

  void ask_through_door(Parent& parent, std::size_t frame_bytes) {
    door_.emplace(std::move(signer_), frame_bytes);
    parent.prepare = [this] { return door_->prepare(); };
    parent.after_fork = [this] { door_->forget(); };
  }

  // By the clock: longer than the processor time that the sandbox grants it, as it also waits.
  std::chrono::seconds longest_job() const {
    return std::chrono::seconds(2 * sandbox::default_profile(role_).cpu_seconds);
  }

  int refuse(std::string_view event, const intake::Refusal& refusal) const {
    for (const contents::Defect& defect : refusal.defects) {
      log_.say(event, {{"detail", defect.detail}});
    }
    return fail(kMalformed, event, refusal.what);
  }
  int fail(int status, std::string_view event, std::string_view detail) const {
    log_.say(event, {{"detail", detail}, {"status", status}});
    return status;
  }

  ops::Log log_{"heyan-worker"};
  sandbox::Role role_ = sandbox::Role::kBox;
  ops::Config config_;
  os::Descriptor front_;
  os::Descriptor signer_;
  os::Descriptor sealed_trust_;
  std::optional<keys::ReportIssuer> issuer_;
  std::optional<CourtBench> courts_;
  std::optional<SignerDoor> door_;
  std::unique_ptr<audit::Trail> trail_;  // the judges'
  std::optional<RecordDesk> desk_;
  std::optional<pdf::Fonts> fonts_;
  std::optional<keys::CourtTrust> trust_;
  std::chrono::steady_clock::time_point self_tested_;
};

}  // namespace
}  // namespace heyan::worker

int main(int count, char** words) {
  std::signal(SIGPIPE, SIG_IGN);
  const std::span all(words, static_cast<std::size_t>(count));
  return heyan::worker::Program().run(all.subspan(std::min<std::size_t>(1, all.size())));
}
