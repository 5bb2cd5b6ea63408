// heyan judge RECORD.hcr: the same judgement again, or another one over the same record.
#include "gateway/cli/clock.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/local_judgement.h"
#include "gateway/cli/output_guard.h"
#include "gateway/cli/record_input.h"
#include "gateway/cli/report_output.h"

namespace heyan::cli {
namespace {

std::expected<void, Trouble> check_output(const JudgeOptions& options, const LoadedTrust& trust,
                                          const LoadedPolicy& policy) {
  Inputs inputs;
  inputs.add(options.record);
  inputs.add_document(options.trust, trust.files);
  inputs.add_document(options.policy, policy.files);
  auto why = misplaced({.out = options.report.out, .record = {}}, inputs);
  if (!why) return {};
  return std::unexpected(
      Trouble{.status = ExitStatus::kUsage, .what = *std::move(why), .defects = {}, .remedy = {}});
}

std::expected<LocalJudgement, Trouble> judge_again(const JudgeOptions& options,
                                                   v1::RecordFile file) {
  const bool as_recorded = options.trust.empty() && options.policy.empty() && !options.at;
  HEYAN_TRY(const LoadedTrust trust,
            options.trust.empty() ? parse_trust(file.trust_list()) : load_trust(options.trust));
  HEYAN_TRY(const LoadedPolicy policy,
            options.policy.empty() ? parse_policy(file.policy()) : load_policy(options.policy));
  HEYAN_CHECK_OK(check_output(options, trust, policy));
  v1::Circumstances circumstances = std::move(*file.mutable_circumstances());
  // Another judgement is another report; the number is derived from what it rests on.
  if (!as_recorded) circumstances.clear_report_number();
  auto judgement =
      judge_locally(std::move(*file.mutable_record()), std::move(circumstances), trust, policy,
                    options.at.value_or(core::from_unix_ms(file.as_of_ms())), core::Limits());
  if (!judgement) {
    return std::unexpected(
        trouble_of(judgement.error(), options.record.string(), "Run `heyan selftest`."));
  }
  judgement->origin_unknown = true;
  return *std::move(judgement);
}

void say_what_it_rests_on(const JudgeOptions& options, const v1::RecordFile& file,
                          Console& console) {
  const catalogue::Language language = options.report.language;
  console.talk(say(
      language, "来源不明：没有已签名的报告与本记录文件绑定，本结果不予签名。",
      "Origin unknown: no signed report is bound to this record file; the result is unsigned."));
  if (options.trust.empty()) {
    console.talk(file.trust_list().empty()
                     ? say(language, "记录文件中没有信任名单：任何链都不被采信。",
                           "The record file holds no trust list: no ledger is believed.")
                     : say(language,
                           "使用记录文件内所附的信任名单；请用 --trust 指定法院自己的信任名单。",
                           "The trust list inside the record file is used; name the court's own "
                           "with --trust."));
  }
  if (!options.at) {
    console.talk(say(language, "判断时点为记录文件中的时间；可用 --at 另行指定。",
                     "The time of judgement is that of the record file; name another with --at."));
  }
}

}  // namespace

ExitStatus run(const JudgeOptions& options, Console& console) {
  auto file = read_record(options.record, options.report.language);
  if (!file) return report_trouble(file.error(), console);
  say_what_it_rests_on(options, *file, console);
  const auto judgement = judge_again(options, *std::move(file));
  if (!judgement) return report_trouble(judgement.error(), console);
  const auto encoded = encode(*judgement, options.report, nullptr);
  if (!encoded) return report_trouble(encoded.error(), console);
  const std::array statuses = {status_of(judgement->report),
                               deliver(*encoded, options.report, console)};
  return most_urgent(statuses);
}

}  // namespace heyan::cli
