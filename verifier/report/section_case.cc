// The case and its submission.
#include "verifier/report/section_list.h"

namespace heyan::report {
namespace {

std::vector<Block> party(const Draft& draft, const v1::PartyReport& party) {
  Line line = Line(draft).told(party.id());
  if (const auto role = role_label(party.role())) line.text(" ").words(*role);
  if (const v1::Party* declared = draft.declared_party(party.id());
      declared != nullptr && !declared->name().empty()) {
    line.text(" ").told(declared->name());
  }
  line.text("; ").words(party.identifier_checked() ? Label::kPartyChecked
                                                   : Label::kPartyNotChecked);
  std::string linked;
  for (const auto& id : party.linked_institutions()) {
    linked += (linked.empty() ? ": " : ", ") + draft.institution(id);
  }
  if (!linked.empty()) line.text("; ").words(Label::kLinkedTo).text(linked);
  Blocks blocks(draft);
  blocks.paragraph(line);
  return blocks.take();
}

}  // namespace

Section case_section(const Draft& draft) {
  Blocks blocks(draft);
  List parties;
  for (const auto& one : draft.report().parties()) parties.items.push_back(party(draft, one));
  if (!parties.items.empty()) blocks.heading(2, Label::kParties).list(std::move(parties));
  return {.id = "case", .new_page = false, .blocks = blocks.take()};
}

}  // namespace heyan::report
