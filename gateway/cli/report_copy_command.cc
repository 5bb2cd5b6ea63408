// heyan report copy REPORT --for WHO: a smaller copy of a signed report, offline.
//
// Threat: the report comes from anybody. Nothing is written of one whose signatures or disclosures
// do not hold together; whose it is, `heyan report verify` says.
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
    "Name a signed report (JWS): as a gateway gives it, as `heyan verify --format jws` writes it, "
    "or report.jws as attached to a sealed PDF.";
constexpr std::size_t kReportLimitBytes = 256u << 20;

struct Whole {
  core::Bytes document;
  report::EnvelopeVerdict verdict;
};

std::expected<Whole, Trouble> read_whole(const ReportCopyOptions& options) {
  Whole whole;
  HEYAN_TRY(whole.document, read_input(options.report.string(), kReportLimitBytes, kRemedy));
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
    return refused(fault_sentence(whole.verdict.jws.fault));
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
  const auto whole = read_whole(options);
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
