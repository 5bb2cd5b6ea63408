#include "gateway/keys/report_issuer.h"

#include <algorithm>
#include <array>

#include "gateway/os/folder.h"
#include "gateway/os/write_file.h"
#include "verifier/crypto/certificate.h"

namespace heyan::keys {
namespace {

using std::filesystem::path;
using transparency::NoteVerifier;

constexpr std::size_t kLineBytes = 1024;
constexpr std::size_t kEarlierBytes = 64u << 10;
constexpr std::string_view kEarlier = "earlier-logs.vkeys";
constexpr std::string_view kLog = "log.vkey";
constexpr std::size_t kCertificateBytes = 64u << 10;
constexpr std::array<std::string_view, 6> kCertificates = {
    "report-es256.cert.pem", "report-sm2.cert.pem", "receipt-es256.cert.pem",
    "seal-es256.cert.pem",   "xml-es256.cert.pem",  "statement-es256.cert.pem"};
constexpr std::string_view kRemedy =
    "Put it back from where a copy of the gateway's keys is kept (a certificate may also be issued "
    "anew, for the key beside it).";

std::expected<crypto::PublicKey, Refusal> certified_key(const path& name) {
  const std::string file = name.string();
  const auto bytes = os::read_named_file(file, kCertificateBytes);
  if (!bytes) return std::unexpected(intake::refusal_of_named(bytes.error(), file, ""));
  const auto certificate = crypto::Certificate::from_pem(core::as_text(*bytes));
  if (!certificate) return std::unexpected(intake::refusal_of(certificate.error(), file, ""));
  return certificate->key();
}

// One a line; none where no log was ever left.
std::expected<std::vector<NoteVerifier>, Refusal> load_earlier_logs(const path& folder) {
  const path file = folder / kEarlier;
  const auto bytes = os::read_named_file(file, kEarlierBytes);
  std::vector<NoteVerifier> logs;
  if (!bytes && bytes.error().code == core::ErrorCode::kNotFound) return logs;
  if (!bytes) return std::unexpected(intake::refusal_of_named(bytes.error(), file.string(), ""));
  std::string_view text = core::as_text(*bytes);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    auto log = NoteVerifier::parse(text.substr(0, end));
    if (!log) return std::unexpected(intake::refusal_of(log.error(), file.string(), ""));
    logs.push_back(*std::move(log));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return logs;
}

std::expected<void, Refusal> write(const path& file, const std::string& text) {
  if (const auto written = os::write_whole(file, text); !written) {
    return std::unexpected(intake::refusal_of(written.error(), file.string(), "Check the disk."));
  }
  return {};
}

}  // namespace

std::expected<std::vector<NoteVerifier>, Refusal> load_known_logs(const path& folder) {
  HEYAN_TRY(std::vector<NoteVerifier> logs, load_earlier_logs(folder));
  std::error_code ignored;
  const auto type = std::filesystem::status(folder / kLog, ignored).type();
  if (type == std::filesystem::file_type::not_found) return logs;
  HEYAN_TRY(NoteVerifier last, load_log_verifier(folder));
  logs.push_back(std::move(last));
  return logs;
}

std::expected<void, Refusal> expect_new_name(std::span<const NoteVerifier> logs,
                                             std::string_view name) {
  if (std::ranges::find(logs, name, &NoteVerifier::name) == logs.end()) return {};
  return std::unexpected(intake::refusal_of(
      {core::ErrorCode::kDuplicate, "an earlier log of these keys had this name"}, name,
      "Take a name in [log] that none of them had: the key would sign a second history under it."));
}

std::expected<void, Refusal> expect_no_earlier_name(const path& folder, std::string_view name) {
  HEYAN_TRY(const std::vector<NoteVerifier> earlier, load_earlier_logs(folder));
  return expect_new_name(earlier, name);
}

std::expected<void, Refusal> remember_logs(const path& folder, std::span<const NoteVerifier> logs) {
  HEYAN_TRY(std::vector<NoteVerifier> earlier, load_earlier_logs(folder));
  const std::size_t known = earlier.size();
  for (const NoteVerifier& log : logs) {
    if (std::ranges::find(earlier, log) == earlier.end()) earlier.push_back(log);
  }
  if (earlier.size() == known) return {};
  std::string lines;
  for (const NoteVerifier& one : earlier) lines += one.encode() + "\n";
  return write(folder / kEarlier, lines);
}

std::expected<void, Refusal> follow_log(const path& folder, std::string_view new_name) {
  HEYAN_TRY(const NoteVerifier old, load_log_verifier(folder));
  HEYAN_CHECK_OK(expect_no_earlier_name(folder, new_name));
  if (old.name() == new_name) return {};
  const auto next = NoteVerifier::make(new_name, old.type(), old.key());
  if (!next) {
    return std::unexpected(intake::refusal_of(next.error(), std::string(new_name),
                                              "Choose another name for the log."));
  }
  // First what is left: between the two nothing is forgotten.
  HEYAN_CHECK_OK(remember_logs(folder, std::span(&old, 1)));
  return write(folder / kLog, next->encode() + "\n");
}

std::expected<NoteVerifier, Refusal> load_log_verifier(const path& folder) {
  const path file = folder / kLog;
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
  HEYAN_TRY(std::vector<NoteVerifier> earlier, load_earlier_logs(folder));
  return ReportIssuer{.reports = std::move(reports),
                      .seal = std::move(seal),
                      .xml_seal = std::move(xml_seal),
                      .log = std::move(log),
                      .earlier_logs = std::move(earlier)};
}

std::vector<Refusal> faults_of_certificates(const path& folder) {
  std::vector<Refusal> faults;
  const auto look = [&faults](auto loaded) {
    if (loaded) return;
    faults.push_back(std::move(loaded).error());
    faults.back().remedy = kRemedy;
  };
  for (const std::string_view name : kCertificates) look(certified_key(folder / name));
  look(load_log_verifier(folder));
  look(load_earlier_logs(folder));
  return faults;
}

}  // namespace heyan::keys
