// heyan report renew REPORT: an evidence record beside a report, begun or carried on.
//
// Threat: the report, the record so far and the authority's answer come from anybody. Nothing is
// written of a report that does not stand, and no record that does not hold as a whole.
#include <fmt/format.h>

#include "gateway/cli/clock.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/input_files.h"
#include "gateway/cli/nodes_file.h"
#include "gateway/cli/output_guard.h"
#include "gateway/cli/programs.h"
#include "gateway/cli/renewal.h"
#include "gateway/cli/report_verify.h"
#include "gateway/cli/trust_files.h"
#include "gateway/os/folder.h"
#include "gateway/os/write_file.h"
#include "gateway/proof_fetch/asking.h"
#include "verifier/core/text.h"
#include "verifier/crypto/timestamp_query.h"
#include "verifier/ers/renewal.h"
#include "verifier/timestamps/envelope.h"

namespace heyan::cli {
namespace {

namespace fs = std::filesystem;
using catalogue::Language;
template <typename T>
using OrTrouble = std::expected<T, Trouble>;

constexpr std::string_view kRecordRemedy =
    "Name the evidence record that `heyan report renew` wrote, or another place with --into.";

fs::path record_path(const ReportRenewOptions& options) {
  if (!options.into.empty()) return options.into;
  fs::path beside = options.report.report;
  beside += ".ers";
  return beside;
}

// The record that is there; empty: none.
OrTrouble<core::Bytes> read_so_far(const fs::path& path) {
  const auto file = os::open_named_file(path);
  if (!file && file.error().code == core::ErrorCode::kNotFound) return core::Bytes();
  return read_input(path.string(), ers::kMaxBytes, kRecordRemedy);
}

Trouble refused(ExitStatus status, std::string what, std::string_view remedy) {
  return {.status = status, .what = std::move(what), .defects = {}, .remedy = std::string(remedy)};
}

// All that a step is taken from: it holds, as far as it is there.
struct Renewing {
  core::Bytes report;
  core::Bytes so_far;
  LoadedTrust trust;
  std::vector<timestamps::Authority> authorities;
};

OrTrouble<Renewing> read_all(const ReportRenewOptions& options) {
  const Language language = options.report.language;
  Renewing renewing;
  HEYAN_TRY(renewing.trust, load_trust(options.report.authorities));
  renewing.authorities = timestamps::authorities_of(renewing.trust.list);
  HEYAN_TRY(renewing.report, read_report(options.report));
  HEYAN_TRY(const CheckedReport checked,
            check_report_file(renewing.report, options.report,
                              {.pdf = &pdf::verify_seal, .xml = &xml::verify_seal}));
  if (checked.status != ExitStatus::kOk) {
    return std::unexpected(
        refused(checked.status, checked.text,
                say(language, "只有核验成立的报告可以续证；没有写入任何文件。",
                    "Only a report that stands can be renewed; nothing was written.")));
  }
  HEYAN_TRY(renewing.so_far, read_so_far(record_path(options)));
  if (renewing.so_far.empty()) return renewing;
  const CheckedRenewal before =
      check_renewal(renewing.so_far, renewing.report, renewing.authorities, now());
  if (!before.existed_by) {
    return std::unexpected(
        refused(ExitStatus::kInconsistent, why_not(before, language),
                say(language, "已有的续证不成立，不能在其上续证；可用 --into 另起一份。",
                    "What is there does not hold and cannot be renewed; begin another record "
                    "with --into.")));
  }
  return renewing;
}

OrTrouble<ers::Step> step_of(const Renewing& renewing, const ReportRenewOptions& options) {
  const auto failed = [&](const core::Error& error) {
    return std::unexpected(trouble_of(error, record_path(options).string(), kRecordRemedy));
  };
  crypto::Hash hash = crypto::Hash::kSha256;
  if (!options.algorithm.empty()) {
    hash = *crypto::hash_by_name(options.algorithm);
  } else if (!renewing.so_far.empty()) {
    const auto last = ers::last_hash(renewing.so_far);
    if (!last) return failed(last.error());
    hash = *last;
  }
  auto step = renewing.so_far.empty() ? ers::first_step(renewing.report, hash)
                                      : ers::next_step(renewing.so_far, renewing.report, hash);
  if (!step) return failed(step.error());
  return *std::move(step);
}

OrTrouble<core::Bytes> ask_for_token(const ers::Step& step, const ReportRenewOptions& options) {
  const Language language = options.report.language;
  const std::string path = options.nodes.string();
  if (step.hash != crypto::Hash::kSha256) {
    return std::unexpected(refused(ExitStatus::kUsage,
                                   std::string(say(language, "在线只能以 SHA-256 请求时间戳。",
                                                   "Authorities are asked over SHA-256 alone.")),
                                   say(language, "其他算法请用 --request 和 --response。",
                                       "Use --request and --response for other algorithms.")));
  }
  HEYAN_TRY(const ops::Nodes nodes, load_nodes(options.nodes));
  if (!nodes.tsa) {
    return std::unexpected(refused(ExitStatus::kUsage, core::visible(path, 1000) + ": no [tsa]",
                                   "docs/fetching-proofs.md has an example."));
  }
  auto egress = proof_fetch::Egress::start(programs() / "heyan-egress", options.nodes, *nodes.tsa);
  if (!egress) return std::unexpected(trouble_of(std::move(egress).error()));
  auto token = (*egress)->stamp(step.digest);
  if (!token) return std::unexpected(trouble_of(std::move(token).error()));
  return *std::move(token);
}

OrTrouble<core::Bytes> read_token(const ReportRenewOptions& options) {
  constexpr std::string_view kRemedy =
      "Name the time-stamp response (.tsr) or token that the authority gave for the request.";
  const std::string path = options.response.string();
  HEYAN_TRY(const core::Bytes bytes, read_input(path, timestamps::kMaxBytes, kRemedy));
  auto envelope = timestamps::open_envelope(bytes);
  if (!envelope) return std::unexpected(trouble_of(envelope.error(), path, kRemedy));
  if (envelope->token.empty()) {
    const core::Error none{core::ErrorCode::kMalformed, "there is no time stamp in it"};
    return std::unexpected(trouble_of(none, path, kRemedy));
  }
  return std::move(envelope->token);
}

// The longer record, which holds as a whole.
OrTrouble<core::Bytes> carry_on(const Renewing& renewing, const ers::Step& step,
                                core::ByteView token, CheckedRenewal& checked,
                                const ReportRenewOptions& options) {
  const Language language = options.report.language;
  const std::string_view remedy =
      say(language,
          "没有写入任何文件。请核对：应答是否对应本次请求（--request，同样的 --algorithm），"
          "机构是否列于所给名单的 [[tsa]]。",
          "Nothing was written. Does the answer belong to this request (--request, with the same "
          "--algorithm), and is the authority listed under [[tsa]]?");
  auto record = ers::append(renewing.so_far, step, token);
  if (!record) return std::unexpected(trouble_of(record.error(), "the time stamp", remedy));
  checked = check_renewal(*record, renewing.report, renewing.authorities, now());
  if (!checked.existed_by) {
    return std::unexpected(refused(ExitStatus::kMalformed, why_not(checked, language), remedy));
  }
  return *std::move(record);
}

ExitStatus write_request(const ers::Step& step, const ReportRenewOptions& options,
                         Console& console) {
  // Without a nonce: an older token over the same digest would only show more.
  const auto request = crypto::encode_timestamp_query(step.hash, step.digest);
  const std::string path = options.request.string();
  const auto written =
      request ? os::write_new(options.request, core::as_text(*request), os::Privacy::kUsual)
              : std::unexpected(request.error());
  if (!written) {
    return report_trouble(trouble_of(written.error(), path, "Name a new file for the request."),
                          console);
  }
  console.talk(fmt::format(
      fmt::runtime(say(options.report.language,
                       "已写入 {}：请交给时间戳机构（application/timestamp-query），"
                       "再以 --response 指定其应答。",
                       "Written to {}: give it to the authority (application/timestamp-query), and "
                       "name its answer with --response.")),
      core::visible(path, 1000)));
  return ExitStatus::kOk;
}

ExitStatus write_record(const core::Bytes& record, const CheckedRenewal& checked,
                        const ReportRenewOptions& options, Console& console) {
  const fs::path path = record_path(options);
  if (const auto written = os::write_whole(path, core::as_text(record)); !written) {
    return report_trouble(
        trouble_of(written.error(), path.string(), "Check the path and its permissions."), console);
  }
  console.talk(fmt::format(
      fmt::runtime(say(
          options.report.language, "已写入 {}：报告文件不晚于 {} 已经存在。请在 {} 之前再次续证。",
          "Written to {}: the report existed no later than {}. Renew again before {}.")),
      core::visible(path.string(), 1000), core::format_rfc3339(*checked.existed_by),
      core::format_rfc3339(*checked.renew_before)));
  return ExitStatus::kOk;
}

}  // namespace

ExitStatus run(const ReportRenewOptions& options, Console& console) {
  Inputs inputs;
  for (const fs::path& path : {options.report.report, options.response, options.nodes})
    inputs.add(path);
  const auto renewing = read_all(options);
  if (!renewing) return report_trouble(renewing.error(), console);
  inputs.add_document(options.report.authorities, renewing->trust.files);
  if (!options.request.empty()) inputs.add(record_path(options));
  if (const auto why = misplaced(
          {.out = options.request.empty() ? record_path(options) : options.request, .record = {}},
          inputs)) {
    console.talk("heyan: " + *why);
    return ExitStatus::kUsage;
  }
  const auto step = step_of(*renewing, options);
  if (!step) return report_trouble(step.error(), console);
  if (!options.request.empty()) return write_request(*step, options, console);
  const auto token = options.nodes.empty() ? read_token(options) : ask_for_token(*step, options);
  if (!token) return report_trouble(token.error(), console);
  CheckedRenewal checked;
  const auto record = carry_on(*renewing, *step, *token, checked, options);
  if (!record) return report_trouble(record.error(), console);
  return write_record(*record, checked, options, console);
}

}  // namespace heyan::cli
