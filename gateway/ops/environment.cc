#include "gateway/ops/environment.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <set>

#include "gateway/ops/config_values.h"
#include "verifier/core/text.h"
#include "verifier/trust/nearest.h"

namespace heyan::ops {
namespace {

using std::string_view;
using std::filesystem::path;

constexpr string_view kPrefix = "HEYAN_";
constexpr string_view kNoBucket = "is of [vault.s3], which the file does not have";
constexpr string_view kNoDatabase = "is of [database], which the file does not have";

struct Given {
  Config& config;
  string_view value;
  const path& folder;
};

// What is wrong; empty where nothing is.
using Apply = std::string (*)(const Given&);

struct Variable {
  string_view name;
  Apply apply;
};

template <typename Number>
std::string number(string_view text, std::int64_t least, std::int64_t most, Number& into) {
  std::int64_t value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || std::to_string(value) != text) return "is no whole number";
  if (value < least || value > most) return fmt::format("must be from {} to {}", least, most);
  into = static_cast<Number>(value);
  return {};
}

std::string boolean(string_view text, bool& into) {
  if (text != "true" && text != "false") return "must be true or false";
  into = text == "true";
  return {};
}

std::string address(string_view text, Address& into) {
  const auto parsed = parse_address(text);
  if (!parsed) return "is no numeric address with a port";
  into = *parsed;
  return {};
}

std::string file(const Given& given, path& into) {
  if (given.value.empty()) return "is empty";
  into = resolve_path(given.folder, given.value);
  return {};
}

std::string database_name(const Given& given, std::string Database::* into) {
  if (!given.config.database) return std::string(kNoDatabase);
  return read_database_name(given.value, (*given.config.database).*into);
}

std::string database_file(const Given& given, path Database::* into) {
  if (!given.config.database) return std::string(kNoDatabase);
  return file(given, (*given.config.database).*into);
}

constexpr std::array kVariables = std::to_array<Variable>({
    {"HEYAN_PRODUCTION", [](const Given& g) { return boolean(g.value, g.config.production); }},
    {"HEYAN_STATE_FOLDER", [](const Given& g) { return file(g, g.config.state); }},
    {"HEYAN_LISTEN_PUBLIC",
     [](const Given& g) { return address(g.value, g.config.listen.people); }},
    {"HEYAN_LISTEN_COURT", [](const Given& g) { return address(g.value, g.config.listen.court); }},
    {"HEYAN_LISTEN_PREVIEW",
     [](const Given& g) { return address(g.value, g.config.listen.preview); }},
    {"HEYAN_LISTEN_METRICS",
     [](const Given& g) { return address(g.value, g.config.listen.metrics); }},
    {"HEYAN_TLS_CERTIFICATE", [](const Given& g) { return file(g, g.config.tls.certificate); }},
    {"HEYAN_TLS_KEY", [](const Given& g) { return file(g, g.config.tls.key); }},
    {"HEYAN_TLS_MIN_VERSION",
     [](const Given& g) -> std::string {
       if (g.value != "1.2" && g.value != "1.3") return "must be 1.2 or 1.3";
       g.config.tls.tls12 = g.value == "1.2";
       return {};
     }},
    {"HEYAN_TLS_CLIENT_CA", [](const Given& g) { return file(g, g.config.tls.client_ca); }},
    {"HEYAN_TRUST_BUNDLE", [](const Given& g) { return file(g, g.config.trust.bundle); }},
    {"HEYAN_TRUST_TRUST_LIST", [](const Given& g) { return file(g, g.config.trust.trust_list); }},
    {"HEYAN_TRUST_POLICY", [](const Given& g) { return file(g, g.config.trust.policy); }},
    {"HEYAN_VAULT_ENCRYPTION",
     [](const Given& g) { return read_encryption(g.value, g.config.vault.encryption); }},
    {"HEYAN_VAULT_KEY_FILE", [](const Given& g) { return file(g, g.config.vault.key_file); }},
    {"HEYAN_VAULT_S3_BUCKET",
     [](const Given& g) -> std::string {
       if (!g.config.vault.s3) return std::string(kNoBucket);
       return read_bucket_name(g.value, g.config.vault.s3->bucket);
     }},
    {"HEYAN_VAULT_S3_REGION",
     [](const Given& g) -> std::string {
       if (!g.config.vault.s3) return std::string(kNoBucket);
       return read_region(g.value, g.config.vault.s3->region);
     }},
    {"HEYAN_VAULT_S3_ACCESS_KEY_FILE",
     [](const Given& g) -> std::string {
       if (!g.config.vault.s3) return std::string(kNoBucket);
       return file(g, g.config.vault.s3->access_key);
     }},
    {"HEYAN_DATABASE_NAME", [](const Given& g) { return database_name(g, &Database::name); }},
    {"HEYAN_DATABASE_FRONT_ROLE",
     [](const Given& g) { return database_name(g, &Database::front_role); }},
    {"HEYAN_DATABASE_SIGNER_ROLE",
     [](const Given& g) { return database_name(g, &Database::signer_role); }},
    {"HEYAN_DATABASE_FRONT_PASSWORD_FILE",
     [](const Given& g) { return database_file(g, &Database::front_password); }},
    {"HEYAN_DATABASE_SIGNER_PASSWORD_FILE",
     [](const Given& g) { return database_file(g, &Database::signer_password); }},
    {"HEYAN_DATABASE_PATIENCE_SECONDS",
     [](const Given& g) -> std::string {
       if (!g.config.database) return std::string(kNoDatabase);
       return number(g.value, 1, kMostPatience, g.config.database->patience_seconds);
     }},
    {"HEYAN_LIMITS_JUDGES",
     [](const Given& g) { return number(g.value, 0, kMostJudges, g.config.limits.judges); }},
    {"HEYAN_LIMITS_SUBMISSION_BYTES",
     [](const Given& g) {
       return number(g.value, kLeastBytes, kMostBytes, g.config.limits.submission_bytes);
     }},
    {"HEYAN_LIMITS_FILE_BYTES",
     [](const Given& g) {
       return number(g.value, kLeastBytes, kMostBytes, g.config.limits.file_bytes);
     }},
    {"HEYAN_LIMITS_UPLOAD_SECONDS",
     [](const Given& g) {
       return number(g.value, 1, kMostSeconds, g.config.limits.upload_seconds);
     }},
    {"HEYAN_LIMITS_CHANGES_PER_SECOND",
     [](const Given& g) {
       return number(g.value, 1, kMostRequests, g.config.limits.changes_per_second);
     }},
    {"HEYAN_LIMITS_CHECKS_PER_MINUTE",
     [](const Given&
            g) { return number(g.value, 1, kMostRequests, g.config.limits.checks_per_minute); }},
    {"HEYAN_LIMITS_CONNECTIONS_PER_CLIENT",
     [](const Given& g) {
       return number(g.value, 1, kMostConnections, g.config.limits.connections_per_client);
     }},
    {"HEYAN_LIMITS_FULL_PERCENT",
     [](const Given& g) { return number(g.value, 1, 100, g.config.limits.full_percent); }},
    {"HEYAN_UPLOADS_PEOPLE",
     [](const Given& g) -> std::string {
       if (g.value != "any" && g.value != "listed") return "must be any or listed";
       g.config.uploads.people_listed = g.value == "listed";
       return {};
     }},
    {"HEYAN_PEOPLE_IDLE_SECONDS",
     [](const Given& g) {
       return number(g.value, kLeastSession, kMostSeconds, g.config.people.idle_seconds);
     }},
    {"HEYAN_PEOPLE_SESSION_SECONDS",
     [](const Given& g) {
       return number(g.value, kLeastSession, kMostSeconds, g.config.people.session_seconds);
     }},
    {"HEYAN_PEOPLE_ACCESS_HOURS",
     [](const Given& g) {
       return number(g.value, 1, kMostAccessHours, g.config.people.access_hours);
     }},
    {"HEYAN_PEOPLE_REQUESTS_PER_SECOND",
     [](const Given& g) {
       return number(g.value, 1, kMostRequests, g.config.people.requests_per_second);
     }},
    {"HEYAN_CANARY_EVERY_SECONDS",
     [](const Given& g) {
       return number(g.value, 1, kMostCanarySeconds, g.config.canary.every_seconds);
     }},
    {"HEYAN_AUDIT_KEEP_DAYS",
     [](const Given& g) {
       return number(g.value, kLeastKept, kMostKept, g.config.audit.keep_days);
     }},
    {"HEYAN_RETENTION_PROPOSE_AFTER_DAYS",
     [](const Given& g) {
       return number(g.value, 0, kMostKept, g.config.retention.propose_after_days);
     }},
    {"HEYAN_RETENTION_WAIT_DAYS",
     [](const Given& g) {
       return number(g.value, kLeastWait, kMostKept, g.config.retention.wait_days);
     }},
});

// What to do about a variable that there is not. Without the beginning that all have, which would
// make any two alike.
std::string instead_of(string_view after_prefix) {
  std::vector<string_view> names;
  for (const Variable& each : kVariables) names.push_back(each.name.substr(kPrefix.size()));
  const string_view near = trust::near_word(after_prefix, names);
  if (!near.empty()) return fmt::format("Did you mean {}{}?", kPrefix, near);
  return "What has no variable stands in the file alone";
}

}  // namespace

std::vector<string_view> variable_names() {
  std::vector<string_view> names;
  for (const Variable& variable : kVariables) names.push_back(variable.name);
  return names;
}

ConfigErrors apply_environment(Config& config, std::span<const std::string> environment,
                               const path& folder) {
  ConfigErrors errors;
  std::set<string_view> seen;
  const auto defect = [&](string_view name, std::string what, std::string remedy) {
    errors.push_back({.file = "environment",
                      .line = 0,
                      .path = core::visible(name, 100),
                      .what = std::move(what),
                      .remedy = std::move(remedy)});
  };
  for (const std::string& entry : environment) {
    const string_view name = string_view(entry).substr(0, entry.find('='));
    if (!name.starts_with(kPrefix)) continue;
    const auto found = std::ranges::find(kVariables, name, &Variable::name);
    if (found == kVariables.end()) {
      defect(name, "is not known", instead_of(name.substr(kPrefix.size())));
    } else if (!seen.insert(name).second) {
      defect(name, "is set twice", "Set it once");
    } else if (entry.size() == name.size()) {
      defect(name, "has no value", {});
    } else if (auto what =
                   found->apply({config, string_view(entry).substr(name.size() + 1), folder});
               !what.empty()) {
      defect(name, std::move(what), {});
    }
  }
  for (ListenerFault& fault : faults_of_listeners(config)) {
    std::string name = fmt::format("{}LISTEN_", kPrefix);
    for (const char c : fault.key) name += static_cast<char>(c - 'a' + 'A');
    defect(name, std::move(fault.what), std::move(fault.remedy));
  }
  // What the file says fits; of what is refused only this has a variable.
  for (const ServingFault& fault : faults_of_serving(config))
    defect("HEYAN_TLS_CLIENT_CA", std::string(fault.what), std::string(fault.remedy));
  if (const string_view wrong = config.database ? alike(*config.database) : ""; !wrong.empty())
    defect("HEYAN_DATABASE_SIGNER_ROLE", std::string(wrong), {});
  if (config.vault.s3 && !config.vault.encryption)
    defect("HEYAN_VAULT_ENCRYPTION", "must be aes-256-gcm or sm4-gcm where the vault is a bucket",
           {});
  if (auto what = unlike_bucket(config); !what.empty())
    defect("HEYAN_LIMITS_FILE_BYTES", std::move(what), {});
  return errors;
}

std::vector<std::string> own_environment() {
  std::vector<std::string> all;
  for (char** entry = ::environ; entry != nullptr && *entry != nullptr; ++entry) {
    all.emplace_back(*entry);
  }
  return all;
}

}  // namespace heyan::ops
