// heyan config check|show: the configuration of a gateway.
#include "gateway/cli/certificate_dates.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/config_faults.h"
#include "gateway/cli/configuration.h"
#include "gateway/cli/trouble.h"
#include "gateway/message_signatures/webhooks.h"
#include "gateway/ops/environment.h"
#include "gateway/ops/secrets.h"
#include "gateway/store/vault_keys.h"
#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

using std::filesystem::path;

constexpr std::size_t kMostText = 1u << 10;

core::Result<core::Bytes> read_webhook_secret(const path& file) {
  HEYAN_TRY(const std::string text, ops::read_secret(file, kMostText));
  return message_signatures::parse_webhook_secret(text);
}

// A line for each that the gateway could not read at its start. Nothing of what is in them.
std::string faults_of_secrets(const ops::Config& config) {
  std::string lines;
  const auto look = [&lines](std::string_view key, const path& file, const auto& read) {
    if (file.empty()) return;
    if (const auto secret = read(file); !secret) {
      lines += "\n  " + std::string(key) + ": " + core::visible(file.string(), 2000) + ": " +
               std::string(secret.error().text);
    }
  };
  const auto look_at_key_of = [&look](std::string_view key, const ops::Destination& to) {
    look(key, to.key, &ops::read_tls_key);
  };
  const auto read_text = [](const path& file) { return ops::read_secret(file, kMostText); };
  look("tls.key", config.tls.key, &ops::read_tls_key);
  for (const ops::Webhook& webhook : config.webhooks) {
    look_at_key_of("webhook.key", webhook);
    for (const path& secret : webhook.secrets) look("webhook.secrets", secret, read_webhook_secret);
    look("webhook.signing_key", webhook.signing_key, &ops::read_private_key);
  }
  for (const ops::Oidc& oidc : config.oidc) {
    look_at_key_of("oidc.key", oidc);
    look("oidc.client_secret", oidc.client_secret, read_text);
    look("oidc.client_key", oidc.client_key, &ops::read_private_key);
  }
  for (const ops::LogWitness& witness : config.witnesses) look_at_key_of("witness.key", witness);
  if (config.tsa) look_at_key_of("tsa.key", *config.tsa);
  if (config.token) look("token.pin_file", config.token->pin_file, read_text);
  const ops::Vault& vault = config.vault;
  look("vault.key_file", vault.key_file, &store::VaultKeyRing::read);
  if (vault.s3) {
    look_at_key_of("vault.s3.key", *vault.s3);
    look("vault.s3.access_key_file", vault.s3->access_key, &ops::read_access_key);
  }
  if (const auto& database = config.database) {
    look("database.front_password_file", database->front_password, &ops::read_password);
    look("database.signer_password_file", database->signer_password, &ops::read_password);
  }
  return lines;
}

constexpr std::string_view kSecretsRemedy =
    "Each file of a secret belongs to the user that the gateway runs as, with mode 0600 (a key of "
    "TLS may be its group's, 0640); what stands in it: docs/operator.md. Where that user can read "
    "it and this command cannot, run it as that user.";
constexpr std::string_view kDatesRemedy =
    "Renew what ended (`heyan keys renew --config FILE`; what [tls] names, where it was issued) "
    "and "
    "restart the gateway: docs/operator.md, Renewing certificates.";

}  // namespace

ExitStatus run(const ConfigCheckOptions& options, Console& console) {
  const auto config = load_configuration(options.file);
  if (!config) return report_trouble(config.error(), console);
  const std::string secrets = faults_of_secrets(*config);
  const CertificateDates dates = dates_of_certificates(*config);
  const DatabaseRoles roles = roles_of(*config);
  const std::string faults = faults_of_courts(*config) + secrets + faults_of_tls(*config) +
                             faults_of_trust(*config) + faults_of_own_keys(*config) +
                             fault_of_contents_key(*config) + faults_of_log(*config) +
                             faults_of_signatories(*config) + faults_of_destinations(*config) +
                             roles.faults + (options.before_start ? "" : dates.faults);
  if (!faults.empty()) {
    return report_trouble({.status = ExitStatus::kMalformed,
                           .what = "what the configuration names is not as it must be" + faults,
                           .defects = {},
                           .remedy = std::string(secrets.empty() ? "" : kSecretsRemedy) +
                                     std::string(dates.faults.empty() ? "" : kDatesRemedy)},
                          console);
  }
  // What waits for a renewal is more than what a gateway that does not start takes in.
  if (!dates.faults.empty()) {
    console.talk(
        std::string(say(options.language,
                        "警告：以下证书无效，换新前网关不用其密钥签名，案件照常接收并等待：",
                        "WARNING: these certificates are not valid. Until they are "
                        "renewed the gateway signs nothing with their keys; cases are "
                        "taken in and wait:")) +
        dates.faults + "\n" + std::string(kDatesRemedy));
  }
  if (!dates.soon.empty()) {
    console.talk(std::string(say(options.language,
                                 "证书即将到期，请及时换新（heyan keys renew --config FILE）：",
                                 "Certificates end soon; renew them (heyan keys renew --config "
                                 "FILE):")) +
                 dates.soon);
  }
  console.talk(say(options.language, "配置无误。", "The configuration is in order."));
  if (!roles.unseen.empty()) {
    console.talk(std::string(say(options.language, "未检查数据库角色：",
                                 "The roles of the database were not looked at: ")) +
                 roles.unseen);
  }
  if (const std::string keys = keys_unseen(*config); !keys.empty()) {
    console.talk(std::string(say(options.language, "未检查网关的证书：",
                                 "The gateway's certificates were not looked at: ")) +
                 keys);
  }
  return ExitStatus::kOk;
}

ExitStatus run(const ConfigShowOptions& options, Console& console) {
  if (options.file.empty()) return print(ops::sample_config(), console);
  const auto config = load_configuration(options.file);
  if (!config) return report_trouble(config.error(), console);
  std::string text;
  for (const std::string& entry : ops::own_environment()) {
    if (!entry.starts_with("HEYAN_")) continue;
    text += "# " +
            std::string(say(options.language, "由环境变量指定：", "from the environment: ")) +
            entry.substr(0, entry.find('=')) + "\n";
  }
  return print(text + ops::to_toml(*config), console);
}

}  // namespace heyan::cli
