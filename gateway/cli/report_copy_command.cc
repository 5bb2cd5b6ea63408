// heyan report copy REPORT --for WHO: a smaller copy of a signed report or of a bundle, offline.
//
// Threat: the report comes from anybody. Nothing is written of one whose signatures or disclosures
// do not hold together; whose it is, `heyan report verify` says.
#include "gateway/asic/container.h"
#include "gateway/bundle/bundle.h"
#include "gateway/cli/bundle_copy.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/copy_words.h"
#include "gateway/cli/input_files.h"
#include "gateway/cli/jws_words.h"
#include "gateway/cli/output_guard.h"
#include "gateway/cli/report_output.h"
#include "gateway/cli/trouble.h"
#include "gateway/pdf/verify.h"
#include "verifier/core/json.h"
#include "verifier/report/envelope.h"

namespace heyan::cli {
namespace {

constexpr std::string_view kRemedy =
    "Name a bundle or a signed report (JWS): as a gateway gives it, as `heyan verify --format jws` "
    "writes it, "
    "or report.jws as attached to a sealed PDF.";
constexpr std::size_t kReportLimitBytes = 256u << 20;
constexpr std::size_t kInputLimitBytes = std::size_t{1} << 30;  // a bundle with all its proofs

struct Whole {
  core::Bytes document;
  report::EnvelopeVerdict verdict;
};

std::expected<Whole, Trouble> check_whole(core::Bytes document, const ReportCopyOptions& options) {
  Whole whole{.document = std::move(document), .verdict = {}};
  const core::Limits limits{.json_bytes = kReportLimitBytes};
  crypto::SignatureChecker checker(crypto::production_engines(), limits);
  whole.verdict = report::verify_envelope(whole.document, {}, nullptr, checker, limits);
  const auto refused = [&](const catalogue::Text& why) {
    return std::unexpected(Trouble{.status = ExitStatus::kMalformed,
                                   .what = std::string(why.in(options.output.language)),
                                   .defects = {},
                                   .remedy = std::string(kRemedy)});
  };
  if (whole.verdict.jws.outcome == report::JwsOutcome::kInvalid) {
    return refused(fault_sentence(whole.verdict.jws.fault, whole.document));
  }
  if (whole.verdict.disclosed.fault != report::DisclosureFault::kNone) {
    return refused(fault_sentence(whole.verdict.disclosed.fault));
  }
  return whole;
}

// The payload of a command line says so itself (docs/formats.md).
bool is_offline(core::ByteView payload) {
  const auto value = core::json::parse(payload, {.json_bytes = kReportLimitBytes});
  const core::json::Value* declared = value ? value->find("submissionIsDeclared") : nullptr;
  return declared != nullptr && declared->as_bool() != nullptr && *declared->as_bool();
}

}  // namespace

ExitStatus run(const ReportCopyOptions& options, Console& console) {
  Inputs inputs;
  inputs.add(options.report);
  if (const auto why = misplaced({.out = options.output.out, .record = {}}, inputs)) {
    console.talk("heyan: " + *why);
    return ExitStatus::kUsage;
  }
  auto document = read_input(options.report.string(), kInputLimitBytes, kRemedy);
  if (!document) return report_trouble(document.error(), console);
  if (bundle::is_bundle(*document) && !asic::is_container(*document)) {
    const auto copy = copy_bundle(*document, options.reader, options.output.language);
    return copy ? deliver(*copy, options.output, console) : report_trouble(copy.error(), console);
  }
  const auto whole = check_whole(*std::move(document), options);
  if (!whole) return report_trouble(whole.error(), console);
  const auto copy = report::make_copy(whole->document, whole->verdict.disclosed.disclosures,
                                      options.reader, {.json_bytes = kReportLimitBytes});
  if (!copy) {
    return report_trouble(
        trouble_of(
            copy.error(), "--for " + options.reader,
            "Use --for court, party or opponent, or the id of a party as the report has it."),
        console);
  }
  if (is_offline(whole->verdict.jws.payload)) {
    console.talk(say(options.output.language,
                     "该报告是离线作出的：链上记录中关于人的内容以明文载于载荷，每份副本都有。",
                     "This report was made offline: what ledger records say of persons stands in "
                     "its payload in the clear, and so in every copy."));
  }
  return deliver(*copy, options.output, console);
}

}  // namespace heyan::cli
