#include "gateway/keys/certificates.h"

#include <fmt/format.h>

#include <array>

#include "gateway/keys/gateway_keys.h"
#include "gateway/keys/report_keys.h"
#include "gateway/os/folder.h"
#include "gateway/os/write_file.h"
#include "verifier/crypto/pem.h"

namespace heyan::keys {
namespace {

using std::filesystem::path;

constexpr std::size_t kCertificateBytes = 64u << 10;
constexpr std::size_t kDateChars = 10;  // 2027-12-30
constexpr std::size_t kFingerprintChars = 8;
constexpr std::string_view kMade = "Make keys with `heyan keys new`.";
constexpr std::string_view kCheckDisk = "Check the disk, and whose the folder is; then try again.";
constexpr std::array<std::string_view, 6> kOfGateway = {
    "report-es256", "report-sm2", "receipt-es256", "seal-es256", "xml-es256", "statement-es256"};

path file_of(const path& folder, std::string_view name) {
  return folder / fmt::format("{}.cert.pem", name);
}

path kept_as(const path& folder, std::string_view name, const crypto::Certificate& old) {
  return folder / fmt::format("{}.until-{}-{}.cert.pem", name,
                              core::format_rfc3339(old.not_after()).substr(0, kDateChars),
                              core::to_hex(old.sha256()).substr(0, kFingerprintChars));
}

std::expected<void, Refusal> write(const path& file, const crypto::Certificate& certificate) {
  const std::string pem = crypto::write_pem(certificate.der(), "CERTIFICATE");
  if (const auto written = os::write_whole(file, pem); !written) {
    return std::unexpected(intake::refusal_of(written.error(), file.string(), kCheckDisk));
  }
  return {};
}

bool is_due(const crypto::Certificate& certificate, core::UtcTime now) {
  return certificate.not_before() > now || certificate.not_after() - now < kRenewedWithin;
}

// Nothing where the old one is not such as is made here: an authority issued it, or it has a name
// that would get lost.
std::expected<std::optional<crypto::Certificate>, Refusal> successor_of(const SigningPair& pair,
                                                                        std::string_view name,
                                                                        core::UtcTime now) {
  const crypto::Certificate& old = pair.certificate;
  const std::vector<std::string> names = old.subject_values("CN");
  crypto::SignatureChecker checker(crypto::production_engines(), core::Limits{});
  const bool own = names.size() == 1 && core::equal(old.subject(), old.issuer()) &&
                   old.verify_signed_by(old, checker) == crypto::SignatureOutcome::kValid;
  if (!own) return std::nullopt;
  auto next = pair.key.self_signed(names.front(), now, now + kCertificateLife);
  if (!next) return std::unexpected(intake::refusal_of(next.error(), name, kMade));
  if (!core::equal(next->subject(), old.subject())) return std::nullopt;
  return *std::move(next);
}

std::expected<Renewal, Refusal> renew(const path& folder, std::string_view name,
                                      const SigningPair& pair, core::UtcTime now, Renew how) {
  const crypto::Certificate& old = pair.certificate;
  Renewal renewal{.name = std::string(name),
                  .outcome = Renewal::Outcome::kStillGood,
                  .until = old.not_after(),
                  .renewed = std::nullopt};
  if (!is_due(old, now)) return renewal;
  HEYAN_TRY(const auto next, successor_of(pair, name, now));
  if (!next) {
    renewal.outcome = Renewal::Outcome::kOfAuthority;
    return renewal;
  }
  renewal.outcome = Renewal::Outcome::kRenewed;
  renewal.renewed = next->not_after();
  if (how == Renew::kOnlyLook) return renewal;
  // First what is kept: between the two nothing is lost.
  HEYAN_CHECK_OK(write(kept_as(folder, name, old), old));
  HEYAN_CHECK_OK(write(file_of(folder, name), *next));
  return renewal;
}

struct Named {
  std::string_view name;
  const SigningPair* pair;
};

std::expected<std::vector<Renewal>, Refusal> renew_all(const path& folder,
                                                       std::span<const Named> pairs,
                                                       core::UtcTime now, Renew how) {
  std::vector<Renewal> renewals;
  for (const Named& one : pairs) {
    HEYAN_TRY(Renewal renewal, renew(folder, one.name, *one.pair, now, how));
    renewals.push_back(std::move(renewal));
  }
  return renewals;
}

}  // namespace

Validity validity_of(const crypto::Certificate& certificate, core::UtcTime now) {
  if (now < certificate.not_before()) return Validity::kNotBegun;
  if (now > certificate.not_after()) return Validity::kEnded;
  return certificate.not_after() - now < kSoon ? Validity::kEndsSoon : Validity::kValid;
}

std::expected<std::vector<NamedCertificate>, Refusal> load_certificates(const path& folder) {
  std::vector<NamedCertificate> certificates;
  for (const std::string_view name : kOfGateway) {
    const path file = file_of(folder, name);
    const auto bytes = os::read_named_file(file, kCertificateBytes);
    if (!bytes) {
      return std::unexpected(intake::refusal_of_named(bytes.error(), file.string(), kMade));
    }
    auto certificate = crypto::Certificate::from_pem(core::as_text(*bytes));
    if (!certificate) {
      return std::unexpected(intake::refusal_of(certificate.error(), file.string(), kMade));
    }
    certificates.push_back({std::string(name), *std::move(certificate)});
  }
  return certificates;
}

std::expected<std::vector<Renewal>, Refusal> renew_gateway_certificates(
    const path& folder, const std::optional<ops::Token>& token, core::UtcTime now, Renew how) {
  HEYAN_TRY(const GatewayKeys keys, load_gateway_keys(folder, token));
  const std::array<const SigningPair*, kOfGateway.size()> pairs = {
      &keys.report_es256, &keys.report_sm2, &keys.receipt,
      &keys.seal,         &keys.xml_seal,   &keys.statement};
  std::vector<Named> named;
  for (std::size_t i = 0; i < pairs.size(); ++i) named.push_back({kOfGateway[i], pairs[i]});
  return renew_all(folder, named, now, how);
}

std::expected<std::vector<Renewal>, Refusal> renew_report_certificates(const path& folder,
                                                                       core::UtcTime now,
                                                                       Renew how) {
  HEYAN_TRY(const ReportKeys keys, load_report_keys(folder));
  const std::array pairs = {Named{"es256", &keys.es256}, Named{"sm2", &keys.sm2}};
  return renew_all(folder, pairs, now, how);
}

}  // namespace heyan::keys
