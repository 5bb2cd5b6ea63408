#include "gateway/setup/development.h"

#include <sys/stat.h>

#include <array>
#include <chrono>

#include "court_adapters/adapter.h"
#include "gateway/keys/gateway_keys.h"
#include "gateway/ops/config.h"
#include "gateway/setup/bundle.h"
#include "verifier/crypto/issuing.h"
#include "verifier/crypto/pem.h"

namespace heyan::setup {
namespace {

using intake::Refusal;
using std::filesystem::path;

constexpr std::chrono::days kLife{395};
constexpr std::array<std::string_view, 3> kCourtKeys = {"court-1", "court-2", "court-3"};
constexpr std::size_t kSigning = 2;
// The court of gateway/sample/case.
constexpr std::string_view kCourtCode = "0192";
constexpr std::string_view kCourtName = "杭州互联网法院（样例）";
constexpr std::string_view kRemedy = "Name another folder, or remove this one.";

template <typename T>
using OrRefusal = std::expected<T, Refusal>;

template <typename T>
OrRefusal<T> or_refusal(core::Result<T> result, const path& subject) {
  if (result) return *std::move(result);
  return std::unexpected(intake::refusal_of(result.error(), subject.string(), kRemedy));
}

struct Issued {
  crypto::SigningKey key;
  crypto::Certificate certificate;
};

// PREFIX.key.pem and PREFIX.cert.pem; issued to itself where there is no authority.
OrRefusal<Issued> issue(const path& folder, std::string_view prefix,
                        const crypto::CertificateRequest& request, const Issued* authority) {
  HEYAN_TRY(crypto::SigningKey key,
            keys::make_key(folder, prefix, crypto::KeyAlgorithm::kEcdsaP256));
  HEYAN_TRY(crypto::Certificate certificate,
            or_refusal(crypto::issue_certificate(
                           request, key.public_key(), authority == nullptr ? key : authority->key,
                           authority == nullptr ? nullptr : &authority->certificate),
                       folder / prefix));
  HEYAN_CHECK_OK(keys::write_public(folder / (std::string(prefix) + ".cert.pem"),
                                    crypto::write_pem(certificate.der(), "CERTIFICATE")));
  return Issued{std::move(key), std::move(certificate)};
}

class Maker {
 public:
  explicit Maker(const Development& wanted) : wanted_(wanted) {
    config_.state = ".";
    for (const court_adapters::CourtAdapter* adapter : court_adapters::all()) {
      config_.courts[std::string(adapter->id())] = {};
    }
    config_.log_name = "heyan.local/report-log/" + core::to_hex(crypto::random_bytes(4));
  }

  OrRefusal<path> make() {
    HEYAN_CHECK_OK(keys::make_folder(wanted_.state));
    HEYAN_CHECK_OK(keys::make_gateway_keys(wanted_.state / "keys", "Heyan (development)",
                                           config_.log_name, wanted_.now));
    HEYAN_CHECK_OK(make_certificates());
    HEYAN_CHECK_OK(make_trust());
    config_.listen.people.port = wanted_.port;
    config_.listen.court.port = static_cast<std::uint16_t>(wanted_.port + 1);
    config_.listen.preview.port = static_cast<std::uint16_t>(wanted_.port + 2);
    config_.listen.metrics.port = static_cast<std::uint16_t>(wanted_.port + 1000);
    path file = wanted_.state / "heyan.toml";
    HEYAN_CHECK_OK(
        keys::write_public(file,
                           "# An installation for development. `heyan config check` reads it; "
                           "docs/operator.md explains it.\n\n" +
                               ops::to_toml(config_)));
    return file;
  }

 private:
  OrRefusal<path> folder(const path& name) const {
    path made = wanted_.state / name;
    HEYAN_CHECK_OK(keys::make_folder(made));
    return made;
  }

  crypto::CertificateRequest request(crypto::CertificateUse use, std::string name) const {
    return {.use = use,
            .common_name = std::move(name),
            .dns_names = {"localhost"},
            .addresses = {"127.0.0.1", "::1"},
            .not_before = wanted_.now,
            .not_after = wanted_.now + kLife};
  }

  OrRefusal<void> make_certificates() {
    using crypto::CertificateUse;
    HEYAN_CHECK_OK(folder("front"));
    HEYAN_TRY(const path tls, folder("front/tls"));
    HEYAN_TRY(const path demo, folder("demo"));
    HEYAN_TRY(const Issued authority,
              issue(tls, "ca", request(CertificateUse::kAuthority, "Heyan development authority"),
                    nullptr));
    HEYAN_CHECK_OK(issue(tls, "server", request(CertificateUse::kServer, "localhost"), &authority));
    HEYAN_TRY(const Issued client,
              issue(demo, "court-system",
                    request(CertificateUse::kClient, "Demonstration court system"), &authority));
    config_.tls = {.certificate = "front/tls/server.cert.pem",
                   .key = "front/tls/server.key.pem",
                   .tls12 = false,
                   .client_ca = "front/tls/ca.cert.pem"};
    config_.court_systems = {{.spki_sha256 = core::to_bytes(client.key.public_key().sha256()),
                              .court_code = std::string(kCourtCode),
                              .court_name = std::string(kCourtName),
                              .account = "court-system-1"}};
    return {};
  }

  OrRefusal<void> make_trust() {
    HEYAN_TRY(const path court, folder("court"));
    std::vector<path> signing;
    for (const std::string_view prefix : kCourtKeys) {
      HEYAN_CHECK_OK(keys::make_pair(court, prefix, crypto::KeyAlgorithm::kEcdsaP256,
                                     "Heyan development court", wanted_.now));
      const std::string name(prefix);
      config_.trust.keys.push_back("court/" + name + ".pub.pem");
      if (signing.size() < kSigning) signing.push_back(court / (name + ".key.pem"));
    }
    std::error_code error;
    const path trust = wanted_.state / "trust";
    std::filesystem::copy(wanted_.sample, trust, std::filesystem::copy_options::recursive, error);
    if (error) {
      return std::unexpected(intake::refusal_of(
          {core::ErrorCode::kIo, "the sample trust list cannot be copied"}, wanted_.sample.string(),
          "Name the folder of trust.toml with --sample."));
    }
    HEYAN_TRY(const std::string bundle, sign_bundle({.trust_list = trust / "trust.toml",
                                                     .policy = {},
                                                     .id = {},
                                                     .version = std::nullopt,
                                                     .issued = wanted_.now,
                                                     .next_update = std::nullopt},
                                                    signing));
    HEYAN_CHECK_OK(keys::write_public(trust / "bundle.jws", bundle));
    config_.trust.bundle = "trust/bundle.jws";
    config_.trust.trust_list = "trust/trust.toml";
    config_.trust.at_least = kSigning;
    return {};
  }

  const Development& wanted_;
  ops::Config config_;
};

}  // namespace

OrRefusal<path> make_development(const Development& wanted) { return Maker(wanted).make(); }

}  // namespace heyan::setup
