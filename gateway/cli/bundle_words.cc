#include "gateway/cli/bundle_words.h"

#include <fmt/format.h>

#include "gateway/cli/console.h"
#include "gateway/ops/version.h"
#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

using bundle::Bond;
using bundle::FaultKind;
using catalogue::Language;
using catalogue::Text;

std::string line(const Text& text, Language language) {
  return std::string(text.in(language)) + "\n";
}

Text words_of(FaultKind kind) {
  switch (kind) {
    case FaultKind::kMissing:
      return {"缺少该文件", "the file is missing"};
    case FaultKind::kUnknown:
      return {"不应有该文件", "no such file belongs there"};
    case FaultKind::kContent:
      return {"内容与清单或者其他文件所述不符",
              "it is not what the manifest and the other files say"};
    case FaultKind::kArchive:
      break;
  }
  return {"压缩包不是规定的形式", "the archive is not of the one form"};
}

Text words_of(Bond bond) {
  switch (bond) {
    case Bond::kPayload:
      return {"report.json 不是 report.jws 所签的内容。",
              "report.json is not what report.jws signs."};
    case Bond::kNotAReport:
      return {"report.json 不是核验报告。", "report.json is not a verification report."};
    case Bond::kRecord:
      return {"case.hcr 不是报告所依据的记录。",
              "case.hcr is not the record that the report rests on."};
    case Bond::kCircumstances:
      return {"case.hcr 所记的核验情况不是报告所依据的。",
              "The circumstances in case.hcr are not those that the report rests on."};
    case Bond::kTrustList:
      return {"信任名单不是报告所用的那一份。",
              "The trust list is not the one that the report names."};
    case Bond::kPolicy:
      return {"策略不是报告所用的那一份。", "The policy is not the one that the report names."};
    case Bond::kTime:
      return {"case.hcr 所记的核验时点不是报告的核验时点。",
              "The time in case.hcr is not that of the report."};
    case Bond::kHolds:
      break;
  }
  return {};
}

}  // namespace

std::string fault_sentence(const bundle::Fault& fault, Language language) {
  std::string text(say(language, "不成立：", "This bundle does not stand: "));
  if (!fault.entry.empty()) text += fault.entry + ": ";
  text += words_of(fault.kind).in(language);
  if (!fault.error.text.empty()) text += fmt::format(" ({})", fault.error.text);
  return text + line({"。该文件可能在保存或者传送中有变化，请重新取得。",
                      ". It may have changed while it was kept or sent: get it again."},
                     language);
}

std::string bond_sentence(Bond bond, Language language) {
  return fmt::format("{}{}\n",
                     say(language, "不成立：各部分不属于同一报告。",
                         "This bundle does not stand: its parts do not "
                         "belong together. "),
                     words_of(bond).in(language));
}

std::string bonds_hold(Language language) {
  return line(
      {"包内每个文件都与清单一致；记录、信任名单和策略正是报告所称的那些。",
       "Every file is as the manifest says; record, trust list and policy are those that the "
       "report names."},
      language);
}

std::string nobody_signed(Language language) {
  return line(
      {"未签名：本包由命令行作出，任何人都能作出这样的包，不是法院出具的报告。不能确定。",
       "Nobody signed this: it was made at a command line, as anybody could make one, and no "
       "court issued it. Undetermined."},
      language);
}

std::string sealed_holds(std::string_view name, Language language) {
  return fmt::format("{}{}", name,
                     line({"：签章有效，覆盖整个文件，所指正是本报告。",
                           ": its seal is valid, covers the whole file and names this report."},
                          language));
}

std::string sealed_of_another_report(std::string_view name, Language language) {
  return fmt::format(
      "{}{}{}", say(language, "不成立：", "This bundle does not stand: "), name,
      line({" 是另一份报告的签章文件。", " is the sealed file of another report."}, language));
}

std::string trust_is_yours(Language language) {
  return line({"所用的信任名单与您指定的一致。", "The trust list is the one that you named."},
              language);
}

std::string trust_is_another(Language language) {
  return line(
      {"所用的信任名单不是您指定的那一份；用 heyan report diff bundle.zip --rejudge --trust "
       "可看出结果有何不同。",
       "The trust list is another one than the one you named; heyan report diff bundle.zip "
       "--rejudge --trust shows what that changes."},
      language);
}

std::string judged_the_same(Language language) {
  return line({"重新判断：由记录得出同一份报告，逐字节相同。",
               "Judged again: the record gives the same report, byte for byte."},
              language);
}

std::string judged_otherwise(Language language) {
  return line({"不成立：由记录重新判断，得出的结果与报告不同。",
               "This bundle does not stand: judged again, its record gives another report."},
              language);
}

std::string judged_otherwise_by(const std::string& version, Language language) {
  return fmt::format(
      "{}{}{}{}{}\n",
      say(language, "重新判断：报告由 ", "Judged again: the report was made by version "),
      core::visible(version, 64), say(language, " 版作出，本程序为 ", ", this program is "),
      ops::software_version(),
      say(language, " 版，判断结果不同；请用原版本复核，或者告知法院。",
          " and judges otherwise; check it with the version that made it, or tell the "
          "court."));
}

std::string not_judged(const core::Error& error, Language language) {
  return fmt::format("{}{}\n",
                     say(language, "不成立：记录无法重新判断：",
                         "This bundle does not stand: its record cannot be judged again: "),
                     error.text);
}

std::string differs_in(const std::string& member, Language language) {
  return fmt::format(
      "{}{}\n",
      say(language, "各项结论相同；不同之处在：", "No finding differs; what differs is: "),
      core::visible(member, 64));
}

}  // namespace heyan::cli
