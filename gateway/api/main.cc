// heyan-front: receives, asks the other processes, answers. It holds no key of ours but that of
// TLS.
//
//   heyan-front --config FILE --signer FD --box FD --judge FD --render FD
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "gateway/api/api.h"
#include "gateway/front/server.h"
#include "gateway/ipc/frame_limits.h"
#include "gateway/ops/config.h"
#include "gateway/os/folder.h"

namespace heyan::api {
namespace {

constexpr std::size_t kPemBytes = 1u << 20;
constexpr std::chrono::seconds kGrace{20};

[[noreturn]] void fail(const std::string& why) {
  std::fprintf(stderr, "heyan-front: %s\n", why.c_str());
  std::exit(70);
}

template <typename T>
T require(core::Result<T> result, const std::string& what) {
  if (!result) fail(what + ": " + std::string(result.error().text));
  return *std::move(result);
}

struct Arguments {
  std::string config;
  int signer = -1;
  int box = -1;
  int judge = -1;
  int render = -1;
};

Arguments read_arguments(int count, char** words) {
  Arguments arguments;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string name = words[i];
    const std::string value = words[i + 1];
    if (name == "--config") arguments.config = value;
    if (name == "--signer") arguments.signer = std::atoi(value.c_str());
    if (name == "--box") arguments.box = std::atoi(value.c_str());
    if (name == "--judge") arguments.judge = std::atoi(value.c_str());
    if (name == "--render") arguments.render = std::atoi(value.c_str());
  }
  if (arguments.config.empty() || arguments.signer < 0 || arguments.box < 0 ||
      arguments.judge < 0 || arguments.render < 0) {
    std::fprintf(stderr,
                 "usage: heyan-front --config FILE --signer FD --box FD --judge FD --render FD\n"
                 "`heyan serve` starts it with the rest.\n");
    std::exit(2);
  }
  return arguments;
}

std::string read_pem(const std::filesystem::path& path) {
  return core::to_string(require(os::read_named_file(path, kPemBytes), path.string()));
}

std::shared_ptr<const front::TlsContext> tls_of(const ops::Config& config,
                                                front::ClientCertificates clients) {
  front::TlsOptions options{.certificate_chain = read_pem(config.tls.certificate),
                            .private_key = read_pem(config.tls.key),
                            .tls12 = config.tls.tls12,
                            .client_certificates = clients,
                            .client_anchors = {}};
  if (clients != front::ClientCertificates::kNone) {
    options.client_anchors = read_pem(config.tls.client_ca);
  }
  return std::make_shared<front::TlsContext>(require(front::TlsContext::create(options), "TLS"));
}

std::vector<front::ListenerOptions> listeners_of(const ops::Config& config) {
  std::vector<front::ListenerOptions> listeners;
  listeners.push_back({.name = "public",
                       .address = config.listen.people.host,
                       .port = config.listen.people.port,
                       .tls = tls_of(config, front::ClientCertificates::kNone)});
  if (!config.tls.client_ca.empty()) {
    listeners.push_back({.name = "court-systems",
                         .address = config.listen.court.host,
                         .port = config.listen.court.port,
                         .tls = tls_of(config, front::ClientCertificates::kRequired)});
  }
  return listeners;
}

std::vector<CourtSystem> court_systems_of(const ops::Config& config) {
  std::vector<CourtSystem> systems;
  for (const ops::CourtSystem& one : config.court_systems) {
    CourtSystem system{.key = {},
                       .court_code = one.court_code,
                       .court_name = one.court_name,
                       .account = one.account};
    std::ranges::copy(one.spki_sha256, system.key.begin());
    systems.push_back(std::move(system));
  }
  return systems;
}

std::int64_t now_ms() {
  return core::to_unix_ms(
      std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now()));
}

int run(const Arguments& arguments) {
  auto config = ops::load_config(arguments.config);
  if (!config) {
    for (const auto& error : config.error()) {
      std::fprintf(stderr, "heyan-front: %s\n", trust::to_string(error).c_str());
    }
    return 65;
  }
  // Signals are waited for below, by this thread alone.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  const std::filesystem::path state = config->state;
  const std::filesystem::path staging = state / "staging";
  std::filesystem::create_directories(staging);
  std::filesystem::create_directories(state / "front");
  if (const auto cleaned = store::clean_staging(staging); !cleaned)
    fail("staging cannot be cleaned");
  front::Signal changed;
  const auto store =
      require(store::Store::open(state / "front/front.db",
                                 [&changed](const std::string&) { changed.notify(); }),
              "store");
  const auto vault = require(store::Vault::open(state / "vault"), "vault");
  service::SignerClient signer{os::Descriptor(arguments.signer)};
  service::Doors boxes(os::Descriptor(arguments.box), ipc::kBoxFrameBytes);
  service::Doors judges(os::Descriptor(arguments.judge), ipc::kJudgeFrameBytes);
  service::Doors renderers(os::Descriptor(arguments.render), ipc::kRenderFrameBytes);
  const unsigned judges_at_once =
      config->limits.judges != 0 ? config->limits.judges : std::thread::hardware_concurrency();
  service::Dispatcher dispatcher(
      {.at_once = std::max(1u, judges_at_once), .staging = staging, .now_ms = now_ms}, *store,
      *vault, judges);
  Api api({.court_systems = court_systems_of(*config),
           .staging = staging,
           .public_log = state / "log",
           .submission_bytes = config->limits.submission_bytes,
           .now_ms = now_ms},
          {.acceptance = {*store, *vault, signer, boxes},
           .dispatcher = dispatcher,
           .renderers = renderers,
           .changed = changed});
  front::ServerOptions options;
  options.workers = 16;
  const auto server =
      require(front::Server::start(options, listeners_of(*config), api), "listening");
  std::fprintf(stderr, "heyan-front: listening on https://%s and https://%s\n",
               ops::to_string(config->listen.people).c_str(),
               ops::to_string(config->listen.court).c_str());
  int received = 0;
  sigwait(&signals, &received);
  server->stop(kGrace);
  return 0;
}

}  // namespace
}  // namespace heyan::api

int main(int count, char** words) {
  return heyan::api::run(heyan::api::read_arguments(count, words));
}
