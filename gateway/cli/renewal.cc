#include "gateway/cli/renewal.h"

#include <fmt/format.h>

#include <array>

#include "gateway/cli/console.h"
#include "verifier/core/json.h"
#include "verifier/core/text.h"
#include "verifier/trust/policy.h"

namespace heyan::cli {
namespace {

using catalogue::Language;
using timestamps::Verdict;

constexpr std::size_t kReportLimitBytes = 256u << 20;
constexpr std::array kHashes = {crypto::Hash::kSha256, crypto::Hash::kSha384, crypto::Hash::kSha512,
                                crypto::Hash::kSm3};

std::string name_of(const timestamps::Judged& stamp, const trust::TrustList& list,
                    Language language) {
  const trust::Institution* institution = list.institution(stamp.authority->institution);
  if (institution == nullptr) return core::visible(stamp.authority->institution);
  const std::string name{say(language, institution->name.zh, institution->name.en)};
  return core::visible(name.empty() ? institution->id : name);
}

// The date before which the report itself asks to be renewed.
std::optional<core::UtcTime> asked_before(core::ByteView payload) {
  const auto value = core::json::parse(payload, {.json_bytes = kReportLimitBytes});
  const core::json::Value* at = value ? value->at("/renewBefore/at") : nullptr;
  if (at == nullptr || at->as_string() == nullptr) return std::nullopt;
  return core::parse_rfc3339(*at->as_string());
}

// One date that has passed, and on which side of it the renewal began.
struct Passed {
  std::string_view in_time;
  std::string_view too_late;
};

Passed certificate_words(Language language) {
  return {
      say(language,
          "签发者的证书已于 {} 终止；续证在此之前开始，报告的签名在证书有效时已经存在。\n",
          "A certificate of the issuer ended on {}; the renewal began before, so the "
          "signatures were there while it was valid.\n"),
      say(language,
          "签发者的证书已于 {} 终止；续证在此之后才开始，不能表明签名是在证书有效时作出的。\n",
          "A certificate of the issuer ended on {}; the renewal began only afterwards, and does "
          "not show that the signatures were made while it was valid.\n")};
}

Passed asked_words(Language language) {
  return {
      say(language,
          "报告写明的续证期限 {} 已过；续证在此之前开始，其时报告所依据的算法和密钥仍然可靠。\n",
          "The date before which the report asks to be renewed, {}, has passed; the renewal "
          "began before, when the algorithms and keys that it rests on still held.\n"),
      say(language,
          "报告写明的续证期限 {} "
          "已过；续证在此之后才开始，不能表明其时报告所依据的算法和密钥仍然可靠。\n",
          "The date before which the report asks to be renewed, {}, has passed; the renewal "
          "began only afterwards, and does not show that the algorithms and keys that the "
          "report rests on still held.\n")};
}

catalogue::Text cause_of(const ers::Verification& found) {
  if (found.reasons.contains(ers::Reason::kDataNotCovered)) {
    return {"续证没有覆盖这一份文件：文件或者续证被改动过，或者续证属于另一份报告。",
            "The renewal does not cover this file: one of the two was changed, or it is of another "
            "report."};
  }
  if (found.reasons.contains(ers::Reason::kNotRenewedInTime)) {
    return {"续证中的一个时间戳在其证书终止之前没有再次续证。",
            "A stamp of the renewal was not renewed before its certificate ended."};
  }
  switch (found.verdict) {
    case Verdict::kMalformed:
      return {"续证文件无法读取。", "The renewal cannot be read."};
    case Verdict::kIndeterminate:
      return {"续证的时间戳不是所给名单中的机构签发的，或者其格式不受支持。",
              "A stamp of the renewal is of no authority on the list, or of a form that is not "
              "supported."};
    case Verdict::kUndecided:
      return {"两套密码实现对续证的判断不同；请运行 heyan selftest，并告知系统管理员。",
              "Two cryptographic libraries disagree on the renewal; run `heyan selftest`, and tell "
              "the operator of this system."};
    case Verdict::kRefused:
      return {"续证所用的算法、策略或者时期不被认可。",
              "The renewal uses an algorithm, a policy or a period that is not accepted."};
    default:
      return {"续证未通过核验。", "The renewal did not pass verification."};
  }
}

ExitStatus status_of(Verdict verdict) {
  if (verdict == Verdict::kValid || verdict == Verdict::kNonconforming) return ExitStatus::kOk;
  return verdict == Verdict::kIndeterminate || verdict == Verdict::kUndecided
             ? ExitStatus::kOpen
             : ExitStatus::kInconsistent;
}

std::string describe_stamps(const CheckedRenewal& renewal, const trust::TrustList& list,
                            Language language) {
  const std::vector<timestamps::Judged>& stamps = renewal.evaluation.stamps;
  std::string text = fmt::format(
      fmt::runtime(say(language, "续证：这一报告文件不晚于 {} 已经存在（按{}的时钟）。\n",
                       "Renewal: this report existed no later than {}, by the clock of {}.\n")),
      core::format_rfc3339(*renewal.existed_by), name_of(stamps.front(), list, language));
  for (std::size_t i = 1; i < stamps.size(); ++i) {
    text += fmt::format(
        fmt::runtime(say(language, "其后于 {} 由{}续证。\n", "It was renewed at {} by {}.\n")),
        core::format_rfc3339(stamps[i].token->info->time), name_of(stamps[i], list, language));
  }
  if (renewal.found.token_reasons.contains(timestamps::Reason::kRevocationNotChecked)) {
    text += say(language, "没有可用的吊销列表，未能查明出具时间戳的证书是否已被吊销。\n",
                "Whether a certificate of these stamps was revoked was not checked: there is no "
                "current revocation list.\n");
  }
  return text;
}

}  // namespace

CheckedRenewal check_renewal(core::ByteView renewal, core::ByteView report_file,
                             std::span<const timestamps::Authority> authorities, core::UtcTime at) {
  const core::Limits limits;
  crypto::SignatureChecker checker(crypto::production_engines(), limits);
  timestamps::Digests digests;
  std::set<core::Bytes> filed;
  for (const crypto::Hash hash : kHashes) {
    // One on which the libraries disagree is as if it were not there: nothing is concluded.
    if (auto digest = checker.digest(hash, report_file)) {
      filed.insert(*digest);
      digests[hash] = *std::move(digest);
    }
  }
  CheckedRenewal checked;
  checked.evaluation = ers::evaluate(
      renewal,
      {.authorities = authorities, .hash_until = trust::default_policy().algorithm_until, .at = at},
      checker, limits);
  checked.found = ers::verify(checked.evaluation, std::array{digests}, filed, checker);
  if (!checked.found.shows_time()) return checked;
  checked.existed_by = crypto::existed_by(*checked.evaluation.stamps.front().token->info);
  for (const crypto::Certificate& one : checked.evaluation.stamps.back().found.path)
    checked.renew_before =
        std::min(checked.renew_before.value_or(one.not_after()), one.not_after());
  return checked;
}

RenewalStatement describe(const CheckedRenewal& renewal, const CheckedReport& report,
                          const trust::TrustList& list, core::UtcTime at, Language language) {
  RenewalStatement said{.status = status_of(renewal.found.verdict), .text = {}};
  if (!renewal.existed_by) {
    said.text = why_not(renewal, language) + "\n";
    return said;
  }
  said.text = describe_stamps(renewal, list, language);
  const auto tell = [&](const std::optional<core::UtcTime>& end, const Passed& words) {
    if (!end || *end >= at) return;
    const bool in_time = *renewal.existed_by <= *end;
    if (!in_time) said.status = ExitStatus::kOpen;
    said.text += fmt::format(fmt::runtime(in_time ? words.in_time : words.too_late),
                             core::format_rfc3339(*end));
  };
  tell(report.certificates_until, certificate_words(language));
  tell(asked_before(report.payload), asked_words(language));
  return said;
}

std::string why_not(const CheckedRenewal& renewal, Language language) {
  if (renewal.existed_by) return {};
  return fmt::format("{} [{}]", cause_of(renewal.found).in(language),
                     fmt::join(renewal.found.names(), ", "));
}

}  // namespace heyan::cli
