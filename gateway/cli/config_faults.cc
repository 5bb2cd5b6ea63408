#include "gateway/cli/config_faults.h"

#include <fmt/format.h>

#include <optional>

#include "gateway/keys/court_trust.h"
#include "gateway/keys/report_issuer.h"
#include "gateway/keys/trust_bundle.h"
#include "gateway/ops/secrets.h"
#include "gateway/os/folder.h"
#include "gateway/worker/court_box.h"
#include "verifier/core/text.h"
#include "verifier/crypto/tls_pem.h"

namespace heyan::cli {
namespace {

using intake::Refusal;
using std::filesystem::path;

constexpr std::size_t kPemBytes = 1u << 20;

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
  if (lines.empty()) look("trust", keys::load_court_trust(trust, config.production));
  return lines;
}

std::string faults_of_own_certificates(const ops::Config& config) {
  std::string lines;
  if (!keys_unseen(config).empty()) return lines;
  for (const Refusal& fault : keys::faults_of_certificates(keys_of(config))) {
    lines += line("state.folder", fault);
  }
  return lines;
}

std::string keys_unseen(const ops::Config& config) {
  const auto folder = os::Folder::open(keys_of(config));
  if (folder) return {};
  return fmt::format("{}: {}", core::visible(keys_of(config).string(), 1000), folder.error().text);
}

}  // namespace heyan::cli
