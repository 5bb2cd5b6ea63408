// Why an item has its verdict, and what to do next.
#include <fmt/format.h>

#include "verifier/core/text.h"
#include "verifier/report/item_parts.h"

namespace heyan::report {
namespace {

// Identifiers and numbers that the sentence speaks of, for whoever follows it up.
void add_about(Blocks& blocks, const Draft& draft, const v1::Finding& finding) {
  Line line(draft);
  const auto add = [&](std::string_view name, std::string_view value) {
    if (line.empty())
      line.words(Label::kAbout).text(": ");
    else
      line.text("; ");
    line.text(name).text("=").told(value, false);
  };
  if (!finding.subject().institution().empty()) {
    add(draft.in(Label::kInstitution), draft.institution(finding.subject().institution()));
  }
  for (const auto& param : finding.params()) {
    const auto name = param_label(param.name());
    add(name ? draft.in(*name) : core::visible(param.name(), 40), param.value());
  }
  if (!line.empty()) blocks.paragraph(line, Paragraph::Role::kSmall);
}

// Nothing for an answer that does not bear on the verdict. One that bears on it without a reason of
// the catalogue, such as a check that was not performed: its question and outcome are all there is
// to say.
std::vector<Block> reason(const Draft& draft, const v1::Finding& finding) {
  Blocks blocks(draft);
  const auto& check = catalogue::entry(finding.check());
  if (finding.code() == v1::REASON_NONE) {
    if (finding.effect() == v1::EFFECT_NONE) return {};
    blocks.paragraph(Line(draft)
                         .words(check.question)
                         .text(" ")
                         .words(catalogue::entry(finding.outcome()).label)
                         .tag(check.code));
    add_about(blocks, draft, finding);
    return blocks.take();
  }
  const auto& entry = catalogue::entry(finding.code());
  blocks.paragraph(
      Line(draft).words(entry.reason).tag(fmt::format("{} {}", entry.code, check.code)));
  add_about(blocks, draft, finding);
  blocks.paragraph(Line(draft).words(Label::kNextStep).text(": ").words(entry.next_step),
                   Paragraph::Role::kNextStep);
  return blocks.take();
}

}  // namespace

void add_reasons(Blocks& blocks, const Draft& draft, const v1::ItemReport& item) {
  List list;
  for (const auto& finding : item.findings()) {
    auto one = reason(draft, finding);
    if (!one.empty()) list.items.push_back(std::move(one));
  }
  blocks.heading(3, Label::kReasons);
  if (list.items.empty()) blocks.paragraph(Label::kNoReasons);
  blocks.list(std::move(list));
}

}  // namespace heyan::report
