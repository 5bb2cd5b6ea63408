// heyan-draw: the parent of the children that draw pages of PDFs. Started by the supervisor.
//
//   heyan-draw --config FILE --front FD
//
// It holds no secret, and no descriptor but that. Exit status: 0 the front is gone, 75 start me
// afresh, 2 usage, 65 configuration, 70 this machine does not do what it must.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>

#include "gateway/drawing/draw.h"
#include "gateway/drawing/letters.h"
#include "gateway/ipc/frame_limits.h"
#include "gateway/ops/config.h"
#include "gateway/ops/log.h"
#include "gateway/ops/program_words.h"
#include "gateway/ops/version.h"
#include "gateway/sandbox/landlock.h"
#include "gateway/sandbox/self_test.h"
#include "gateway/worker/parent.h"

namespace heyan::drawing {
namespace {

constexpr int kUsage = 2;
constexpr int kMalformed = 65;
constexpr int kInternal = 70;
constexpr int kAfresh = 75;
constexpr std::size_t kDoorFrameBytes = 64;
constexpr std::array<std::string_view, 2> kWords = {"config", "front"};

class Program {
 public:
  int run(std::span<const char* const> words) {
    const auto read = ops::read_program_words(words, kWords);
    if (!read) return fail(kUsage, "draw.usage", read.error());
    os::Descriptor front = ops::inherited(read->find("front")->second);
    if (!front.is_open()) return fail(kUsage, "draw.usage", "a descriptor is not open");
    const auto config = ops::load_config(read->find("config")->second);
    if (!config) {
      log_.say_each("draw.configuration", config.error());
      return kMalformed;
    }
    return start(*config, std::move(front));
  }

 private:
  int start(const ops::Config& config, os::Descriptor front) {
    const sandbox::Profile profile = profile_here();
    const auto probes = sandbox::self_test(profile);
    if (!probes) return fail(kInternal, "draw.sandbox_failed", probes.error().text);
    const std::string_view act = sandbox::first_not_stopped(*probes);
    if (!act.empty()) return fail(kInternal, "draw.sandbox_failed", act);
    auto letters = Letters::load(fonts_);
    if (!letters) return fail(kInternal, "draw.fonts", letters.error().text);
    auto sandbox = sandbox::Sandbox::prepare(profile);
    if (!sandbox) return fail(kInternal, "draw.sandbox", sandbox.error().text);
    for (const std::string_view lacking : sandbox->degraded()) {
      log_.say("draw.sandbox_degraded", {{"lacking", lacking}});
    }
    log_.say("draw.started", {{"version", ops::software_version()}});
    const int status = worker::run_parent(
        {.doors = ipc::Channel(std::move(front), kDoorFrameBytes),
         .sandbox = *std::move(sandbox),
         .frame_limit_bytes = ipc::kDrawFrameBytes,
         .most_children = ops::judges_at_once(config.limits),
         // By the clock: longer than its processor time, as it also waits.
         .longest_job = std::chrono::seconds(2 * profile.cpu_seconds),
         .prepare = {},
         .after_fork = {},
         .tell_lost = [](ipc::Channel told, worker::Lost) { tell_draw_lost(std::move(told)); },
         .job = [](ipc::Channel channel) { return run_draw(std::move(channel)); }});
    log_.say(status == kAfresh ? "draw.afresh" : "draw.stopped");
    return status;
  }

  // Where nothing can say which files are read, none are: letters that a PDF only names are
  // missing then.
  sandbox::Profile profile_here() const {
    sandbox::Profile profile = sandbox::default_profile(sandbox::Role::kDraw);
    profile.parent = ::getpid();
    if (sandbox::limits_paths()) {
      profile.readable = Letters::folders(fonts_);
    } else {
      profile.role = sandbox::Role::kBox;
    }
    return profile;
  }

  int fail(int status, std::string_view event, std::string_view detail) const {
    log_.say(event, {{"detail", detail}, {"status", status}});
    return status;
  }

  ops::Log log_{"heyan-draw"};
  std::filesystem::path fonts_ = fonts_folder(ops::program_folder());
};

}  // namespace
}  // namespace heyan::drawing

int main(int count, char** words) {
  std::signal(SIGPIPE, SIG_IGN);
  const std::span all(words, static_cast<std::size_t>(count));
  return heyan::drawing::Program().run(all.subspan(std::min<std::size_t>(1, all.size())));
}
