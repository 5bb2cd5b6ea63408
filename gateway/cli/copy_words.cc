#include "gateway/cli/copy_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "gateway/cli/console.h"
#include "verifier/core/text.h"
#include "verifier/elsewhere.h"
#include "verifier/report/wording.h"

namespace heyan::cli {

catalogue::Text fault_sentence(report::DisclosureFault fault) {
  using report::DisclosureFault;
  switch (fault) {
    case DisclosureFault::kNone:
      return {};
    case DisclosureFault::kForm:
      return {
          "所附披露值不是规范形式；请重新取得该副本。",
          "The disclosures beside the report are not in their one form; obtain the copy again."};
    case DisclosureFault::kOrder:
      return {"所附披露值中有重复的，或者次序与签名的载荷不同；请重新取得该副本。",
              "A disclosure stands twice beside the report, or they are not in the order of the "
              "signed payload; obtain the copy again."};
    case DisclosureFault::kUnknown:
      return {
          "所附披露值中有一项在签名的载荷中没有承诺值；请重新取得该副本。",
          "A disclosure beside the report is of a field that the signed payload does not commit "
          "to; obtain the copy again."};
    case DisclosureFault::kDiffers:
      return {"所附披露值中有一项与签名的载荷中的承诺值不相符；请重新取得该副本。",
              "A disclosure beside the report does not open the commitment in the signed payload; "
              "obtain the copy again."};
  }
  return {};
}

std::string describe_personal(const report::EnvelopeVerdict& verdict,
                              catalogue::Language language) {
  // What a search found (elsewhere.h) is nobody's, and told apart (elsewhere_words.h).
  const auto& disclosed = verdict.disclosed.disclosures;
  const auto all =
      std::ssize(verdict.personal) -
      std::ranges::count_if(verdict.personal, is_search, &report::PersonalField::pointer);
  if (all == 0) return {};
  const auto shown =
      std::ssize(disclosed) - std::ranges::count_if(disclosed, is_search, &Disclosure::pointer);
  std::string text =
      fmt::format(fmt::runtime(say(language, "个人信息：{} 项，其中 {} 项本副本未载明\n",
                                   "Personal fields: {}, of which {} are withheld in this copy\n")),
                  all, all - shown);
  auto next = disclosed.begin();  // in the order of the payload
  for (const report::PersonalField& field : verdict.personal) {
    const bool is_told = next != disclosed.end() && next->pointer == field.pointer;
    if (!is_search(field.pointer)) {
      text += fmt::format(
          "  {}: {}\n", core::visible(field.pointer),
          is_told ? fmt::format("{}{}", report::Wording::cited(next->value),
                                say(language, " (陈述)", " (declared)"))
                  : std::string(say(language, "（本副本未载明）", "(withheld in this copy)")));
    }
    if (is_told) ++next;
  }
  return text;
}

}  // namespace heyan::cli
