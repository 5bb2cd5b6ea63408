// Page 1: what a judge must grasp in a minute.
#include <fmt/format.h>

#include "verifier/report/section_list.h"

namespace heyan::report {
namespace {

void add_notices(Blocks& blocks, const Draft& draft) {
  const auto notice = [&](Label text) { blocks.paragraph(text, Paragraph::Role::kNotice); };
  if (draft.report().trust().sample()) notice(Label::kSampleNotice);
  if (draft.options().origin_unknown) notice(Label::kOriginUnknown);
  if (!draft.report().trust().given()) notice(Label::kNoTrustList);
}

Fields facts(const Draft& draft) {
  const v1::Report& report = draft.report();
  const bool declared = report.submission_is_declared();
  Fields out;
  const auto add = [&](Label name, const Line& value) {
    out.fields.push_back(field(draft, name, value));
  };
  add(Label::kNumber, Line(draft).text(visible_or_dash(report.number())));
  add(Label::kAsOf, Line(draft).text(rfc3339(report.as_of_ms())));
  if (!report.court().name().empty() || !report.court().code().empty()) {
    add(Label::kCourt,
        Line(draft).told(report.court().name() + " " + report.court().code(), declared));
  }
  if (!report.case_number().empty()) {
    add(Label::kCase, Line(draft).told(report.case_number(), declared));
  }
  if (report.has_filed_at_ms()) {
    const std::string filed = rfc3339(report.filed_at_ms());
    add(Label::kFiledAt, declared ? Line(draft).told(filed) : Line(draft).text(filed));
  }
  return out;
}

// One verdict a line, and nothing on it but words of the catalogue: even an id is declared, and
// could read like a verdict.
List items(const Draft& draft) {
  List list{.numbered = true, .items = {}};
  for (const auto& item : draft.report().evidence()) {
    const auto& verdict = catalogue::entry(item.verdict());
    Blocks blocks(draft);
    blocks.verdict(verdict).paragraph(verdict.sentence);
    Line about = blocks.line().words(Label::kId).text(": ").told(item.id());
    if (!item.name().empty()) about.text(" ").told(item.name());
    blocks.paragraph(about, Paragraph::Role::kSmall);
    list.items.push_back(blocks.take());
  }
  return list;
}

List standing(const Draft& draft) {
  List list{.numbered = true, .items = {}};
  for (const auto& sentence : catalogue::standing_sentences()) {
    Blocks blocks(draft);
    blocks.paragraph(sentence.text, Paragraph::Role::kSmall);
    list.items.push_back(blocks.take());
  }
  return list;
}

}  // namespace

Section first_page(const Draft& draft) {
  const auto& verdict = catalogue::entry(draft.report().verdict());
  Blocks blocks(draft);
  blocks.heading(1, Label::kTitle);
  add_notices(blocks, draft);
  blocks.heading(2, Label::kOverall).verdict(verdict).paragraph(verdict.sentence);
  blocks.fields(facts(draft));
  blocks.heading(2, Label::kItems).list(items(draft));
  blocks.heading(2, Label::kStanding).list(standing(draft));
  return {.id = "overall", .new_page = false, .blocks = blocks.take()};
}

}  // namespace heyan::report
