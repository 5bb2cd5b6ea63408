#include "gateway/cli/report_verify.h"

#include <array>

#include "gateway/asic/container.h"
#include "gateway/bundle/bundle.h"
#include "gateway/cli/clock.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/input_files.h"
#include "gateway/cli/mistaken_file.h"
#include "gateway/cli/seal_words.h"
#include "gateway/cli/signed_report.h"
#include "gateway/cli/stamp_words.h"
#include "gateway/cli/statement_words.h"
#include "gateway/cli/trimmed.h"
#include "gateway/cli/trouble.h"
#include "gateway/cli/verify_bundle.h"
#include "gateway/cli/witnessed.h"
#include "verifier/report/statement.h"

namespace heyan::cli {
namespace {

constexpr std::size_t kInputLimitBytes = std::size_t{1} << 30;  // a bundle with all its proofs

std::expected<crypto::PublicKey, Trouble> read_key(const std::string& path) {
  constexpr std::string_view kRemedy =
      "Name a PEM file with one certificate or one public key of the issuer.";
  HEYAN_TRY(const core::Bytes bytes, read_input(path, kKeyLimitBytes, kRemedy));
  const std::string_view text = core::as_text(bytes);
  if (text.find("PRIVATE KEY-----") != std::string_view::npos) {
    return std::unexpected(
        trouble_of({core::ErrorCode::kMalformed, "this is a private key"}, path,
                   "Name the certificate (.cert.pem) or public key (.pub.pem) of the issuer; a "
                   "private key stays with its owner."));
  }
  if (const auto certificate = crypto::Certificate::from_pem(text)) return certificate->key();
  const auto key = crypto::PublicKey::from_pem(text);
  if (!key) return std::unexpected(trouble_of(key.error(), path, kRemedy));
  return *key;
}

std::expected<Issuer, Trouble> read_issuer(const ReportVerifyOptions& options) {
  Issuer issuer;
  for (const std::string& path : options.keys) {
    HEYAN_TRY(crypto::PublicKey key, read_key(path));
    issuer.keys.push_back(std::move(key));
  }
  HEYAN_CHECK_OK(read_log(options.log, issuer));
  issuer.now = now();
  if (options.tsa.empty()) return issuer;
  constexpr std::string_view kRemedy =
      "Name a PEM file with the authority's certificate, or those of its CAs.";
  HEYAN_TRY(const core::Bytes pem, read_input(options.tsa.string(), kKeyLimitBytes, kRemedy));
  auto certificates = crypto::Certificate::list_from_pem(core::as_text(pem));
  if (!certificates)
    return std::unexpected(trouble_of(certificates.error(), options.tsa.string(), kRemedy));
  issuer.tsa = *std::move(certificates);
  return issuer;
}

// What a program says that holds no reader of PDF.
std::string_view unread(catalogue::Language language) {
  return say(language,
             "本程序不读取 PDF 的内容：请用 PDF 阅读器保存所附的 report.jws，再核对它。\n",
             "This program does not read what is in a PDF: save the attached report.jws with a PDF "
             "reader, and check that.\n");
}
std::string_view rest_unread(bool is_pdf, catalogue::Language language) {
  return is_pdf ? say(language, "本程序不读取页面；以下是所附的报告，以它为准：\n",
                      "This program does not read the pages; what counts is the attached report, "
                      "and that is:\n")
                : say(language, "本程序不比较 XML 所述与其中的报告；以下是该报告，以它为准：\n",
                      "This program does not compare what the XML says with the report within it; "
                      "what counts is that report:\n");
}

// A report under a seal that holds, as its stamp leaves it.
CheckedReport beneath(const std::string& told, const report::TimeStamp& stamp,
                      CheckedReport within) {
  within.text.insert(0, told);
  const std::array statuses = {within.status, status_of(stamp)};
  within.status = most_urgent(statuses);
  return within;
}

// Of a PDF or XML: its seal first, and only then the report within it.
CheckedReport check_sealed(core::ByteView file, SealedFile kind, const Issuer& issuer,
                           const CheckSeals& check_seals, catalogue::Language language) {
  crypto::SignatureChecker checker(crypto::production_engines(), core::Limits());
  const bool is_pdf = kind == SealedFile::kPdf;
  const report::SealVerdict seal =
      (is_pdf ? check_seals.pdf : check_seals.xml)(file, issuer.keys, checker);
  CheckedReport checked{.status = ExitStatus::kInconsistent,
                        .text = seal_sentence(kind, seal.fault, language),
                        .payload = {}};
  if (seal.certificate) checked.text += name_of_sealer(*seal.certificate, language);
  if (seal.fault == report::SealFault::kNone) {
    checked.text += describe_stamp(seal.stamp, Stamped::kSeal, issuer, checker, language);
  }
  if (seal.fault == report::SealFault::kIssuerUnknown ||
      seal.fault == report::SealFault::kEnginesDisagree) {
    checked.status = ExitStatus::kOpen;
  } else if (seal.fault == report::SealFault::kNone && seal.envelope.empty()) {
    checked.status = ExitStatus::kOpen;
    checked.text += unread(language);
  } else if (seal.fault == report::SealFault::kNone) {
    if (!check_seals.reads_all) checked.text += rest_unread(is_pdf, language);
    CheckedReport all = beneath(checked.text, seal.stamp,
                                check_signed(core::as_bytes(seal.envelope), issuer, language));
    // What was not compared is not called good: a stolen seal seals other words around a report.
    const std::array statuses = {all.status,
                                 check_seals.reads_all ? ExitStatus::kOk : ExitStatus::kOpen};
    all.status = most_urgent(statuses);
    return all;
  }
  return checked;
}

// Of a container: its own signature, then the PDF within, which is over the same report.
CheckedReport check_container(core::ByteView file, const Issuer& issuer,
                              const CheckSeals& check_seals, catalogue::Language language) {
  crypto::SignatureChecker checker(crypto::production_engines(), core::Limits());
  const asic::CheckedContainer container = asic::check_container(file, issuer.keys, checker);
  std::string text = seal_sentence(SealedFile::kContainer, container.seal.fault, language);
  if (container.seal.fault != report::SealFault::kNone) {
    if (container.seal.certificate) text += name_of_sealer(*container.seal.certificate, language);
    const bool open = container.seal.fault == report::SealFault::kIssuerUnknown ||
                      container.seal.fault == report::SealFault::kEnginesDisagree;
    return {.status = open ? ExitStatus::kOpen : ExitStatus::kInconsistent,
            .text = std::move(text),
            .payload = {}};
  }
  if (check_seals.pdf(container.pdf, issuer.keys, checker).payload_sha256 !=
      container.seal.payload_sha256) {
    return {
        .status = ExitStatus::kInconsistent,
        .text = seal_sentence(SealedFile::kContainer, report::SealFault::kAttachments, language),
        .payload = {}};
  }
  // The gateway stamps the PDF; somebody may have stamped the container too.
  const report::TimeStamp& stamp = container.seal.stamp;
  if (stamp.outcome != report::StampOutcome::kAbsent) {
    text += describe_stamp(stamp, Stamped::kSeal, issuer, checker, language);
  }
  return beneath(text, stamp,
                 check_sealed(container.pdf, SealedFile::kPdf, issuer, check_seals, language));
}

// Nothing that was scanned is followed, and nothing that is not signed is repeated.
CheckedReport check_scanned(const ReportVerifyOptions& options, const Issuer& issuer) {
  crypto::SignatureChecker checker(crypto::production_engines(), core::Limits());
  const report::StatementVerdict verdict =
      report::verify_statement(trimmed(options.statement), issuer.keys, checker);
  ExitStatus status = ExitStatus::kOk;
  if (verdict.outcome == report::StatementOutcome::kIssuerUnknown ||
      verdict.outcome == report::StatementOutcome::kEnginesDisagree) {
    status = ExitStatus::kOpen;
  } else if (verdict.outcome != report::StatementOutcome::kValid) {
    status = ExitStatus::kInconsistent;
  }
  return {.status = status, .text = statement_text(verdict, options.language), .payload = {}};
}

Trouble trust_without_bundle() {
  return {.status = ExitStatus::kUsage,
          .what = "--trust is of a bundle: only there is the trust list that was used",
          .defects = {},
          .remedy = {}};
}

}  // namespace

std::expected<core::Bytes, Trouble> read_report(const ReportVerifyOptions& options) {
  return read_input(options.report.string(), kInputLimitBytes,
                    "Name a report, a sealed PDF or XML, a bundle or a container that a court gave "
                    "you, or that `heyan verify` wrote.");
}

std::expected<CheckedReport, Trouble> check_report_file(core::ByteView bytes,
                                                        const ReportVerifyOptions& options,
                                                        const CheckSeals& check_seals) {
  HEYAN_TRY(const Issuer issuer, read_issuer(options));
  const bool contained = asic::is_container(bytes);
  if (!contained && bundle::is_bundle(bytes)) {
    return check_bundle(bytes, options, issuer, check_seals);
  }
  if (!options.trust.empty()) return std::unexpected(trust_without_bundle());
  if (contained) return check_container(bytes, issuer, check_seals, options.language);
  if (pdf::is_pdf(bytes)) {
    return check_sealed(bytes, SealedFile::kPdf, issuer, check_seals, options.language);
  }
  if (xml::is_xml(bytes) && mistaken_file(bytes) != MistakenFile::kPage) {
    return check_sealed(bytes, SealedFile::kXml, issuer, check_seals, options.language);
  }
  return check_signed(bytes, issuer, options.language);
}

std::expected<CheckedReport, Trouble> check_report(const ReportVerifyOptions& options,
                                                   const CheckSeals& check_seals) {
  if (options.statement.empty()) {
    HEYAN_TRY(const core::Bytes bytes, read_report(options));
    return check_report_file(bytes, options, check_seals);
  }
  HEYAN_TRY(const Issuer issuer, read_issuer(options));
  if (!options.trust.empty()) return std::unexpected(trust_without_bundle());
  return check_scanned(options, issuer);
}

ExitStatus verify_report(const ReportVerifyOptions& options, const CheckSeals& check_seals,
                         Console& console) {
  const auto checked = check_report(options, check_seals);
  if (!checked) return report_trouble(checked.error(), console);
  const std::array statuses = {print(checked->text, console), checked->status};
  return most_urgent(statuses);
}

}  // namespace heyan::cli
