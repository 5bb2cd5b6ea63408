// heyan config check|show: the configuration of a gateway.
#include "gateway/cli/clock.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/configuration.h"
#include "gateway/cli/trouble.h"
#include "gateway/keys/certificates.h"
#include "gateway/keys/court_trust.h"
#include "gateway/ops/environment.h"
#include "gateway/ops/secrets.h"
#include "gateway/os/folder.h"
#include "gateway/store/vault_keys.h"
#include "gateway/worker/court_box.h"
#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

using std::filesystem::path;

constexpr std::size_t kMostText = 1u << 10;
constexpr std::size_t kMostPem = 1u << 20;

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
    for (const path& secret : webhook.secrets) look("webhook.secrets", secret, read_text);
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

struct CertificateNews {
  std::string faults;  // a line for each that is not valid now
  std::string soon;    // or not for long
};

void tell(std::string_view name, const crypto::Certificate& certificate, CertificateNews& news) {
  const auto line = [name](std::string_view what, core::UtcTime at) {
    return "\n  " + std::string(name) + ": " + std::string(what) + " " + core::format_rfc3339(at);
  };
  switch (keys::validity_of(certificate, now())) {
    case keys::Validity::kValid:
      break;
    case keys::Validity::kEndsSoon:
      news.soon += line("valid until", certificate.not_after());
      break;
    case keys::Validity::kEnded:
      news.faults += line("ended", certificate.not_after());
      break;
    case keys::Validity::kNotBegun:
      news.faults += line("not valid before", certificate.not_before());
      break;
  }
}

// Those of the gateway's keys, and of TLS. Keys may be made after the configuration was checked,
// and lie in a folder that is their owner's alone; what TLS takes is for the start to say.
CertificateNews look_at_certificates(const ops::Config& config, const ConfigCheckOptions& options,
                                     Console& console) {
  CertificateNews news;
  const path folder = config.state / "keys";
  std::error_code error;
  if (std::filesystem::exists(folder, error) || error) {
    const auto certificates = keys::load_certificates(folder);
    if (certificates) {
      for (const auto& [name, certificate] : *certificates) tell(name, certificate, news);
    } else {
      console.talk(
          std::string(say(options.language, "未检查密钥证书的有效期：",
                          "Until when the keys' certificates are valid was not checked: ")) +
          certificates.error().what);
    }
  }
  const auto pem = os::read_named_file(config.tls.certificate, kMostPem);
  if (!pem) return news;
  const auto chain = crypto::Certificate::list_from_pem(core::as_text(*pem));
  if (chain && !chain->empty()) tell("tls.certificate", chain->front(), news);
  return news;
}

}  // namespace

ExitStatus run(const ConfigCheckOptions& options, Console& console) {
  const auto config = load_configuration(options.file);
  if (!config) return report_trouble(config.error(), console);
  const worker::CourtBench courts({config->courts.begin(), config->courts.end()});
  if (std::string fault = courts.fault(); !fault.empty()) {
    return report_trouble({.status = ExitStatus::kMalformed,
                           .what = std::move(fault),
                           .defects = {},
                           .remedy = "`heyan config show` prints an example with every key."},
                          console);
  }
  if (const std::string faults = faults_of_secrets(*config); !faults.empty()) {
    return report_trouble(
        {.status = ExitStatus::kMalformed,
         .what = "a file of a secret is not as it must be" + faults,
         .defects = {},
         .remedy =
             "Each belongs to the user that the gateway runs as, with mode 0600 (a key of TLS "
             "may be its group's, 0640); what stands in it: docs/operator.md. Where that user can "
             "read it and this command cannot, "
             "run it as that user."},
        console);
  }
  if (const auto trust = keys::load_court_trust(config->trust, config->production); !trust) {
    return report_trouble(trouble_of(trust.error()), console);
  }
  const CertificateNews news = look_at_certificates(*config, options, console);
  if (!news.faults.empty()) {
    return report_trouble(
        {.status = ExitStatus::kMalformed,
         .what = "a certificate is not valid now" + news.faults,
         .defects = {},
         .remedy = "Renew it (`heyan keys renew --config FILE`; what [tls] names, where it was "
                   "issued) and restart the gateway: docs/operator.md, Renewing certificates."},
        console);
  }
  if (!news.soon.empty()) {
    console.talk(std::string(say(options.language,
                                 "证书即将到期，请及时换新（heyan keys renew --config FILE）：",
                                 "Certificates end soon; renew them (heyan keys renew --config "
                                 "FILE):")) +
                 news.soon);
  }
  console.talk(say(options.language, "配置无误。", "The configuration is in order."));
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
