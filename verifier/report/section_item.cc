// One item of evidence: its file, why the verdict, and what that does not show.
#include "schemas/catalogue/law.h"
#include "verifier/report/item_parts.h"
#include "verifier/report/section_list.h"

namespace heyan::report {
namespace {

Line with_rule(const Draft& draft, Line line, const catalogue::CheckEntry& check) {
  return line.tag(catalogue::cite(check.rule, draft.language()));
}

}  // namespace

void add_limits(Blocks& blocks, const Draft& draft, const v1::ItemReport& item) {
  Lines shown;
  Lines open;
  Lines bounds;
  // Of a verification that was not completed there is no result, whatever passed before it ended.
  const bool completed = item.verdict() != v1::VERDICT_NOT_COMPLETED;
  for (const auto& result : item.checks()) {
    const auto& check = catalogue::entry(result.check());
    const auto& limit = catalogue::limit(result.check());
    if (result.outcome() != v1::OUTCOME_PASS) {
      Line line = Line(draft).words(check.question).text(" ");
      line.words(catalogue::entry(result.outcome()).label);
      open.add(with_rule(draft, line, check), Paragraph::Role::kSmall);
      continue;
    }
    if (!completed) continue;
    shown.add(with_rule(draft, Line(draft).words(limit.shown), check), Paragraph::Role::kSmall);
    if (limit.bound.zh.empty()) continue;
    bounds.add(with_rule(draft, Line(draft).words(limit.bound), check), Paragraph::Role::kSmall);
  }
  const auto add = [&](Label heading, Lines& lines) {
    if (!lines.empty()) blocks.heading(3, heading).list(lines.take());
  };
  add(Label::kProves, shown);
  add(Label::kDoesNotProve, open);
  add(Label::kBounds, bounds);
}

Section item_section(const Draft& draft, const v1::ItemReport& item, int number) {
  const auto& verdict = catalogue::entry(item.verdict());
  Blocks blocks(draft);
  blocks.heading(2, Line(draft).filled(Label::kItemNumber, number));
  blocks.verdict(verdict).paragraph(verdict.sentence);
  blocks.paragraph(verdict.statute_effect, Paragraph::Role::kSmall);
  add_file_facts(blocks, draft, item);
  add_reasons(blocks, draft, item);
  int count = 0;
  for (const auto& attestation : item.attestations()) {
    Blocks one(draft);
    add_attestation(one, draft, item, attestation, {.item = number, .attestation = ++count});
    blocks.group(std::move(one));
  }
  add_four_w(blocks, draft, item, number);
  add_limits(blocks, draft, item);
  return {.id = fmt::format("item-{}", number), .new_page = true, .blocks = blocks.take()};
}

}  // namespace heyan::report
