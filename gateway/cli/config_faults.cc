#include "gateway/cli/config_faults.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "gateway/database/membership.h"
#include "gateway/database/server.h"
#include "gateway/keys/court_trust.h"
#include "gateway/keys/key_faults.h"
#include "gateway/keys/report_issuer.h"
#include "gateway/keys/signer_settings.h"
#include "gateway/keys/trust_bundle.h"
#include "gateway/log_audit/audit.h"
#include "gateway/log_audit/published_log.h"
#include "gateway/ops/secrets.h"
#include "gateway/os/folder.h"
#include "gateway/signer/trust_seen.h"
#include "gateway/worker/court_box.h"
#include "verifier/core/text.h"
#include "verifier/crypto/tls_pem.h"
#include "verifier/report/log_entry.h"

namespace heyan::cli {
namespace {

using intake::Refusal;
using std::filesystem::path;

constexpr std::size_t kPemBytes = 1u << 20;
constexpr std::size_t kContentsKeyDigits = 64;
constexpr std::string_view kIssuersRemedy =
    "Name a file with who issued the certificate of that server, in PEM.";

std::string line(std::string_view key, const Refusal& refusal) {
  const std::string_view between = refusal.what.ends_with('.') ? " " : ". ";
  return fmt::format("\n  {}: {}{}{}", key, refusal.what, refusal.remedy.empty() ? "" : between,
                     refusal.remedy);
}

std::string line(std::string_view key, const core::Error& error, const path& file,
                 std::string_view remedy) {
  return line(key, intake::refusal_of(error, file.string(), remedy));
}

// The certificates in that file, or nothing and a line.
std::optional<std::string> certificates(std::string_view key, const path& file,
                                        std::string_view remedy, std::string& lines) {
  const auto bytes = os::read_named_file(file, kPemBytes);
  if (!bytes) {
    lines += line(key, bytes.error(), file, remedy);
    return std::nullopt;
  }
  std::string pem = core::to_string(*bytes);
  if (const auto taken = crypto::check_tls_certificates(pem); !taken) {
    lines += line(key, taken.error(), file, remedy);
    return std::nullopt;
  }
  return pem;
}

path keys_of(const ops::Config& config) { return config.state / "keys"; }

// How the log begins that was published; nothing where that is none of this name.
std::optional<report::LogBeginning> beginning_of_log(const ops::Config& config) {
  const auto log = log_audit::PublishedLog::open(config.state / "log");
  if (!log) return std::nullopt;
  const auto note = log->checkpoint();
  const auto last = log_audit::read_checkpoint(note.value_or(""), nullptr);
  if (!last || last->size == 0) return std::nullopt;
  const auto width = std::min<std::uint64_t>(last->size, transparency::kTileWidth);
  const auto entries = log->entries(0, static_cast<unsigned>(width));
  if (!entries) return std::nullopt;
  const auto first = report::parse_log_entry(entries->front());
  const auto* beginning = first ? std::get_if<report::LogBeginning>(&*first) : nullptr;
  if (beginning == nullptr || beginning->origin != config.log_name) return std::nullopt;
  return *beginning;
}

std::string faults_of_followed(const ops::Config& config) {
  constexpr std::string_view kKey = "log.follows";
  if (config.log_follows.empty()) return {};
  const auto followed = keys::load_followed(config);
  if (!followed) return line(kKey, followed.error());
  const auto begun = beginning_of_log(config);
  if (!*followed) {
    // The tables of a log on a server are not looked at: it may have begun.
    if (begun || config.database) return {};
    return line(kKey, {core::ErrorCode::kNotFound, "there is no such file"}, config.log_follows,
                keys::kBringFollowed);
  }
  if (!begun) return {};
  const auto named = log_audit::read_checkpoint(**followed, nullptr);
  const auto quoted = log_audit::read_checkpoint(begun->follows, nullptr);
  if (named && quoted && *named == *quoted) return {};
  return line(kKey,
              {core::ErrorCode::kChanged,
               "the log has begun, and its first leaf does not quote that checkpoint"},
              config.log_follows,
              "Put the one there that it quotes (heyan log show), or leave follows out.");
}

// An older bundle than one that was in force is refused, whoever signed it. What a server has seen
// is not asked here.
std::string fault_of_older(const ops::Config& config, const trust::TrustBundle& bundle) {
  if (config.database) return {};
  const auto seen = signer::version_seen(config.state, bundle.id);
  if (!seen || !*seen || **seen <= bundle.version) return {};
  return line("trust.bundle",
              {core::ErrorCode::kUnsupported,
               "it is older than one that was in force, and the signer refuses it"},
              config.trust.bundle,
              fmt::format("Have the court sign one of version {} or higher (heyan trust sign "
                          "--version): docs/trust-list.md, Changing a list.",
                          **seen));
}

}  // namespace

std::string faults_of_courts(const ops::Config& config) {
  const worker::CourtBench courts({config.courts.begin(), config.courts.end()});
  const std::string fault = courts.fault();
  return fault.empty() ? fault : "\n  " + fault;
}

std::string faults_of_tls(const ops::Config& config) {
  const ops::Tls& tls = config.tls;
  std::string lines;
  const auto chain = certificates(
      "tls.certificate", tls.certificate,
      "Name a file that the gateway's user can read, with the server's certificate first.", lines);
  const auto key = ops::read_tls_key(tls.key);
  if (chain && key) {
    if (const auto fits = crypto::check_tls_identity(*chain, *key); !fits) {
      lines += line("tls.key", fits.error(), tls.key,
                    "Name the key of the first certificate in certificate.");
    }
  }
  if (!tls.client_ca.empty()) {
    certificates("tls.client_ca", tls.client_ca,
                 "Name a file with who issues the certificates of court systems, in PEM.", lines);
  }
  return lines;
}

std::string faults_of_trust(const ops::Config& config) {
  const ops::Trust& trust = config.trust;
  std::string lines;
  const auto look = [&lines](std::string_view key, const auto& loaded) {
    if (!loaded) lines += line(key, loaded.error());
  };
  for (const path& key : trust.keys) look("trust.keys", keys::load_court_key(key));
  // What no key can be asked about is read all the same.
  if (lines.empty()) {
    look("trust.bundle", keys::load_trust_bundle(trust.bundle, trust.keys, trust.at_least));
  }
  look("trust.trust_list", intake::load_trust(trust.trust_list));
  look("trust.policy", intake::load_policy(trust.policy));
  if (!lines.empty()) return lines;
  const auto loaded = keys::load_court_trust(trust, config.production);
  look("trust", loaded);
  return loaded ? fault_of_older(config, loaded->bundle) : lines;
}

std::string faults_of_log(const ops::Config& config) {
  // What cannot be read is told among the certificates.
  if (!keys_unseen(config).empty() || !keys::load_known_logs(keys_of(config))) return {};
  std::string lines;
  if (const auto own = keys::expect_own_log(config); !own) lines += line("log.name", own.error());
  return lines + faults_of_followed(config);
}

std::string faults_of_signatories(const ops::Config& config) {
  std::string lines;
  const auto look = [&lines](std::string_view key, const auto& loaded) {
    if (loaded) return;
    for (const Refusal& fault : loaded.error()) lines += line(key, fault);
  };
  look("witness.vkey", keys::load_witnesses(config));
  if (config.tsa) look("tsa.authorities", keys::load_clock_authorities(*config.tsa));
  return lines;
}

std::string faults_of_destinations(const ops::Config& config) {
  std::string lines;
  const auto look_at = [&lines](std::string_view key, const path& file, std::string_view remedy) {
    if (!file.empty()) certificates(key, file, remedy, lines);
  };
  const auto look = [&look_at](const std::string& table, const ops::Destination& to) {
    look_at(table + ".ca", to.ca, kIssuersRemedy);
    look_at(table + ".certificate", to.certificate,
            "Name a file with the certificate that is shown there, in PEM.");
  };
  for (const ops::Webhook& webhook : config.webhooks) look("webhook", webhook);
  for (const ops::Oidc& oidc : config.oidc) look("oidc", oidc);
  for (const ops::LogWitness& witness : config.witnesses) look("witness", witness);
  if (config.tsa) look("tsa", *config.tsa);
  if (config.vault.s3) look("vault.s3", *config.vault.s3);
  if (config.database) look_at("database.ca", config.database->ca, kIssuersRemedy);
  return lines;
}

std::string faults_of_own_keys(const ops::Config& config) {
  std::string lines;
  if (!keys_unseen(config).empty()) return lines;
  for (const Refusal& fault : keys::faults_of_certificates(keys_of(config))) {
    lines += line("state.folder", fault);
  }
  for (const Refusal& fault : keys::faults_of_keys(keys_of(config), config.token)) {
    lines += line("state.folder", fault);
  }
  return lines;
}

std::string fault_of_contents_key(const ops::Config& config) {
  const path file = config.state / "front/contents.key";
  const auto key = ops::read_secret(file, kContentsKeyDigits);
  // Not drawn yet, or not to be read by whoever asks.
  if (!key && key.error().code != core::ErrorCode::kUnsupported &&
      key.error().code != core::ErrorCode::kMalformed) {
    return {};
  }
  if (key && key->size() == kContentsKeyDigits && core::from_hex(*key)) return {};
  if (!key && key.error().code == core::ErrorCode::kUnsupported) {
    return line("state.folder", key.error(), file, "Consider who read it meanwhile.");
  }
  return line("state.folder",
              {core::ErrorCode::kMalformed, "it is not 64 hexadecimal digits in one line"}, file,
              "Restore it; without it the search for the same content begins anew.");
}

DatabaseRoles roles_of(const ops::Config& config) {
  if (!config.database) return {};
  auto server = database::as_front(*config.database);
  if (!server) return {};  // a secret's fault
  server->patience = std::chrono::seconds(1);
  const auto wrong = database::misplaced(
      *server, database::memberships_of_front(*config.database, config.listen.serves));
  if (!wrong) {
    return {.faults = {},
            .unseen = fmt::format("{}: {}", core::visible(config.database->host, 1000),
                                  wrong.error().text)};
  }
  if (!*wrong) return {};
  return {
      .faults = fmt::format("\n  database.front_role: {}. {}", (*wrong)->what, (*wrong)->remedy),
      .unseen = {}};
}

std::string keys_unseen(const ops::Config& config) {
  const auto folder = os::Folder::open(keys_of(config));
  if (folder) return {};
  return fmt::format("{}: {}", core::visible(keys_of(config).string(), 1000), folder.error().text);
}

}  // namespace heyan::cli
