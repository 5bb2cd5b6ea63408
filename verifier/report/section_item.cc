// One item of evidence: its file, why the verdict, and what that does not show.
#include <fmt/format.h>

#include "verifier/report/item_parts.h"
#include "verifier/report/section_list.h"
#include "verifier/report/words.h"

namespace heyan::report {

void add_file_facts(Blocks& blocks, const Draft& draft, const v1::ItemReport& item) {
  Fields facts;
  const auto add = [&](Label name, const Line& value) {
    facts.fields.push_back(field(draft, name, value));
  };
  add(Label::kId, Line(draft).told(item.id()));
  if (!item.name().empty()) add(Label::kName, Line(draft).told(item.name()));
  add(Label::kFile,
      Line(draft).text(fmt::format("{} {}", item.measured().size(), draft.in(Label::kBytes))));
  for (const auto& digest : item.measured().digests()) {
    if (digest.first() != digest.second()) continue;
    facts.fields.push_back({.name = std::string(digest_label(digest.algorithm())),
                            .value = Line(draft).code(hex(digest.first())).spans()});
  }
  blocks.fields(std::move(facts));
}

void add_limits(Blocks& blocks, const Draft& draft, const v1::ItemReport& item) {
  for (const bool passed : {true, false}) {
    List list;
    for (const auto& result : item.checks()) {
      if ((result.outcome() == v1::OUTCOME_PASS) != passed) continue;
      const auto& check = catalogue::entry(result.check());
      Line line = Line(draft).words(check.question);
      if (!passed) line.text(" ").words(catalogue::entry(result.outcome()).label);
      Blocks one(draft);
      one.paragraph(line.tag(check.code), Paragraph::Role::kSmall);
      list.items.push_back(one.take());
    }
    blocks.heading(3, passed ? Label::kProves : Label::kDoesNotProve).list(std::move(list));
  }
}

Section item_section(const Draft& draft, const v1::ItemReport& item, int number) {
  const auto& verdict = catalogue::entry(item.verdict());
  Blocks blocks(draft);
  blocks.heading(2, Line(draft).text(fmt::format("{} {}", draft.in(Label::kItem), number)));
  blocks.verdict(verdict).paragraph(verdict.sentence);
  add_file_facts(blocks, draft, item);
  add_reasons(blocks, draft, item);
  int count = 0;
  for (const auto& attestation : item.attestations()) {
    Blocks one(draft);
    add_attestation(one, draft, attestation, ++count);
    blocks.group(std::move(one));
  }
  add_limits(blocks, draft, item);
  return {.id = fmt::format("item-{}", number), .new_page = true, .blocks = blocks.take()};
}

}  // namespace heyan::report
