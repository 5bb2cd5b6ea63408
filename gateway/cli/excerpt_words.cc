#include "gateway/cli/excerpt_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "gateway/cli/console.h"
#include "gateway/ops/version.h"
#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

using bundle::Again;
using catalogue::Language;
using catalogue::Text;

struct Row {
  Again again;
  Text words;
};

// {0}: how many.
constexpr std::array<Row, 5> kRows = {
    {{Again::kSame,
      {"{0} 项在此重新判断，结果与已签名的报告相同",
       "{0} judged again here, with the result that was signed"}},
     {Again::kWholeBlock,
      {"{0} 项未在此重新判断：其证明是整个区块，含有他人的交易，需由法院或者鉴定人用其复核包复核",
       "{0} not judged here: the proof is a whole block with other people's transactions; judging "
       "it "
       "again takes the bundle that the court or an expert has"}},
     {Again::kWithheld,
      {"{0} 项未在此重新判断：其证明会显示本副本未载明的个人信息，需由法院或者鉴定人用其复核包复核",
       "{0} not judged here: the proof would show personal data that this copy withholds; judging "
       "it "
       "again takes the bundle that the court or an expert has"}},
     {Again::kNotHeld,
      {"{0} 项未在此重新判断：本副本没有可以单独出示的证明，需由法院或者鉴定人用其复核包复核",
       "{0} not judged here: this copy has no proof of it that can be shown alone; judging it "
       "again "
       "takes the bundle that the court or an expert has"}},
     {Again::kDiffers,
      {"{0} 项在此重新判断，结果与已签名的报告不同",
       "{0} judged again here, with another result than the one that was signed"}}}};

std::string describe_item(const bundle::ItemAgain& item, Language language) {
  std::string text = fmt::format("  {}: ", core::visible(item.id, 64));
  if (item.attestations.empty()) {
    return text + std::string(say(language, "没有链上证明或者其他证明", "no proofs")) + "\n";
  }
  std::string_view between;
  for (const Row& row : kRows) {
    const auto count = std::ranges::count(item.attestations, row.again);
    if (count == 0) continue;
    text += between;
    text += fmt::format(fmt::runtime(row.words.in(language)), count);
    between = say(language, "；", "; ");
  }
  return text + std::string(say(language, "。", ".")) + "\n";
}

}  // namespace

std::string describe_again(std::span<const bundle::ItemAgain> items, Language language) {
  std::string text(say(language, "各件证据的证明：\n", "Proofs of each item:\n"));
  for (const bundle::ItemAgain& item : items) text += describe_item(item, language);
  return text;
}

std::string excerpt_differs(Language language) {
  return std::string(
      say(language, "不成立：由所附证明重新判断，得出的结果与已签名的报告不同。\n",
          "This bundle does not stand: judged again, its proofs give another result than the one "
          "that was signed.\n"));
}

std::string excerpt_not_judged(const core::Error& error, Language language) {
  return fmt::format("{}{}\n",
                     say(language, "不成立：excerpt.hcr 不是本报告的记录摘录：",
                         "This bundle does not stand: excerpt.hcr is no excerpt of this report's "
                         "record: "),
                     error.text);
}

std::string excerpt_judged_otherwise_by(const std::string& version, Language language) {
  return fmt::format(
      "{}{}{}{}{}\n",
      say(language, "重新判断：报告由 ", "Judged again: the report was made by version "),
      core::visible(version, 64), say(language, " 版作出，本程序为 ", ", this program is "),
      ops::software_version(),
      say(language, " 版，有的结果不同；请用原版本复核，或者告知法院。",
          " and judges some proofs otherwise; check it with the version that made it, or tell the "
          "court."));
}

std::string excerpt_bonds_hold(Language language) {
  return std::string(say(
      language, "包内每个文件都与清单一致；信任名单、策略和核验时点正是报告所称的那些。\n",
      "Every file is as the manifest says; trust list, policy and time are those that the report "
      "names.\n"));
}

}  // namespace heyan::cli
