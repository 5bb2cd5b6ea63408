// What a judge asks under each rule, what this report answers, and what it cannot.
#include "schemas/catalogue/law.h"
#include "verifier/report/check_outcomes.h"
#include "verifier/report/legal_rows.h"
#include "verifier/report/section_list.h"

namespace heyan::report {

// Rules of criminal procedure stand in reports of criminal cases alone: their case numbers say 刑.
bool applies(const v1::Report& report, std::string_view rule) {
  return !rule.starts_with("XSJS") || report.case_number().find("刑") != std::string::npos;
}

Section law_section(const Draft& draft) {
  const CheckOutcomes outcomes(draft.report());
  Table table = table_of(draft, {Label::kRule, Label::kQuestion, Label::kAnswer,
                                 Label::kCanEstablish, Label::kCannotEstablish});
  for (const catalogue::LegalEntry& entry : catalogue::legal_map()) {
    if (!applies(draft.report(), entry.rule)) continue;
    Line answer(draft);
    for (const auto* check : checks_of(entry)) {
      if (!answer.empty()) answer.text(semicolon(draft));
      answer.text(check->code).text(" ").text(answers(draft, outcomes.of(check->id)));
    }
    if (answer.empty()) answer.words(Label::kSeeReasons);
    Line cannot(draft);
    if (!entry.cannot.zh.empty()) cannot.words(entry.cannot);
    table.rows.push_back({Line(draft).text(catalogue::cite(entry.rule, draft.language())).spans(),
                          Line(draft).words(entry.question).spans(), answer.spans(),
                          Line(draft).words(entry.can).spans(), cannot.spans()});
  }
  Blocks blocks(draft);
  blocks.heading(2, Label::kLaw).paragraph(Label::kLawHow, Paragraph::Role::kSmall);
  blocks.table(std::move(table));
  return {.id = "law", .new_page = true, .blocks = blocks.take()};
}

}  // namespace heyan::report
