#include "gateway/cli/stamp_words.h"

#include <fmt/format.h>

#include "gateway/cli/console.h"
#include "verifier/core/text.h"
#include "verifier/timestamps/verification.h"

namespace heyan::cli {
namespace {

using catalogue::Language;
using report::StampOutcome;

// Where there is no stamp by which a time is told.
std::string_view no_time_words(StampOutcome outcome, bool authority_named, Language language) {
  switch (outcome) {
    case StampOutcome::kAbsent:
      return authority_named ? say(language, "未附。", "none is attached.") : std::string_view();
    case StampOutcome::kUnread:
      return say(
          language,
          "有，但不能据此得出结论：本程序不支持其算法或者形式，或者其中没有签发者的证书，"
          "或者两套密码实现对其判断不同。",
          "there is one, and nothing follows from it: its algorithm or form is not supported "
          "here, it lacks the certificate of its signer, or two libraries disagree on it.");
    case StampOutcome::kFault:
      return say(
          language,
          "所附的不是对该签名加盖的，或者已受损；签名本身不因此改变，但时间不能据此认定。"
          " [time-stamp]",
          "the one attached is not over this signature, or was damaged; the signature is what it "
          "is, and no time follows from the stamp. [time-stamp]");
    case StampOutcome::kRead:
      break;
  }
  return authority_named ? std::string_view()
                         : say(language, "有，未核查：请用 --tsa-ca 指定您信任的时间戳机构的证书。",
                               "there is one, not checked: no authority named (--tsa-ca).");
}

std::string names_of(const std::set<timestamps::Reason>& reasons) {
  std::string names;
  for (const timestamps::Reason reason : reasons) {
    if (timestamps::verdict_of({reason}) == timestamps::Verdict::kValid) continue;
    names += (names.empty() ? "" : ", ") + std::string(timestamps::name(reason));
  }
  return names;
}

std::string_view label_of(Stamped what, Language language) {
  return what == Stamped::kReport ? say(language, "时间戳：", "Time stamp: ")
                                  : say(language, "签章的时间戳：", "Time stamp of the seal: ");
}

}  // namespace

std::string describe_stamp(const report::TimeStamp& stamp, Stamped what, const Issuer& issuer,
                           crypto::SignatureChecker& checker, Language language) {
  const std::string_view label = label_of(what, language);
  const std::string_view none = no_time_words(stamp.outcome, !issuer.tsa.empty(), language);
  if (!none.empty()) return fmt::format("{}{}\n", label, none);
  if (stamp.outcome != StampOutcome::kRead) return {};
  timestamps::Trust trust;
  trust.anchors = issuer.tsa;
  trust.pins_bare = true;
  const timestamps::Verification found =
      timestamps::verify(*stamp.token, trust, {{crypto::Hash::kSha256, stamp.stamped_sha256}}, {},
                         {.at = issuer.now}, checker, {});
  if (!timestamps::shows_time(found)) {
    return fmt::format("{}{} [{}]\n", label,
                       say(language, "对您指定的机构不成立。",
                           "it does not hold by the authority that you named."),
                       names_of(found.reasons));
  }
  const auto names = stamp.token->signer.certificate->subject_values("CN");
  return fmt::format(
      fmt::runtime(say(language, "{}{}不晚于 {}，依 {} 的时钟。其证书是否已被吊销未经核查。\n",
                       "{}{} by {}, by the clock of {}. Whether its certificate was "
                       "revoked was not checked.\n")),
      label,
      what == Stamped::kReport ? say(language, "签名", "the signatures were there")
                               : say(language, "签章", "the seal was there"),
      core::format_rfc3339(crypto::existed_by(*stamp.token->info)),
      names.empty() ? "?" : core::visible(names.back()));
}

ExitStatus status_of(const report::TimeStamp& stamp) {
  return stamp.outcome == StampOutcome::kFault ? ExitStatus::kOpen : ExitStatus::kOk;
}

}  // namespace heyan::cli
