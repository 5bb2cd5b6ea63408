// heyan-front: receives, asks the other processes, answers. It holds no key of ours but that of
// TLS.
//
//   heyan-front --config FILE --signer FD --box FD --judge FD --render FD --draw FD --egress FD
//               --stamps FD --witnesses FD --scans FD --identities FD --objects FD --ready FD
//
// It writes a byte to --ready when it serves and its signer answered. Exit status: 0 it was asked
// to end, 2 usage, 65 configuration, 75 start everything afresh, 70 otherwise. SIGHUP: read the TLS
// files again.
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "gateway/api/api.h"
#include "gateway/api/from_config.h"
#include "gateway/api/listeners.h"
#include "gateway/api/observer.h"
#include "gateway/database/server.h"
#include "gateway/front/server.h"
#include "gateway/ipc/frame_limits.h"
#include "gateway/ops/config.h"
#include "gateway/ops/log.h"
#include "gateway/ops/program_words.h"
#include "gateway/ops/version.h"
#include "gateway/os/heap.h"
#include "gateway/os/load.h"
#include "gateway/sandbox/self_test.h"
#include "gateway/service/canary_caller.h"
#include "gateway/service/clock_comparer.h"
#include "gateway/service/cosigner.h"
#include "gateway/service/courier.h"
#include "gateway/service/courts.h"
#include "gateway/service/deleter.h"
#include "gateway/service/housekeeping.h"
#include "gateway/service/object_store.h"
#include "gateway/service/sealer.h"
#include "gateway/service/stamper.h"

namespace heyan::api {
namespace {

constexpr int kUsage = 2;
constexpr int kMalformed = 65;
constexpr int kInternal = 70;
constexpr int kAfresh = 75;
constexpr std::chrono::seconds kGrace{20};
constexpr std::array<std::string_view, 13> kWords = {
    "config", "signer",    "box",   "judge",      "render",  "draw", "egress",
    "stamps", "witnesses", "scans", "identities", "objects", "ready"};

std::int64_t now_ms() {
  return core::to_unix_ms(
      std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now()));
}

sigset_t signals_waited_for() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int one : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, one);
  return signals;
}

class Program {
 public:
  int run(std::span<const char* const> words) {
    const auto read = ops::read_program_words(words, kWords);
    if (!read) return fail(kUsage, "front.usage", read.error());
    for (const auto& [name, word] : *read) {
      if (name == "config") continue;
      os::Descriptor descriptor = ops::inherited(word);
      if (!descriptor.is_open()) return fail(kUsage, "front.usage", "a descriptor is not open");
      ends_.emplace(name, std::move(descriptor));
    }
    const auto config = ops::load_config(read->find("config")->second);
    if (!config) {
      log_.say_each("front.configuration", config.error());
      return kMalformed;
    }
    os::keep_heap_small();
    // Waited for below, by this thread alone.
    const sigset_t signals = signals_waited_for();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return open(*config);
  }

 private:
  int open(const ops::Config& config) {
    const auto listeners = listeners_of(config);
    if (!listeners) return fail(kMalformed, "front.tls", listeners.error().text);
    auto listening = front::listen_on(*listeners);
    if (!listening) return fail(kInternal, "front.listen", listening.error().text);
    auto pages = Pages::read(ops::program_folder().parent_path() / "share/heyan/pages");
    if (!pages) return fail(kInternal, "front.pages", pages.error().text);
    if (!pages->are_there()) log_.say("front.without_pages");
    pages_ = *std::move(pages);
    const std::filesystem::path staging = config.state / "staging";
    if (const auto cleaned = store::clean_staging(staging); !cleaned) {
      const std::string what = staging.string() + ": ";
      return fail(kInternal, "front.staging", what + std::string(cleaned.error().text));
    }
    auto encryption =
        store::vault_encryption(config.vault.encryption, config.vault.key_file, staging);
    if (!encryption) return fail(kInternal, "front.vault_key", encryption.error().text);
    auto gauge = os::LoadGauge::open(config.state);
    if (!gauge) return fail(kInternal, "front.load", gauge.error().text);
    const auto server = server_of(config, log_);
    if (!server) return fail(kInternal, "front.database_password", server.error().text);
    if (const int status = enter_sandbox(config); status != 0) return status;
    const auto misplaced = misplaced_role(config, *server);
    if (!misplaced) return fail(kInternal, "front.store", misplaced.error().text);
    if (!misplaced->empty()) return fail(kInternal, "front.database_role", *misplaced);
    const auto store =
        open_store(config, *server, [this](const std::string& id) { changed_.about(id).notify(); });
    if (!store) return fail(kInternal, "front.store", store.error().text);
    const auto people = open_people(config, *server);
    if (!people) return fail(kInternal, "front.accounts", people.error().text);
    const auto contents = service::ContentIndex::open(**store, config.state / "front/contents.key",
                                                      now_ms(), config.database.has_value());
    if (!contents) return fail(kInternal, "front.contents_key", contents.error().text);
    if ((*contents)->began()) log_.say("front.contents_began");
    std::optional<service::ObjectStore> bucket;
    if (config.vault.s3) {
      bucket.emplace(bucket_settings(*config.vault.s3, staging, log_), take("objects"));
    }
    service::ObjectStore* const elsewhere = bucket ? &*bucket : nullptr;
    const auto vault =
        store::Vault::open(config.state / "vault", *std::move(encryption), elsewhere);
    if (!vault) return fail(kInternal, "front.vault", vault.error().text);
    if ((*vault)->wrapped_anew() > 0) {
      log_.say("front.vault_keys_wrapped", {{"courts", (*vault)->wrapped_anew()}});
    }
    const auto trail = audit::Trail::open(trail_settings(config, now_ms));
    if (!trail) return fail(kInternal, "front.audit_trail", trail.error().text);
    const int status = serve(config, *std::move(listening), *gauge, **store, **people, **vault,
                             elsewhere, **contents, **trail);
    static_cast<void>((*trail)->append({.event = audit::Event::kStopped}));
    return status;
  }

  // Tried before it is entered: each act must have been stopped. Before there is any thread.
  int enter_sandbox(const ops::Config& config) {
    for (const char* folder : {"audit", "audit/front"}) {
      static_cast<void>(::mkdir((config.state / folder).c_str(), 0700));
    }
    std::error_code error;
    for (const char* folder : {"front", "receiving", "vault", "log"}) {
      std::filesystem::create_directories(config.state / folder, error);
    }
    sandbox::Profile profile = sandbox::default_profile(sandbox::Role::kFront);
    profile.writable = {config.state / "front", config.state / "staging",
                        config.state / "receiving", config.state / "vault",
                        config.state / "audit/front"};
    profile.readable = tls_folders(config);
    profile.readable.push_back(config.state / "log");
    if (config.database) database::permit(*config.database, profile);
    const auto probes = sandbox::self_test(profile);
    if (!probes) return fail(kInternal, "front.sandbox_failed", probes.error().text);
    const std::string_view act = sandbox::first_not_stopped(*probes);
    if (!act.empty()) return fail(kInternal, "front.sandbox_failed", act);
    self_test_.at_ms = now_ms();
    for (const sandbox::Probe& probe : *probes) {
      self_test_.stopped.emplace_back(sandbox::name(probe.act));
    }
    const auto degraded = sandbox::enter(profile);
    if (!degraded) return fail(kInternal, "front.sandbox", degraded.error().text);
    for (const std::string_view lacking : *degraded) {
      log_.say("front.sandbox_degraded", {{"lacking", lacking}});
      self_test_.lacking.emplace_back(lacking);
    }
    return 0;
  }

  int serve(const ops::Config& config, std::vector<front::Listening> listening,
            const os::LoadGauge& gauge, store::Store& store, accounts::People& people,
            store::Vault& vault, service::ObjectStore* bucket,
            const service::ContentIndex& contents, audit::Trail& trail) {
    if (const auto recorded = trail.append(beginning(config)); !recorded) {
      return fail(kInternal, "front.audit_trail", recorded.error().text);
    }
    Observer observer(log_, self_test_.at_ms, witnesses_of(config));
    vault.on_mended(std::bind_front(&Observer::vault_mended, &observer));
    service::SignerClient signer(take("signer"));
    signer.receipts().on_altered([&observer] { observer.receipt_differs(); });
    ipc::Doors boxes(take("box"), ipc::kBoxFrameBytes);
    ipc::Doors judges(take("judge"), ipc::kJudgeFrameBytes);
    ipc::Doors renderers(take("render"), ipc::kRenderFrameBytes);
    ipc::Doors drawers(take("draw"), ipc::kDrawFrameBytes);
    std::optional<service::StampDesk> stamps;
    if (config.tsa) stamps.emplace(desk_settings(*config.tsa, observer), take("stamps"));
    const service::Renderers rendering{.doors = renderers, .stamps = stamps ? &*stamps : nullptr};
    const service::WebhookEvents events(accounts_told(config), now_ms);
    service::KeysInUse keys;
    service::Acceptance acceptance{store, vault, signer, boxes, keys, &contents};
    acceptance.limits = {.file_bytes = config.limits.file_bytes,
                         .submission_bytes = config.limits.submission_bytes};
    acceptance.people_listed = config.uploads.people_listed;
    acceptance.now_ms = now_ms;
    acceptance.record = record_accepted(trail, observer);
    const bool of_court = does_acts_of_court(config);
    std::optional<service::Courier> courier;
    if (of_court) {
      courier.emplace(courier_settings(config, signer, acceptance, rendering, observer, now_ms),
                      store, take("egress"));
    }
    std::optional<service::Stamper> stamper;
    std::optional<service::ClockComparer> clock;
    if (stamps && of_court) {
      stamper.emplace(
          service::Stamper::Settings{.now_ms = now_ms,
                                     .on_tried = std::bind_front(&Observer::stamped, &observer)},
          store, *stamps);
    }
    if (stamps)
      clock.emplace(service::ClockComparer::Settings{.on_compared = std::bind_front(
                                                         &Observer::clock_compared, &observer)},
                    signer, *stamps);
    std::optional<service::Cosigner> cosigner;
    if (!config.witnesses.empty()) {
      cosigner.emplace(cosigner_settings(config, store, observer), signer, take("witnesses"));
      cosigner->wait_until_met();
    }
    std::optional<service::Scanner> scanner;
    if (config.scanner) {
      scanner.emplace(scanner_settings(*config.scanner, observer, now_ms), store, vault,
                      take("scans"));
    }
    std::optional<service::IdentityDesk> identities;
    if (!config.oidc.empty())
      identities.emplace(patience_with_providers(config), take("identities"));
    service::Dispatcher dispatcher(
        {.at_once = of_court ? ops::judges_at_once(config.limits) : 0,
         .boxes = &boxes,
         .contents = &contents,
         .staging = config.state / "staging",
         .now_ms = now_ms,
         .tell = [&events](const service::Ended& ended) { return events.tell(ended); },
         .record_lost = record_lost(trail, observer),
         .on_ended = std::bind_front(&Observer::attempted, &observer),
         .on_not_claimed = std::bind_front(&Observer::not_claimed, &observer)},
        store, vault, judges);
    const service::CanaryCaller canaries(canary_settings(config, observer), judges);
    service::VaultSweep sweep(sweep_settings(config, log_, observer), store, vault);
    std::optional<service::Housekeeper> housekeeper;
    std::optional<service::Deleter> deleter;
    if (of_court) {
      housekeeper.emplace(store, sweep, now_ms, [&signer] { return signer.has_time(); });
      deleter.emplace(deleter_settings(config, trail, observer, now_ms), store, vault, signer);
    }
    std::optional<service::Sealer> sealer;
    // What several gateways share was encrypted from its beginning.
    if (vault.encrypts() && !config.database) {
      sealer.emplace(sealer_settings(config, log_), store, vault);
    }
    const double full = config.limits.full_percent / 100.0;
    service::Readiness readiness({.load = [&gauge] { return gauge.read(); },
                                  .now_ms = now_ms,
                                  .staging = config.state / "staging",
                                  .full = full,
                                  .stamps = stamper.has_value(),
                                  .scanner = there_of(scanner),
                                  .vault = there_of(bucket)},
                                 signer, store, boxes, judges, renderers);
    std::unique_ptr<front::Server> server;
    const std::chrono::seconds life(config.limits.upload_seconds);
    const auto receiver =
        service::Receiver::start({.folder = config.state / "receiving",
                                  .life = life,
                                  .shared = config.database.has_value(),
                                  .others_of = others_of(config, people),
                                  .now_ms = now_ms,
                                  .has_room =
                                      [&gauge, full](std::uint64_t bytes) {
                                        const auto disk = gauge.disk(bytes);
                                        return !disk || *disk < full;
                                      },
                                  .accepted = [&dispatcher] { dispatcher.wake(); },
                                  .not_accepted =
                                      [&observer](const auto& submission, const auto& error) {
                                        observer.not_accepted(submission, error);
                                      }},
                                 acceptance);
    // Threads that wait for the bucket are waited for when this ends.
    const auto give_up = [bucket] {
      if (bucket != nullptr) bucket->stop();
    };
    if (!receiver) {
      give_up();
      return fail(kInternal, "front.receiving", receiver.error().text);
    }
    accounts::Accounts accounts(session_settings(config.people, now_ms), people);
    Settings settings = settings_of(config);
    settings.pages = std::move(pages_);
    settings.self_test = self_test_;
    settings.started_at_ms = now_ms();
    settings.now_ms = now_ms;
    Api api(
        std::move(settings),
        {.acceptance = acceptance,
         .accounts = accounts,
         .identities = identities ? &*identities : nullptr,
         .dispatcher = dispatcher,
         .receiver = **receiver,
         .renderers = rendering,
         .drawers = drawers,
         .changed = changed_,
         .readiness = readiness,
         .observer = observer,
         .trail = trail,
         .connections = [&server] { return server == nullptr ? 0 : server->connections(); },
         .tls_until = [&server] { return server == nullptr ? std::nullopt : server->tls_until(); },
         .preview_port =
             [&server] { return server == nullptr ? std::uint16_t{0} : server->port(kPreviews); }});
    front::ServerOptions options;
    options.workers = 16;
    options.connections_per_client = config.limits.connections_per_client;
    options.on_answered = [&observer](const front::Answered& one) { observer.answered(one); };
    options.on_event = [&observer](std::string_view event) { observer.event(event); };
    auto started = front::Server::start(options, std::move(listening), api);
    if (!started) {
      give_up();
      return fail(kInternal, "front.listen", started.error().text);
    }
    server = *std::move(started);
    log_.say("front.started", {{"version", ops::software_version()},
                               {"serves", ops::name(config.listen.serves)},
                               {"public", ops::to_string(config.listen.people)},
                               {"court", ops::to_string(config.listen.court)},
                               {"preview", ops::to_string(config.listen.preview)},
                               {"metrics", ops::to_string(config.listen.metrics)}});
    if (signer.answers()) static_cast<void>(!::write(ends_.find("ready")->second.get(), "r", 1));
    const auto egress_lost = [&] {
      return (courier && courier->is_lost()) || (stamps && stamps->is_lost()) ||
             (cosigner && cosigner->is_lost()) || (scanner && scanner->is_lost()) ||
             (identities && identities->is_lost());
    };
    const int status = wait_for_end(config, *server, signer, egress_lost);
    server->begin_stop();
    changed_.notify_all();  // whoever waits or streams sees that it ends
    server->stop(kGrace, give_up);
    log_.say("front.stopped");
    return status;
  }

  // SIGHUP: the TLS files were renewed.
  int wait_for_end(const ops::Config& config, front::Server& server,
                   const service::SignerClient& signer,
                   const std::function<bool()>& egress_lost) const {
    const sigset_t signals = signals_waited_for();
    constexpr timespec kSecond{.tv_sec = 1, .tv_nsec = 0};
    constexpr std::uint64_t kTrimSeconds = 60;
    for (std::uint64_t second = 1;; ++second) {
      if (second % kTrimSeconds == 0) os::give_back_unused();
      const int received = ::sigtimedwait(&signals, nullptr, &kSecond);
      if (received == SIGTERM || received == SIGINT) return 0;
      if (received == SIGHUP) {
        if (const auto reloaded = reload_tls(config, server); reloaded) {
          log_.say("front.tls_reloaded");
        } else {
          log_.say("front.tls_kept", {{"detail", reloaded.error().text}});
        }
      }
      // One that does not answer in time cannot be asked again.
      if (signer.is_lost()) return fail(kAfresh, "front.signer_lost", "the signer does not answer");
      if (egress_lost()) return fail(kAfresh, "front.egress_lost", "heyan-egress does not work");
    }
  }

  // Each is one part's.
  os::Descriptor take(std::string_view name) { return std::move(ends_.find(name)->second); }

  int fail(int status, std::string_view event, std::string_view detail) const {
    log_.say(event, {{"detail", detail}, {"status", status}});
    return status;
  }

  ops::Log log_{"heyan-front"};
  std::map<std::string, os::Descriptor, std::less<>> ends_;  // of channels, by their words
  front::Signals changed_;
  Pages pages_;
  SelfTest self_test_;
};

}  // namespace
}  // namespace heyan::api

int main(int count, char** words) {
  std::signal(SIGPIPE, SIG_IGN);
  const std::span all(words, static_cast<std::size_t>(count));
  const int status = heyan::api::Program().run(all.subspan(std::min<std::size_t>(1, all.size())));
  // What a run time does on the way out (a leak check starts a process) the sandbox would take for
  // an attack.
  std::_Exit(status);
}
