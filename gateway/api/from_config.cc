#include "gateway/api/from_config.h"

#include <algorithm>
#include <functional>

#include "gateway/api/listeners.h"
#include "gateway/ops/version.h"

namespace heyan::api {

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
    courts.push_back({.code = one.code, .name = one.name});
  return courts;
}

std::map<std::string, bool> accounts_told(const ops::Config& config) {
  std::map<std::string, bool> accounts;
  for (const ops::Webhook& one : config.webhooks) accounts[one.account] = one.answers;
  return accounts;
}

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

service::StampDesk::Settings desk_settings(const ops::Tsa& tsa, Observer& observer) {
  return {.patience = std::chrono::seconds(tsa.seconds),
          .on_document = std::bind_front(&Observer::document_stamped, &observer)};
}

accounts::Settings session_settings(const ops::People& people,
                                    std::function<std::int64_t()> now_ms) {
  constexpr std::int64_t kSecond = 1000;
  return {.idle_ms = kSecond * people.idle_seconds,
          .life_ms = kSecond * people.session_seconds,
          .now_ms = std::move(now_ms)};
}

service::Sealer::Settings sealer_settings(const ops::Config& config, const ops::Log& log) {
  return {.courts = codes_of_courts(config), .on_done = [&log](const auto& sealed) {
            log.say("front.vault_sealed", {{"files", sealed.files}, {"left", sealed.left}});
          }};
}

service::ObjectStore::Settings bucket_settings(const std::filesystem::path& staging,
                                               const ops::Log& log) {
  service::ObjectStore::Settings settings;
  settings.temporaries = staging;
  settings.on_changed = [&log](bool there, std::string_view fault, std::uint32_t status) {
    if (there)
      log.say("front.vault_back");
    else
      log.say("front.vault_away", {{"fault", fault}, {"httpStatus", std::uint64_t{status}}});
  };
  return settings;
}

std::function<bool()> there_of(const std::optional<service::Scanner>& scanner) {
  if (!scanner) return {};
  return [&scanner = *scanner] { return scanner.is_there(); };
}

std::function<bool(std::chrono::milliseconds)> there_of(service::ObjectStore* bucket) {
  if (bucket == nullptr) return {};
  return [bucket](std::chrono::milliseconds patience) { return bucket->is_there(patience); };
}

audit::Entry beginning(const ops::Config& config) {
  core::json::Value webhooks{core::json::Value::Array{}};
  for (const ops::Webhook& one : config.webhooks) webhooks.push(one.account);
  audit::Entry entry{.event = audit::Event::kStarted};
  entry.detail.set("version", ops::software_version()).set("webhooks", std::move(webhooks));
  return entry;
}

}  // namespace heyan::api
