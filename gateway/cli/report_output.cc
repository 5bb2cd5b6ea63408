#include "gateway/cli/report_output.h"

#include <array>

#include "gateway/bundle/bundle.h"
#include "gateway/cli/clock.h"
#include "gateway/cli/commands.h"
#include "gateway/ops/program_words.h"
#include "gateway/os/write_file.h"
#include "gateway/pdf/complete.h"
#include "gateway/xml/validation_report.h"
#include "verifier/report/copy.h"
#include "verifier/report/html.h"
#include "verifier/report/jws.h"
#include "verifier/report/payload.h"
#include "verifier/report/record_file.h"
#include "verifier/report/sections.h"
#include "verifier/report/text.h"

namespace heyan::cli {
namespace {

// The whole copy: every personal field is disclosed. `heyan report copy` makes smaller ones.
std::expected<std::string, Trouble> sign(const LocalJudgement& judgement, const SigningKeys& keys) {
  const std::string payload = report::encode_payload(judgement.report);
  const std::array signers = {
      report::ReportSigner{.key = keys.es256.key, .chain = {keys.es256.certificate}},
      report::ReportSigner{.key = keys.sm2.key, .chain = {keys.sm2.certificate}}};
  auto jws = report::sign_report(core::as_bytes(payload), signers, now());
  if (jws) {
    jws = report::make_copy(core::as_bytes(*jws), judgement.disclosures, report::kCourt,
                            {.json_bytes = jws->size()});
  }
  if (jws) return *std::move(jws);
  return std::unexpected(trouble_of(jws.error(), "signing the report",
                                    "Check the keys' certificates, or make new keys."));
}

// Pages that nobody signed, and that say so.
std::expected<std::string, Trouble> draft(const LocalJudgement& judgement,
                                          const report::Document& document,
                                          const std::string& payload) {
  const auto fonts = pdf::Fonts::load(pdf::fonts_folder(ops::program_folder()));
  if (!fonts) {
    return std::unexpected(
        trouble_of(fonts.error(), "share/heyan/fonts beside the program",
                   "Install or build the program anew; its fonts belong to it."));
  }
  const auto pages = pdf::print(
      document, {.as_of = core::from_unix_ms(judgement.report.as_of_ms()), .statement = {}},
      *fonts);
  auto file = pages
                  ? pdf::complete(
                        *pages, document.language,
                        {{std::string(pdf::kPayloadName), std::string(pdf::kPayloadType), payload}})
                  : std::unexpected(pages.error());
  if (file) return *std::move(file);
  return std::unexpected(trouble_of(file.error(), "printing the report", "Use --format text."));
}

std::expected<std::string, Trouble> validation_report(const std::string& payload) {
  auto file = xml::write_validation_report(core::as_bytes(payload));
  if (file) return *std::move(file);
  return std::unexpected(trouble_of(file.error(), "writing the report", "Use --format json."));
}

// All to re-check it with, and no signature.
std::expected<std::string, Trouble> unsigned_bundle(const LocalJudgement& judgement) {
  auto file = bundle::write({.payload = report::encode_payload(judgement.report),
                             .envelope = {},
                             .pdf = {},
                             .xml = {},
                             .record = core::to_string(report::encode_record_file(judgement.file)),
                             .excerpt = {}});
  if (file) return *std::move(file);
  return std::unexpected(
      trouble_of(file.error(), "writing the bundle", "Use --format json and --record."));
}

}  // namespace

std::expected<std::string, Trouble> encode(const LocalJudgement& judgement,
                                           const ReportOptions& options, const SigningKeys* keys) {
  const report::TextOptions words{.language = options.language,
                                  .declared = &judgement.file.record().submission(),
                                  .disclosures = judgement.disclosures,
                                  .origin_unknown = judgement.origin_unknown,
                                  .level = options.level};
  switch (options.format) {
    case Format::kText:
      return report::render_text(judgement.report, words);
    case Format::kHtml:
      return report::render_html(judgement.report, words);
    case Format::kPdf:
      return draft(judgement, report::build_document(judgement.report, words),
                   report::encode_payload(judgement.report));
    case Format::kXml:
      return validation_report(report::encode_payload(judgement.report));
    case Format::kZip:
      return unsigned_bundle(judgement);
    case Format::kJson:
      return report::encode_payload(judgement.report);
    case Format::kJws:
      if (keys != nullptr) return sign(judgement, *keys);
      break;
  }
  return std::unexpected(Trouble{.status = ExitStatus::kInternal,
                                 .what = "no keys to sign with",
                                 .defects = {},
                                 .remedy = "Name them with --keys DIR."});
}

ExitStatus deliver(std::string_view bytes, const ReportOptions& options, Console& console) {
  if (options.out.empty()) {
    // The exact bytes, so that their digest is the report's; a terminal gets its line end.
    const bool needs_end = console.data_is_terminal() && !bytes.ends_with('\n');
    return print(needs_end ? std::string(bytes) + "\n" : std::string(bytes), console);
  }
  const auto written = os::write_whole(options.out, bytes);
  if (written) return ExitStatus::kOk;
  return report_trouble(trouble_of(written.error(), options.out.string(),
                                   "Name another file with --out; the old one was not touched."),
                        console);
}

}  // namespace heyan::cli
