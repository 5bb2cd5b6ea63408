#include "gateway/keys/report_issuer.h"

#include "gateway/os/folder.h"
#include "verifier/crypto/certificate.h"

namespace heyan::keys {
namespace {

using std::filesystem::path;
using transparency::NoteVerifier;

constexpr std::size_t kLineBytes = 1024;
constexpr std::size_t kCertificateBytes = 64u << 10;

std::expected<crypto::PublicKey, Refusal> certified_key(const path& name) {
  const std::string file = name.string();
  const auto bytes = os::read_named_file(file, kCertificateBytes);
  if (!bytes) return std::unexpected(intake::refusal_of_named(bytes.error(), file, ""));
  const auto certificate = crypto::Certificate::from_pem(core::as_text(*bytes));
  if (!certificate) return std::unexpected(intake::refusal_of(certificate.error(), file, ""));
  return certificate->key();
}

}  // namespace

std::expected<NoteVerifier, Refusal> load_log_verifier(const path& folder) {
  const path file = folder / "log.vkey";
  const auto bytes = os::read_named_file(file, kLineBytes);
  if (!bytes) return std::unexpected(intake::refusal_of_named(bytes.error(), file.string(), ""));
  std::string_view line = core::as_text(*bytes);
  if (line.ends_with('\n')) line.remove_suffix(1);
  auto verifier = NoteVerifier::parse(line);
  if (!verifier) return std::unexpected(intake::refusal_of(verifier.error(), file.string(), ""));
  return *std::move(verifier);
}

std::expected<ReportIssuer, Refusal> load_report_issuer(const path& folder) {
  std::vector<crypto::PublicKey> reports;
  for (const std::string_view name : {"report-es256.cert.pem", "report-sm2.cert.pem"}) {
    HEYAN_TRY(crypto::PublicKey key, certified_key(folder / name));
    reports.push_back(std::move(key));
  }
  HEYAN_TRY(crypto::PublicKey seal, certified_key(folder / "seal-es256.cert.pem"));
  HEYAN_TRY(crypto::PublicKey xml_seal, certified_key(folder / "xml-es256.cert.pem"));
  HEYAN_TRY(NoteVerifier log, load_log_verifier(folder));
  return ReportIssuer{.reports = std::move(reports),
                      .seal = std::move(seal),
                      .xml_seal = std::move(xml_seal),
                      .log = std::move(log)};
}

}  // namespace heyan::keys
