// heyan report diff: what two reports say differently, or a record judged then and today.
//
// Threat: reports and records come from anybody; nothing is verified here but what they say is
// compared. A record is judged in this process, as by `heyan judge`.
#include <array>

#include "gateway/bundle/bundle.h"
#include "gateway/cli/clock.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/difference_words.h"
#include "gateway/cli/input_files.h"
#include "gateway/cli/local_judgement.h"
#include "gateway/cli/output_guard.h"
#include "gateway/cli/record_input.h"
#include "gateway/cli/report_output.h"
#include "schemas/catalogue/catalogue.h"
#include "verifier/core/text.h"
#include "verifier/report/payload.h"

namespace heyan::cli {
namespace {

using core::json::Value;

constexpr std::size_t kReportLimitBytes = 256u << 20;
constexpr std::string_view kReportRemedy =
    "Name two reports: payloads (report.json), signed reports (report.jws) or bundles.";

core::Result<Value> read_json(core::ByteView bytes) {
  core::Limits limits;
  limits.json_bytes = kReportLimitBytes;
  auto value = core::json::parse(bytes, limits);
  if (!value) return std::unexpected(value.error().error);
  return *std::move(value);
}

// A payload, or the payload in a signed report or bundle.
core::Result<Value> payload_in(core::ByteView bytes) {
  if (bundle::is_bundle(bytes)) {
    const auto opened = bundle::open(bytes);
    if (opened) return read_json(core::as_bytes(opened->bundle.payload));
    return core::fail(core::ErrorCode::kMalformed,
                      "this bundle does not stand; heyan report verify says why");
  }
  HEYAN_TRY(Value value, read_json(bytes));
  const Value* inner = value.find("payload");
  if (inner == nullptr || inner->as_string() == nullptr) return value;
  const auto decoded = core::from_base64url(*inner->as_string());
  if (!decoded) return core::fail(core::ErrorCode::kMalformed, "its payload is not base64url");
  return read_json(*decoded);
}

std::expected<Value, Trouble> read_payload(const std::filesystem::path& path) {
  HEYAN_TRY(const core::Bytes bytes, read_input(path.string(), kReportLimitBytes, kReportRemedy));
  auto payload = payload_in(bytes);
  if (!payload) {
    return std::unexpected(trouble_of(payload.error(), path.string(), kReportRemedy));
  }
  return *std::move(payload);
}

struct Compared {
  report::Difference difference;
  std::optional<Rejudged> rejudged;
};

std::expected<Compared, Trouble> compare_reports(const ReportDiffOptions& options) {
  HEYAN_TRY(const Value before, read_payload(options.before));
  HEYAN_TRY(const Value now, read_payload(options.now));
  auto difference = report::compare_payloads(before, now);
  if (!difference) {
    return std::unexpected(trouble_of(
        difference.error(), options.before.string() + ", " + options.now.string(), kReportRemedy));
  }
  return Compared{.difference = *std::move(difference), .rejudged = {}};
}

// One record, judged under any rules.
class Rejudging {
 public:
  explicit Rejudging(v1::RecordFile file) : file_(std::move(file)) {}

  struct Rules {
    const LoadedTrust& trust;
    const LoadedPolicy& policy;
    core::UtcTime as_of;
  };

  core::Result<v1::Report> judge(const Rules& rules, bool as_recorded = false) const {
    v1::Circumstances circumstances = file_.circumstances();
    if (!as_recorded) circumstances.clear_report_number();
    HEYAN_TRY(LocalJudgement judgement,
              judge_locally(file_.record(), std::move(circumstances), rules.trust, rules.policy,
                            rules.as_of, core::Limits()));
    return std::move(judgement.report);
  }
  core::Result<Trial> attempt(std::string id, const Rules& rules) const {
    HEYAN_TRY(const v1::Report report, judge(rules));
    Trial trial{.id = std::move(id), .verdicts = {}};
    for (const v1::ItemReport& item : report.evidence()) {
      trial.verdicts.emplace_back(core::visible(item.id()), catalogue::word(item.verdict()));
    }
    return trial;
  }

 private:
  v1::RecordFile file_;
};

LoadedPolicy strict_policy() {
  LoadedPolicy strict{.policy = trust::default_policy(), .files = {}};
  strict.policy.id = "strict";
  strict.policy.strict_expiry = true;
  return strict;
}

core::Result<Compared> compare(const Rejudging& record, const Rejudging::Rules& then,
                               const Rejudging::Rules& today) {
  HEYAN_TRY(const v1::Report before, record.judge(then, true));
  HEYAN_TRY(const v1::Report now, record.judge(today));
  HEYAN_TRY(report::Difference difference,
            report::compare_payloads(report::payload_value(before), report::payload_value(now)));
  Rejudged rejudged;
  const auto attempt = [&](std::vector<Trial>& list, std::string id,
                           const Rejudging::Rules& rules) -> core::Result<void> {
    HEYAN_TRY(Trial trial, record.attempt(std::move(id), rules));
    list.push_back(std::move(trial));
    return {};
  };
  HEYAN_CHECK_OK(attempt(rejudged.alone, "time", {then.trust, then.policy, today.as_of}));
  HEYAN_CHECK_OK(attempt(rejudged.alone, "trust", {today.trust, then.policy, then.as_of}));
  HEYAN_CHECK_OK(attempt(rejudged.alone, "policy", {then.trust, today.policy, then.as_of}));
  const LoadedPolicy strict = strict_policy();
  const LoadedPolicy usual{.policy = trust::default_policy(), .files = {}};
  HEYAN_CHECK_OK(attempt(rejudged.sensitivity, "strict", {today.trust, strict, today.as_of}));
  HEYAN_CHECK_OK(attempt(rejudged.sensitivity, "default", {today.trust, usual, today.as_of}));
  HEYAN_CHECK_OK(
      attempt(rejudged.sensitivity, "recorded", {today.trust, then.policy, today.as_of}));
  return Compared{.difference = std::move(difference), .rejudged = std::move(rejudged)};
}

// Today's trust list and policy are those that the user names; otherwise the record's own.
std::expected<Compared, Trouble> rejudge(const ReportDiffOptions& options) {
  HEYAN_TRY(v1::RecordFile file, read_record(options.before, options.report.language));
  HEYAN_TRY(const LoadedTrust trust_then, parse_trust(file.trust_list()));
  HEYAN_TRY(const LoadedPolicy policy_then, parse_policy(file.policy()));
  HEYAN_TRY(const LoadedTrust trust_now,
            options.trust.empty() ? parse_trust(file.trust_list()) : load_trust(options.trust));
  HEYAN_TRY(const LoadedPolicy policy_now,
            options.policy.empty() ? parse_policy(file.policy()) : load_policy(options.policy));
  const core::UtcTime then = core::from_unix_ms(file.as_of_ms());
  auto compared = compare(Rejudging(std::move(file)), {trust_then, policy_then, then},
                          {trust_now, policy_now, options.at.value_or(now())});
  if (!compared) {
    return std::unexpected(
        trouble_of(compared.error(), options.before.string(), "Run `heyan selftest`."));
  }
  return *std::move(compared);
}

std::optional<std::string> misuse(const ReportDiffOptions& options) {
  if (options.rejudge && !options.now.empty()) {
    return "--rejudge compares one record (.hcr) with itself, judged today; name no second file";
  }
  if (!options.rejudge && options.now.empty()) {
    return "name two reports, or one record (.hcr) with --rejudge";
  }
  if (!options.rejudge && (!options.trust.empty() || !options.policy.empty() || options.at)) {
    return "--trust, --policy and --at belong to --rejudge; reports are compared as they are";
  }
  Inputs inputs;
  inputs.add(options.before);
  inputs.add(options.now);
  inputs.add(options.trust);
  inputs.add(options.policy);
  return misplaced({.out = options.report.out, .record = {}}, inputs);
}

}  // namespace

ExitStatus run(const ReportDiffOptions& options, Console& console) {
  if (const auto why = misuse(options)) {
    console.talk("heyan: " + *why);
    return ExitStatus::kUsage;
  }
  const auto compared = options.rejudge ? rejudge(options) : compare_reports(options);
  if (!compared) return report_trouble(compared.error(), console);
  const Rejudged* rejudged = compared->rejudged ? &*compared->rejudged : nullptr;
  const std::string text =
      options.report.format == Format::kJson
          ? core::json::write_canonical(to_json(compared->difference, rejudged))
          : to_text(compared->difference, rejudged, options.report.language);
  const std::array statuses = {
      compared->difference.verdicts_differ() ? ExitStatus::kInconsistent : ExitStatus::kOk,
      deliver(text, options.report, console)};
  return most_urgent(statuses);
}

}  // namespace heyan::cli
