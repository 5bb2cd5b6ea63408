#include "gateway/api/from_config.h"

#include <algorithm>
#include <atomic>
#include <functional>

#include "gateway/api/listeners.h"
#include "gateway/database/membership.h"
#include "gateway/database/server.h"
#include "gateway/ops/version.h"
#include "gateway/service/courts.h"

namespace heyan::api {
namespace {

constexpr std::chrono::seconds kBetweenLooks{1};  // for what other gateways changed

// By account, of the system's own answers.
std::map<std::string, std::string> languages_of(const ops::Config& config) {
  std::map<std::string, std::string> languages;
  for (const ops::Webhook& one : config.webhooks) languages[one.account] = one.language;
  return languages;
}

std::map<std::string, std::chrono::milliseconds> patience_of(const ops::Config& config) {
  std::map<std::string, std::chrono::milliseconds> patience;
  for (const ops::Webhook& one : config.webhooks)
    patience[one.account] = std::chrono::seconds(one.seconds);
  return patience;
}

}  // namespace

std::set<std::string, std::less<>> adapters_of(const ops::Config& config) {
  std::set<std::string, std::less<>> adapters;
  for (const auto& [adapter, settings] : config.courts) adapters.insert(adapter);
  return adapters;
}

std::vector<CourtSystem> court_systems_of(const ops::Config& config) {
  std::vector<CourtSystem> systems;
  for (const ops::CourtSystem& one : config.court_systems) {
    CourtSystem system{.key = {},
                       .court = {.code = one.court_code, .name = one.court_name},
                       .account = one.account};
    std::ranges::copy(one.spki_sha256, system.key.begin());
    systems.push_back(std::move(system));
  }
  return systems;
}

std::vector<std::string> codes_of_courts(const ops::Config& config) {
  std::vector<std::string> courts;
  for (const ops::Court& one : ops::courts_of(config)) courts.push_back(one.code);
  return courts;
}

std::vector<Court> courts_of_people(const ops::Config& config) {
  std::vector<Court> courts;
  for (const ops::Court& one : ops::courts_of(config))
    courts.push_back({.code = one.code, .name = one.name, .assignment = one.assignment});
  return courts;
}

std::map<std::string, bool> accounts_told(const ops::Config& config) {
  std::map<std::string, bool> accounts;
  for (const ops::Webhook& one : config.webhooks) accounts[one.account] = one.answers;
  return accounts;
}

std::vector<Listener> addresses_of(const ops::Listen& listen) {
  return {{std::string(kPublic), ops::to_string(listen.people)},
          {std::string(kCourtSystems), ops::to_string(listen.court)},
          {std::string(kPreviews), ops::to_string(listen.preview)},
          {std::string(kMetricsListener), ops::to_string(listen.metrics)}};
}

std::vector<Provider> providers_of(const ops::Config& config) {
  std::vector<Provider> providers;
  for (const ops::Oidc& one : config.oidc) {
    providers.push_back({.id = one.id,
                         .issuer = one.issuer,
                         .authorization = one.authorization,
                         .client_id = one.client_id,
                         .redirect = one.redirect,
                         .acr = one.require_acr,
                         .sends_issuer = one.sends_issuer,
                         .litigants = one.litigants,
                         .title_zh = one.title_zh,
                         .title_en = one.title_en});
  }
  return providers;
}

std::chrono::milliseconds patience_with_providers(const ops::Config& config) {
  unsigned seconds = 0;
  for (const ops::Oidc& one : config.oidc) seconds = std::max(seconds, one.seconds);
  return std::chrono::seconds(seconds);
}

std::vector<std::string> witnesses_of(const ops::Config& config) {
  std::vector<std::string> names;
  for (const ops::LogWitness& one : config.witnesses) names.push_back(one.name());
  return names;
}

Settings settings_of(const ops::Config& config) {
  Settings settings;
  settings.court_systems = court_systems_of(config);
  settings.courts = adapters_of(config);
  settings.staging = config.state / "staging";
  settings.public_log = config.state / "log";
  settings.log_origin = config.log_name;
  settings.courts_of_people = courts_of_people(config);
  settings.providers = providers_of(config);
  settings.account_rate = steady_rate(config.limits.changes_per_second);
  settings.people_rate = steady_rate(config.people.requests_per_second);
  settings.public_rate = slow_rate(config.limits.checks_per_minute);
  settings.access_hours = config.people.access_hours;
  settings.scans = config.scanner.has_value();
  settings.deletion_wait = std::chrono::days(config.retention.wait_days);
  settings.propose_after = std::chrono::days(config.retention.propose_after_days);
  settings.upload_life = std::chrono::seconds(config.limits.upload_seconds);
  settings.listeners = addresses_of(config.listen);
  if (config.database) settings.looks_again = kBetweenLooks;
  return settings;
}

service::StampDesk::Settings desk_settings(const ops::Tsa& tsa, Observer& observer) {
  return {.patience = std::chrono::seconds(tsa.seconds),
          .on_document = std::bind_front(&Observer::document_stamped, &observer)};
}

service::Courier::Settings courier_settings(const ops::Config& config,
                                            service::SignerClient& signer,
                                            const service::Acceptance& acceptance,
                                            const service::Renderers& rendering, Observer& observer,
                                            std::function<std::int64_t()> now_ms) {
  return {
      .patience = patience_of(config),
      .now_ms = std::move(now_ms),
      .has_time = [&signer] { return signer.has_time(); },
      .own_answer =
          [&acceptance, &rendering,
           languages = languages_of(config)](const store::Delivery& delivery) {
            const auto language = languages.find(delivery.account);
            return service::own_answer(acceptance, rendering, delivery,
                                       language == languages.end() ? "zh" : language->second);
          },
      .on_tried = [&observer](const auto& delivery, auto outcome, auto fault,
                              auto status) { observer.told(delivery, outcome, fault, status); }};
}

accounts::Settings session_settings(const ops::People& people,
                                    std::function<std::int64_t()> now_ms) {
  constexpr std::int64_t kSecond = 1000;
  return {.idle_ms = kSecond * people.idle_seconds,
          .life_ms = kSecond * people.session_seconds,
          .now_ms = std::move(now_ms)};
}

service::Deleter::Settings deleter_settings(const ops::Config& config, audit::Trail& trail,
                                            Observer& observer,
                                            std::function<std::int64_t()> now_ms) {
  return {.now_ms = std::move(now_ms),
          .log = config.log_name,
          .record =
              [&trail](service::Deleter::Step step, const store::Deletion& deletion) {
                const bool begins = step == service::Deleter::Step::kBegins;
                audit::Entry entry{
                    .event = begins ? audit::Event::kDeletionBegun : audit::Event::kDeleted,
                    .subject = deletion.submission};
                entry.detail.set("log", deletion.log).set("logIndex", deletion.deletion_index);
                return trail.append(entry);
              },
          .on_tried = std::bind_front(&Observer::deletion_tried, &observer)};
}

service::Sealer::Settings sealer_settings(const ops::Config& config, const ops::Log& log) {
  return {.courts = codes_of_courts(config), .on_done = [&log](const auto& sealed) {
            log.say("front.vault_sealed", {{"files", sealed.files}, {"left", sealed.left}});
          }};
}

service::CanaryCaller::Settings canary_settings(const ops::Config& config, Observer& observer) {
  return {.every = std::chrono::seconds(config.canary.every_seconds),
          .on_called = std::bind_front(&Observer::canaries_called, &observer)};
}

service::VaultSweep::Settings sweep_settings(const ops::Config& config, const ops::Log& log,
                                             Observer& observer) {
  return {.courts = codes_of_courts(config),
          .names = config.state / "front/sweep",
          .list = config.state / "front/vault.left",
          .on_done =
              [&log](const auto& removed, const auto& left) {
                const auto say = [&log](std::string_view event, const auto& files) {
                  if (files.files == 0) return;
                  log.say(event, {{"files", files.files}, {"bytes", files.bytes}});
                };
                say("front.vault_swept", removed);
                say("front.vault_left", left);
              },
          .on_failed = std::bind_front(&Observer::vault_not_swept, &observer)};
}

service::ObjectStore::Settings bucket_settings(const ops::Bucket& bucket,
                                               const std::filesystem::path& staging,
                                               const ops::Log& log) {
  service::ObjectStore::Settings settings;
  settings.temporaries = staging;
  settings.where = ops::url_of(ops::address_of(bucket));
  settings.on_changed = [&log](bool there, std::string_view fault, std::uint32_t status) {
    if (there)
      log.say("front.vault_back");
    else
      log.say("front.vault_away", {{"fault", fault}, {"httpStatus", std::uint64_t{status}}});
  };
  return settings;
}

audit::Entry beginning(const ops::Config& config) {
  core::json::Value webhooks{core::json::Value::Array{}};
  for (const ops::Webhook& one : config.webhooks) webhooks.push(one.account);
  audit::Entry entry{.event = audit::Event::kStarted};
  entry.detail.set("version", ops::software_version()).set("webhooks", std::move(webhooks));
  return entry;
}

service::RecordAccepted record_accepted(audit::Trail& trail, Observer& observer) {
  return [&trail, &observer](const std::string& submission, const v1::Session& session) {
    audit::Entry entry{
        .event = audit::Event::kAccepted, .actor = session.account_id(), .subject = submission};
    entry.detail.set("court", session.court().code());
    auto recorded = trail.append(entry);
    if (!recorded) observer.event("front.audit_trail_failed");
    return recorded;
  };
}

service::RecordLost record_lost(audit::Trail& trail, Observer& observer) {
  return [&trail, &observer](const store::Job& job, const service::JudgingFailed& failed) {
    audit::Entry entry{.event = audit::Event::kJudged,
                       .subject = job.submission,
                       .outcome = audit::Outcome::kFailed};
    entry.detail.set("attempt", std::uint64_t{job.attempts})
        .set("reason", failed.code)
        .set("version", std::uint64_t{job.version});
    auto recorded = trail.append(entry);
    if (!recorded) observer.event("front.audit_trail_failed");
    return recorded;
  };
}

service::Scanner::Settings scanner_settings(const ops::Scanner& scanner, Observer& observer,
                                            std::function<std::int64_t()> now_ms) {
  return {.patience = std::chrono::seconds(scanner.seconds),
          .max_bytes = scanner.max_bytes,
          .now_ms = std::move(now_ms),
          .on_tried = std::bind_front(&Observer::scanned, &observer)};
}

audit::TrailSettings trail_settings(const ops::Config& config,
                                    std::function<std::int64_t()> now_ms) {
  return {.folder = config.state / "audit/front",
          .writer = "front",
          .keep = std::chrono::days(config.audit.keep_days),
          .now = [now_ms = std::move(now_ms)] { return core::from_unix_ms(now_ms()); }};
}

core::Result<std::optional<postgres::Settings>> server_of(const ops::Config& config,
                                                          const ops::Log& log) {
  if (!config.database) return std::nullopt;
  HEYAN_TRY(postgres::Settings server, database::as_front(*config.database));
  server.on_changed = [&log, there = std::make_shared<std::atomic<bool>>(true)](bool now) {
    if (there->exchange(now) != now) log.say(now ? "front.database_back" : "front.database_away");
  };
  return server;
}

core::Result<std::string> misplaced_role(const ops::Config& config,
                                         const std::optional<postgres::Settings>& server) {
  if (!server) return std::string();
  HEYAN_TRY(const auto wrong,
            database::misplaced(
                *server, database::memberships_of_front(*config.database, config.listen.serves)));
  return wrong ? wrong->what + ". " + wrong->remedy : std::string();
}

core::Result<std::unique_ptr<store::Store>> open_store(
    const ops::Config& config, const std::optional<postgres::Settings>& server,
    store::Store::Listener changed) {
  if (server) {
    store::Store::Shared shared{.server = *server};
    // Those who verify take up what was verified.
    if (!does_acts_of_court(config)) shared.looks_every = {};
    return store::Store::open(shared, std::move(changed));
  }
  return store::Store::open(config.state / "front/front.db", std::move(changed));
}

core::Result<std::unique_ptr<accounts::People>> open_people(
    const ops::Config& config, const std::optional<postgres::Settings>& server) {
  return server ? accounts::People::open(*server)
                : accounts::People::open(config.state / accounts::kFile);
}

std::function<bool(const std::string& account)> others_of(const ops::Config& config,
                                                          accounts::People& people) {
  if (does_acts_of_court(config)) return {};
  return [&people](const std::string& account) {
    if (!account.starts_with(accounts::kStoredPrefix)) return false;
    // On a server the staff are not there at all. Unknown for now: asked again.
    const auto found = people.find(std::string(accounts::shown_account(account)));
    return found && *found && (*found)->person.role == accounts::Role::kLitigant;
  };
}

service::Cosigner::Settings cosigner_settings(const ops::Config& config, store::Store& store,
                                              Observer& observer) {
  return {.witnesses = witnesses_of(config),
          .on_tried = std::bind_front(&Observer::cosigned, &observer),
          .ours = [&store, may = does_acts_of_court(config)] {
            return may && store.has_duty(store::Duty::kCosigning).value_or(false);
          }};
}

std::function<bool()> there_of(const std::optional<service::Scanner>& scanner) {
  if (!scanner) return {};
  return [&scanner = *scanner] { return scanner.is_there(); };
}

std::function<bool(std::chrono::milliseconds)> there_of(service::ObjectStore* bucket) {
  if (bucket == nullptr) return {};
  return [bucket](std::chrono::milliseconds patience) { return bucket->is_there(patience); };
}

}  // namespace heyan::api
