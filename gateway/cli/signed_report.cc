#include "gateway/cli/signed_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "gateway/cli/console.h"
#include "gateway/cli/copy_words.h"
#include "gateway/cli/elsewhere_words.h"
#include "gateway/cli/jws_words.h"
#include "gateway/cli/report_statement.h"
#include "gateway/cli/stamp_words.h"
#include "gateway/cli/witnessed.h"
#include "verifier/core/text.h"
#include "verifier/report/envelope.h"

namespace heyan::cli {
namespace {

using catalogue::Language;
using report::JwsOutcome;

constexpr std::size_t kReportLimitBytes = 256u << 20;

std::string describe_signatures(const report::JwsVerdict& verdict, Language language) {
  std::string text;
  for (const report::JwsSignature& signature : verdict.signatures) {
    const bool valid = signature.outcome == crypto::SignatureOutcome::kValid;
    const std::vector<std::string> names = signature.chain.empty()
                                               ? std::vector<std::string>{}
                                               : signature.chain.front().subject_values("CN");
    text +=
        fmt::format("{}{}: {}; {}{}\n", say(language, "签名 ", "Signature "), signature.algorithm,
                    valid ? say(language, "数学上有效", "mathematically valid")
                          : say(language, "无效", "not valid"),
                    signature.issuer_known
                        ? say(language, "签发者是您指定的密钥", "made by a key that you named")
                        : say(language, "签发者未知", "issuer unknown"),
                    names.empty() ? "" : fmt::format(" (CN \"{}\")", core::visible(names.front())));
  }
  return text;
}

struct Conclusion {
  ExitStatus status;
  std::string_view words;
};

bool anybody_known(const report::JwsVerdict& verdict) {
  return std::ranges::any_of(verdict.signatures, &report::JwsSignature::issuer_known);
}

// What the log adds to signatures that hold.
Conclusion conclude_log(report::LogOutcome log, Language language) {
  switch (log) {
    case report::LogOutcome::kValid:
      return {
          ExitStatus::kOk,
          say(language, "签名有效，报告已入日志。是否其后被取代或者撤回，请向出具法院查询。",
              "The signatures are valid and the report stands in its log. Ask the issuing court "
              "whether it was superseded or withdrawn since.")};
    case report::LogOutcome::kInvalid:
      return {ExitStatus::kInconsistent,
              say(language, "不成立：所附日志证明不成立。",
                  "This report does not stand: its log proof does not hold.")};
    case report::LogOutcome::kMissing:
      return {ExitStatus::kOpen,
              say(language, "签名有效，但未附日志证明：不能确定。",
                  "The signatures are valid, but the proof that it stands in the report log is "
                  "missing: undetermined.")};
    case report::LogOutcome::kKeyUnknown:
      return {ExitStatus::kOpen,
              say(language, "签名有效；请用 --log 指定出具法院的日志公钥，以核对所附日志证明。",
                  "The signatures are valid; name the key of the court's report log with --log to "
                  "check the log proof.")};
    case report::LogOutcome::kAbsent:
      break;
  }
  return {ExitStatus::kOk,
          say(language, "签名有效。未附报告日志证明，是否已被取代或者撤回未经核查。",
              "The signatures are valid. No report log proof is attached: whether the report was "
              "superseded or withdrawn was not checked.")};
}

// What witnesses add to a log proof that holds.
std::optional<Conclusion> conclude_witnesses(const Witnessed& witnessed, Language language) {
  if (witnessed.outcome == Witnessed::Outcome::kTooFew) {
    return Conclusion{ExitStatus::kOpen,
                      say(language, "签名有效，但签发已满 24 小时而日志的见证不足：不能确定。",
                          "The signatures are valid, but 24 hours after it was signed too few "
                          "witnesses have cosigned its log: undetermined.")};
  }
  return std::nullopt;
}

bool has_fault(const report::EnvelopeVerdict& envelope) {
  return envelope.disclosed.fault != report::DisclosureFault::kNone ||
         envelope.stamp.outcome == report::StampOutcome::kFault;
}

Conclusion conclude(const report::EnvelopeVerdict& envelope, bool is_report, Language language) {
  const report::JwsVerdict& verdict = envelope.jws;
  if (verdict.outcome == JwsOutcome::kInvalid || !is_report || has_fault(envelope)) {
    return {ExitStatus::kInconsistent, say(language, "不成立。", "This report does not stand.")};
  }
  if (verdict.outcome == JwsOutcome::kIssuerUnknown && anybody_known(verdict)) {
    return {
        ExitStatus::kOpen,
        say(language,
            "两个签名之一由您指定的密钥作出；请用 --key 同时指定另一份证书（es256 和 sm2 "
            "各一份）。",
            "One of two signatures is by a key you named; name the other certificate too (--key "
            "once for es256 and once for sm2).")};
  }
  if (verdict.outcome == JwsOutcome::kIssuerUnknown) {
    return {ExitStatus::kOpen,
            say(language,
                "内部一致，签发者未知：请用 --key 指定您从法院取得的两份证书（es256 和 sm2）。",
                "Internally coherent, issuer unknown: name with --key the two certificates (es256 "
                "and sm2) that you have from the court.")};
  }
  return conclude_log(envelope.log, language);
}

std::string reason_text(core::ByteView document, const report::EnvelopeVerdict& envelope,
                        bool is_report, Language language) {
  const report::JwsVerdict& verdict = envelope.jws;
  const report::DisclosureFault disclosures = envelope.disclosed.fault;
  if (disclosures != report::DisclosureFault::kNone) {
    return fmt::format("{}{} [disclosure-{}]\n", say(language, "原因：", "Reason: "),
                       fault_sentence(disclosures).in(language), report::name(disclosures));
  }
  if (verdict.outcome == JwsOutcome::kInvalid) {
    return fmt::format("{}{} [{}]\n", say(language, "原因：", "Reason: "),
                       fault_sentence(verdict.fault, document).in(language),
                       report::name(verdict.fault));
  }
  if (envelope.stamp.outcome == report::StampOutcome::kFault) {
    return fmt::format("{}{} [time-stamp]\n", say(language, "原因：", "Reason: "),
                       say(language, "所附时间戳不是对这些签名加盖的，或者已受损。",
                           "The time stamp is not over these signatures, or was damaged."));
  }
  if (is_report) return {};
  return std::string(say(language, "原因：签名的内容不是核验报告。\n",
                         "Reason: what was signed is not a verification report.\n"));
}

}  // namespace

CheckedReport check_signed(core::ByteView document, const Issuer& issuer, Language language) {
  core::Limits limits;
  limits.json_bytes = kReportLimitBytes;
  crypto::SignatureChecker checker(crypto::production_engines(), limits);
  const report::EnvelopeVerdict envelope = report::verify_envelope(
      document, issuer.keys, issuer.log ? &*issuer.log : nullptr, checker, limits);
  const report::JwsVerdict& verdict = envelope.jws;
  const auto statement = read_statement(verdict.payload);
  Conclusion conclusion = conclude(envelope, statement.has_value(), language);
  Witnessed witnessed;
  if (conclusion.status == ExitStatus::kOk && envelope.log == report::LogOutcome::kValid) {
    witnessed = count_witnesses(report::log_proof_of(document, limits).value_or(""), issuer,
                                verdict.signed_at, checker);
    conclusion = conclude_witnesses(witnessed, language).value_or(conclusion);
  }
  CheckedReport checked{.status = conclusion.status, .text = {}, .payload = {}};
  checked.text = std::string(conclusion.words) + "\n" +
                 reason_text(document, envelope, statement.has_value(), language);
  if (conclusion.status == ExitStatus::kInconsistent) return checked;
  checked.text += describe_signatures(verdict, language);
  checked.text += fmt::format(
      "{}{}\n", say(language, "签名时间（签发者所称）：", "Signed at (as the issuer says): "),
      core::format_rfc3339(verdict.signed_at));
  checked.text += describe(witnessed, language);
  checked.text += describe_stamp(envelope.stamp, Stamped::kReport, issuer, checker, language);
  checked.text += describe(*statement, verdict.payload, language);
  checked.text += describe_personal(envelope, language);
  checked.text += describe_searches(envelope, language);
  checked.payload = verdict.payload;
  for (const report::JwsSignature& signature : verdict.signatures) {
    for (const crypto::Certificate& one : signature.chain)
      checked.certificates_until =
          std::min(checked.certificates_until.value_or(one.not_after()), one.not_after());
  }
  return checked;
}

}  // namespace heyan::cli
