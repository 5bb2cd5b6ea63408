// heyan-witness: cosigns the checkpoints of transparency logs (docs/witness.md).
//
//   heyan-witness --folder DIR
//
// Exit status: 0 it was asked to end, 2 usage, 65 its folder is not as it must be, 70 otherwise.
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>

#include "gateway/front/server.h"
#include "gateway/ops/log.h"
#include "gateway/ops/program_words.h"
#include "gateway/ops/version.h"
#include "gateway/sandbox/enter.h"
#include "gateway/sandbox/self_test.h"
#include "gateway/witness/handler.h"
#include "gateway/witness/settings.h"

namespace heyan::witness {
namespace {

constexpr int kUsage = 2;
constexpr int kMalformed = 65;
constexpr int kInternal = 70;
constexpr std::chrono::seconds kGrace{20};
constexpr std::array<std::string_view, 1> kWords = {"folder"};

std::uint64_t now_seconds() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(
      std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::seconds>(now).count()));
}

sigset_t signals_waited_for() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int one : {SIGTERM, SIGINT}) sigaddset(&signals, one);
  return signals;
}

class Program {
 public:
  int run(std::span<const char* const> words) {
    const auto read = ops::read_program_words(words, kWords);
    if (!read) return fail(kUsage, "witness.usage", read.error());
    const std::filesystem::path folder = read->find("folder")->second;
    auto settings = load_settings(folder);
    if (!settings) {
      log_.say_each("witness.configuration", settings.error());
      return kMalformed;
    }
    // Waited for below, by this thread alone.
    const sigset_t signals = signals_waited_for();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    auto listening = front::listen_on({{.name = "witness",
                                        .address = settings->listen.host,
                                        .port = settings->listen.port,
                                        .tls = nullptr}});
    if (!listening) return fail(kInternal, "witness.listen", listening.error().text);
    if (const int status = enter_sandbox(folder); status != 0) return status;
    auto holdings = open_witness(folder, settings->name);
    if (!holdings) return fail(kMalformed, "witness.folder", holdings.error().what);
    Witness witness(settings->name, holdings->key, std::move(settings->logs), *holdings->memory,
                    now_seconds);
    return serve(settings->listen, *std::move(listening), witness);
  }

 private:
  // Tried before it is entered: each act must have been stopped. Before there is any thread.
  int enter_sandbox(const std::filesystem::path& folder) {
    sandbox::Profile profile = sandbox::default_profile(sandbox::Role::kFront);
    profile.writable = {folder};
    const auto probes = sandbox::self_test(profile);
    if (!probes) return fail(kInternal, "witness.sandbox_failed", probes.error().text);
    const std::string_view act = sandbox::first_not_stopped(*probes);
    if (!act.empty()) return fail(kInternal, "witness.sandbox_failed", act);
    const auto degraded = sandbox::enter(profile);
    if (!degraded) return fail(kInternal, "witness.sandbox", degraded.error().text);
    for (const std::string_view lacking : *degraded) {
      log_.say("witness.sandbox_degraded", {{"lacking", lacking}});
    }
    return 0;
  }

  int serve(const ops::Address& address, std::vector<front::Listening> listening,
            Witness& witness) {
    Handler handler(witness, log_);
    front::ServerOptions options;
    options.on_event = [this](std::string_view event) { log_.say(event); };
    const auto server = front::Server::start(options, std::move(listening), handler);
    if (!server) return fail(kInternal, "witness.listen", server.error().text);
    log_.say("witness.started",
             {{"version", ops::software_version()}, {"address", ops::to_string(address)}});
    const sigset_t signals = signals_waited_for();
    int received = 0;
    ::sigwait(&signals, &received);
    (*server)->stop(kGrace);
    log_.say("witness.stopped");
    return 0;
  }

  int fail(int status, std::string_view event, std::string_view detail) const {
    log_.say(event, {{"detail", detail}, {"status", status}});
    return status;
  }

  ops::Log log_{"heyan-witness"};
};

}  // namespace
}  // namespace heyan::witness

int main(int count, char** words) {
  std::signal(SIGPIPE, SIG_IGN);
  const std::span all(words, static_cast<std::size_t>(count));
  const int status =
      heyan::witness::Program().run(all.subspan(std::min<std::size_t>(1, all.size())));
  // What a run time does on the way out the sandbox would take for an attack.
  std::_Exit(status);
}
