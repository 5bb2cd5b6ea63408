// heyan-signer: the only process that holds the court's keys. Started by the supervisor.
//
//   heyan-signer --config FILE --front FD --judges FD --renderers FD
//
// Exit status: 0 the front is gone, 2 usage, 65 configuration, keys or trust bundle, 75 the token
// does not sign any more, 77 the token is not for this program, which a person must look at, 70
// anything else.
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>

#include "gateway/database/server.h"
#include "gateway/keys/certificates.h"
#include "gateway/keys/gateway_keys.h"
#include "gateway/keys/signer_settings.h"
#include "gateway/keys/trust_bundle.h"
#include "gateway/ops/config.h"
#include "gateway/ops/log.h"
#include "gateway/ops/program_words.h"
#include "gateway/ops/version.h"
#include "gateway/os/heap.h"
#include "gateway/sandbox/enter.h"
#include "gateway/selftest/self_test.h"
#include "gateway/signer/serve.h"

namespace heyan::signer {
namespace {

constexpr int kOk = 0;
constexpr int kUsage = 2;
constexpr int kMalformed = 65;
constexpr int kInternal = 70;
constexpr int kStartMeAfresh = 75;
constexpr int kOfAPerson = 77;  // whoever starts us again and again locks the token
constexpr std::array<std::string_view, 4> kWords = {"config", "front", "judges", "renderers"};

Keys keys_of(keys::GatewayKeys loaded) {
  const auto signer = [](keys::SigningPair pair) {
    return report::ReportSigner{std::move(pair.key), {std::move(pair.certificate)}};
  };
  return {.report = {signer(std::move(loaded.report_es256)), signer(std::move(loaded.report_sm2))},
          .receipt = signer(std::move(loaded.receipt)),
          .seal = signer(std::move(loaded.seal)),
          .xml_seal = signer(std::move(loaded.xml_seal)),
          .statement = signer(std::move(loaded.statement)),
          .log = std::move(loaded.log),
          .log_name = std::move(loaded.log_name)};
}

core::UtcTime machine_time() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

// Which keys it has, and the list that it goes by.
audit::Entry beginning(const keys::GatewayKeys& keys, const trust::TrustBundle& bundle) {
  core::json::Value certificates{core::json::Value::Array{}};
  for (const keys::SigningPair* pair : {&keys.report_es256, &keys.report_sm2, &keys.receipt,
                                        &keys.seal, &keys.xml_seal, &keys.statement}) {
    certificates.push(core::to_hex(pair->certificate.sha256()));
  }
  audit::Entry entry{.event = audit::Event::kStarted};
  entry.detail.set("version", ops::software_version())
      .set("log", keys.log_name)
      .set("certificates", std::move(certificates))
      .set("trustBundle", bundle.id)
      .set("trustVersion", bundle.version);
  return entry;
}

core::Result<std::unique_ptr<Signer>> open_signer(const std::optional<postgres::Settings>& server,
                                                  Settings settings, Keys keys) {
  return server ? Signer::open(*server, std::move(settings), std::move(keys))
                : Signer::open(std::move(settings), std::move(keys));
}

intake::Refusal older_bundle(const ops::Trust& configured, const trust::TrustBundle& bundle,
                             std::int64_t seen) {
  return {
      .what = fmt::format("{}: it is version {} of {}, and version {} was in use before",
                          configured.bundle.string(), bundle.version, bundle.id, seen),
      .defects = {},
      .remedy = fmt::format("Put version {0} or a later one back; to go back to an earlier list, "
                            "have it signed anew with a version above {0} (heyan trust sign)",
                            seen)};
}

bool make_folder(const std::filesystem::path& folder, mode_t mode) {
  return ::mkdir(folder.c_str(), mode) == 0 || errno == EEXIST;
}

class Program {
 public:
  int run(std::span<const char* const> words) {
    const auto read = ops::read_program_words(words, kWords);
    if (!read) return fail(kUsage, "signer.usage", read.error());
    os::Descriptor front = ops::inherited(read->find("front")->second);
    os::Descriptor judges = ops::inherited(read->find("judges")->second);
    os::Descriptor renderers = ops::inherited(read->find("renderers")->second);
    if (!front.is_open() || !judges.is_open() || !renderers.is_open()) {
      return fail(kUsage, "signer.usage", "a descriptor is not open");
    }
    const auto config = ops::load_config(read->find("config")->second);
    if (!config) {
      log_.say_each("signer.configuration", config.error());
      return kMalformed;
    }
    os::keep_heap_small();
    return start(*config, std::move(front),
                 {.judges = std::move(judges), .renderers = std::move(renderers)});
  }

 private:
  int start(const ops::Config& config, os::Descriptor front, Doors doors) {
    if (!selftest::all_passed(selftest::run_known_answers()) ||
        !selftest::all_passed(selftest::run_signing())) {
      return fail(kInternal, "signer.self_test_failed", "do not use this machine");
    }
    auto keys =
        keys::load_gateway_keys(config.state / "keys", config.token,
                                [this](const std::string& why) { token_does_not_sign_ = why; });
    if (!keys) {
      if (!token_does_not_sign_.empty()) {
        log_.say("signer.token", {{"detail", token_does_not_sign_}});
      }
      const bool refused = config.token && keys.error().code == core::ErrorCode::kUnsupported;
      return fail(refused ? kOfAPerson : kMalformed, "signer.keys", keys.error(), "state.folder");
    }
    if (const auto own = keys::expect_own_log(config); !own) {
      return fail(kMalformed, "signer.keys", own.error(), "log.name");
    }
    say_what_ends_soon(config.state / "keys");
    const auto bundle =
        keys::load_trust_bundle(config.trust.bundle, config.trust.keys, config.trust.at_least);
    if (!bundle) return fail(kMalformed, "signer.trust_bundle", bundle.error().what);
    const std::filesystem::path folder = config.state / "signer";
    const std::filesystem::path tiles = config.state / "log";
    std::vector<crypto::Certificate> authorities;
    if (config.tsa) {
      auto loaded = keys::load_clock_authorities(*config.tsa);
      if (!loaded) return fail("signer.time_stamp_authority", loaded.error(), "tsa.authorities");
      authorities = *std::move(loaded);
    }
    std::optional<std::string> follows{""};
    if (!config.log_follows.empty()) {
      auto loaded = keys::load_followed(config);
      if (!loaded) return fail(kMalformed, "signer.log_follows", loaded.error(), "log.follows");
      follows = *std::move(loaded);
    }
    const bool follows_lacking = !follows;
    auto witnesses = keys::load_witnesses(config);
    if (!witnesses) return fail("signer.witness", witnesses.error(), "witness.vkey");
    const std::filesystem::path trails = config.state / "audit";
    if (!make_folder(folder, 0700) || !make_folder(tiles, 0755) || !make_folder(trails, 0700)) {
      return fail(kInternal, "signer.state",
                  config.state.string() + ": signer/, log/ or audit/ cannot be made in it");
    }
    const auto trail = audit::Trail::open({.folder = trails / "signer",
                                           .writer = "signer",
                                           .keep = std::chrono::days(config.audit.keep_days),
                                           .now = machine_time});
    if (!trail) return fail(kInternal, "signer.audit_trail", trail.error().text);
    if (const auto recorded = (*trail)->append(beginning(*keys, *bundle)); !recorded) {
      return fail(kInternal, "signer.audit_trail", recorded.error().text);
    }
    auto server = server_of(config);
    if (!server) {
      return fail(kInternal, "signer.database_password",
                  intake::refusal_of(server.error(), config.database->signer_password.string(), ""),
                  "database.signer_password_file");
    }
    std::optional<std::int64_t> newer_bundle;
    auto signer = open_signer(
        *server,
        {.folder = folder,
         .public_log = tiles,
         .bundle = *bundle,
         .production = config.production,
         .follows = std::move(follows).value_or(""),
         .follows_lacking = follows_lacking,
         .clock = Clock::of_this_machine(),
         .litigants = config.listen.serves == ops::Serves::kLitigants,
         .witnesses = *std::move(witnesses),
         .authorities = std::move(authorities),
         .clock_trouble =
             [this](std::string_view why) {
               log_.say("signer.clock_not_believed", {{"detail", why}});
             },
         .canaries_every = std::chrono::seconds(config.canary.every_seconds),
         .stopped =
             [this](std::string_view reason, std::string_view detail) {
               log_.say("signer.stopped_signing", {{"reason", reason}, {"detail", detail}});
             },
         .trail = trail->get(),
         .trails = {trails / "front", trails / "judge", trails / "accounts"},
         .trail_trouble =
             [this](std::string_view why) { log_.say("signer.audit_trail", {{"detail", why}}); },
         .certificate_trouble =
             [this](std::string_view name, const crypto::Certificate& certificate) {
               say_validity("signer.certificate_not_valid", name, certificate);
             },
         .newer_bundle_seen = [&newer_bundle](std::int64_t version) { newer_bundle = version; },
         .lost_token = [this] { return !token_does_not_sign_.empty(); }},
        keys_of(*std::move(keys)));
    if (!signer && follows_lacking && signer.error().code == core::ErrorCode::kNotFound) {
      return fail(
          kMalformed, "signer.log_follows",
          intake::refusal_of(signer.error(), config.log_follows.string(), keys::kBringFollowed),
          "log.follows");
    }
    if (!signer && newer_bundle) {
      return fail(kMalformed, "signer.open", older_bundle(config.trust, *bundle, *newer_bundle),
                  "trust.bundle");
    }
    if (!signer) return fail(kInternal, "signer.open", signer.error().text);
    sandbox::Profile profile = sandbox::default_profile(sandbox::Role::kSigner);
    profile.writable = {folder, tiles, trails / "signer"};
    profile.readable = {trails};
    if (config.database) database::permit(*config.database, profile);
    if (config.token)
      std::ranges::copy(config.token->folders, std::back_inserter(profile.writable));
    const auto degraded = sandbox::enter(profile);
    if (!degraded) return fail(kInternal, "signer.sandbox", degraded.error().text);
    for (const std::string_view lacking : *degraded) {
      log_.say("signer.sandbox_degraded", {{"lacking", lacking}});
    }
    log_.say("signer.started", {{"version", ops::software_version()},
                                {"trustBundle", bundle->id},
                                {"trustVersion", bundle->version},
                                {"sample", bundle->sample}});
    return end_of(serve(**signer, std::move(front), std::move(doors)));
  }

  // Those that are not valid any more the signer tells of.
  void say_what_ends_soon(const std::filesystem::path& keys) const {
    const auto certificates = keys::load_certificates(keys);
    if (!certificates) return;
    for (const auto& [name, certificate] : *certificates) {
      if (keys::validity_of(certificate, machine_time()) != keys::Validity::kEndsSoon) continue;
      say_validity("signer.certificate_ends_soon", name, certificate);
    }
  }

  void say_validity(std::string_view event, std::string_view name,
                    const crypto::Certificate& certificate) const {
    log_.say(event, {{"certificate", name},
                     {"validFrom", core::format_rfc3339(certificate.not_before())},
                     {"validUntil", core::format_rfc3339(certificate.not_after())},
                     {"remedy", "heyan keys renew --config FILE, then restart"}});
  }

  core::Result<std::optional<postgres::Settings>> server_of(const ops::Config& config) const {
    if (!config.database) return std::nullopt;
    HEYAN_TRY(postgres::Settings server, database::as_signer(*config.database));
    server.on_changed = [this](bool there) {
      log_.say(there ? "signer.database_back" : "signer.database_away");
    };
    return server;
  }

  int end_of(Ended ended) const {
    switch (ended) {
      case Ended::kFrontGone:
        log_.say("signer.stopped");
        return kOk;
      case Ended::kFrontStrange:
        return fail(kInternal, "signer.front_strange", "the front said what it must not");
      case Ended::kDoorStrange:
        return fail(kInternal, "signer.door_strange", "the judges' door said what it must not");
      case Ended::kTokenLost:
        return fail(kStartMeAfresh, "signer.token", token_does_not_sign_);
      case Ended::kNoWaiting:
        break;
    }
    return fail(kInternal, "signer.no_waiting", "the system does not let us wait");
  }

  int fail(int status, std::string_view event, std::string_view detail) const {
    log_.say(event, {{"detail", detail}, {"status", status}});
    return status;
  }
  // `key`: of the configuration.
  int fail(int status, std::string_view event, const intake::Refusal& refusal,
           std::string_view key) const {
    const std::string remedy = refusal.remedy.empty() ? "" : ". " + refusal.remedy;
    return fail(status, event, std::string(key) + ": " + refusal.what + remedy);
  }
  int fail(std::string_view event, const std::vector<intake::Refusal>& all,
           std::string_view key) const {
    for (const intake::Refusal& one : all) fail(kMalformed, event, one, key);
    return kMalformed;
  }

  ops::Log log_{"heyan-signer"};
  std::string token_does_not_sign_;  // why
};

}  // namespace
}  // namespace heyan::signer

int main(int count, char** words) {
  std::signal(SIGPIPE, SIG_IGN);
  const std::span all(words, static_cast<std::size_t>(count));
  const int status =
      heyan::signer::Program().run(all.subspan(std::min<std::size_t>(1, all.size())));
  // Everything is closed by now. What a run time does on the way out (a leak check starts a
  // process) the sandbox would take for an attack.
  std::_Exit(status);
}
