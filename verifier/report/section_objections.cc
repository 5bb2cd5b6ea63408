// What the other side may raise, and what this report has to say to it: facts, what was only
// declared, what is missing, and what to ask.
#include <algorithm>
#include <set>

#include "schemas/catalogue/law.h"
#include "verifier/report/check_outcomes.h"
#include "verifier/report/section_list.h"

namespace heyan::report {
namespace {

const catalogue::LegalEntry* legal_entry(std::string_view rule) {
  const auto entries = catalogue::legal_map();
  const auto found = std::ranges::find(entries, rule, &catalogue::LegalEntry::rule);
  return found == entries.end() ? nullptr : &*found;
}

// A check's answers go where they belong: an answer, a declaration, or nothing yet.
struct Known {
  Lines facts;
  Lines declared;
  Lines missing;
};

void sort_answers(Known& known, const Draft& draft, const CheckOutcomes& outcomes,
                  const catalogue::CheckEntry& check) {
  std::map<v1::Outcome, std::vector<int>> facts;
  std::map<v1::Outcome, std::vector<int>> declared;
  std::map<v1::Outcome, std::vector<int>> missing;
  for (const auto& [outcome, items] : outcomes.of(check.id)) {
    const bool is_fact = outcome == v1::OUTCOME_PASS || outcome == v1::OUTCOME_FAIL;
    (is_fact ? facts : outcome == v1::OUTCOME_DECLARED ? declared : missing)[outcome] = items;
  }
  const auto add = [&](Lines& lines, const std::map<v1::Outcome, std::vector<int>>& some) {
    if (some.empty()) return;
    lines.add(
        Line(draft).words(check.question).text(" ").text(answers(draft, some)).tag(check.code));
  };
  add(known.facts, facts);
  add(known.declared, declared);
  add(known.missing, missing);
}

// Institutions that somebody links to a party.
void add_links(Known& known, const Draft& draft) {
  for (const auto& party : draft.report().parties()) {
    if (party.linked_institutions().empty()) continue;
    Line line = Line(draft).words(Label::kLinkedTo).text(" ");
    for (const Span& span : role_and_id(draft, party).spans()) line.add(span);
    std::string names;
    for (const auto& id : party.linked_institutions()) {
      names.append(names.empty() ? "" : comma(draft)).append(draft.institution(id));
    }
    known.declared.add(line.text(": ").text(names));
  }
}

// Notary offices whose node's signature counts in some item.
void add_notaries(Known& known, const Draft& draft) {
  std::set<std::string_view> notaries;
  for (const auto& institution : draft.report().institutions()) {
    if (institution.kind() == "notary") notaries.insert(institution.id());
  }
  std::set<std::string> signed_by;
  for (const auto& item : draft.report().evidence()) {
    for (const auto& attestation : item.attestations()) {
      for (const auto& signature : attestation.signatures()) {
        if (!signature.counted() || !notaries.contains(signature.institution())) continue;
        signed_by.insert(draft.institution(signature.institution()));
      }
    }
  }
  for (const std::string& name : signed_by) {
    known.facts.add(Line(draft).filled(Label::kNotarySigned, name));
  }
}

void add_known(Blocks& blocks, const Draft& draft, const CheckOutcomes& outcomes,
               std::string_view rule) {
  Known known;
  if (const catalogue::LegalEntry* entry = legal_entry(rule); entry != nullptr) {
    for (const auto* check : checks_of(*entry)) sort_answers(known, draft, outcomes, *check);
    if (std::ranges::any_of(checks_of(*entry),
                            [](const auto* check) { return check->id == v1::CHECK_PLT_2; })) {
      add_links(known, draft);
    }
    if (std::ranges::any_of(checks_of(*entry),
                            [](const auto* check) { return check->id == v1::CHECK_W4_1; })) {
      add_notaries(known, draft);
    }
  }
  const auto add = [&](Label heading, Lines& lines) {
    blocks.heading(4, heading);
    if (lines.empty()) {
      blocks.paragraph(Label::kNothing, Paragraph::Role::kSmall);
    } else {
      blocks.list(lines.take());
    }
  };
  add(Label::kFactsAvailable, known.facts);
  add(Label::kFactsDeclared, known.declared);
  add(Label::kFactsMissing, known.missing);
}

}  // namespace

Section objections_section(const Draft& draft) {
  const CheckOutcomes outcomes(draft.report());
  Blocks blocks(draft);
  blocks.heading(2, Label::kObjections).paragraph(Label::kObjectionsHow, Paragraph::Role::kSmall);
  const auto rows = catalogue::objections();
  for (std::size_t i = 0; i < rows.size();) {
    const catalogue::ObjectionEntry& point = rows[i];
    Blocks one(draft);
    one.heading(3, one.line().text(catalogue::cite(point.rule, draft.language())));
    one.paragraph(one.line().words(Label::kMayRaise).text(" ").words(point.text));
    add_known(one, draft, outcomes, point.rule);
    Lines questions;
    for (++i; i < rows.size() && !rows[i].point; ++i) {
      questions.add(Line(draft).words(rows[i].text));
    }
    one.heading(4, Label::kQuestions).list(questions.take(true));
    blocks.group(std::move(one));
  }
  return {.id = "objections", .new_page = true, .blocks = blocks.take()};
}

}  // namespace heyan::report
