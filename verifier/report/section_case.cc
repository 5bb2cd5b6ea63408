// The case and its submission: who handed in what, when, and how sure one is of whom.
#include "verifier/report/section_list.h"

namespace heyan::report {
namespace {

Fields submission(const Draft& draft) {
  const v1::Report& report = draft.report();
  const bool declared = report.submission_is_declared();
  FieldList out(draft);
  if (const auto role = role_label(report.submitter_role())) {
    Line line = out.line().words(*role);
    if (draft.has_personal("/submitter/name")) line.text(" ").personal("/submitter/name");
    out.add(Label::kSubmitter, line);
  }
  if (draft.has_personal("/submitter/accountId")) {
    out.add(Label::kAccount, out.line().personal("/submitter/accountId"));
  }
  if (const auto level = authentication_label(report.authentication())) {
    out.add(Label::kAuthentication, out.line().words(*level));
  }
  if (report.has_filed_at_ms()) {
    const std::string filed = rfc3339(report.filed_at_ms());
    out.add(Label::kFiledAt, declared ? out.line().told(filed) : out.line().text(filed));
  }
  if (report.has_intake()) {
    out.add(Label::kCameAs, out.line().code(visible_or_dash(report.intake().adapter())));
  }
  if (const auto& logged = draft.options().logged) {
    out.add(Label::kReceiptNumber, place_in_log(draft, logged->intake));
  }
  return out.take();
}

// What the adapter noted, a line each: of which item, and the catalogue's sentence.
List remarks(const Draft& draft) {
  Lines lines;
  for (const v1::IntakeRemark& remark : draft.report().intake().remarks()) {
    Line line(draft);
    if (remark.item().empty()) {
      line.words(Label::kOfMessage);
    } else {
      line.words(Label::kOfItem).text(" ").told(remark.item());
    }
    line.text(semicolon(draft));
    if (const auto* entry = catalogue::remark_by_code(remark.code())) {
      line.words(entry->text).text(" ");
    }
    lines.add(line.code(visible_or_dash(remark.code())));
  }
  return lines.take();
}

Spans linked(const Draft& draft, const v1::PartyReport& party) {
  std::string names;
  for (const auto& id : party.linked_institutions()) {
    names.append(names.empty() ? "" : comma(draft)).append(draft.institution(id));
  }
  return names.empty() ? Line(draft).words(Label::kNoneKnown).spans()
                       : Line(draft).text(names).spans();
}

Table parties(const Draft& draft) {
  Table table = table_of(draft, {Label::kParty, Label::kPartyRole, Label::kName,
                                 Label::kPartyIdentifier, Label::kLinkedTo});
  int number = 0;
  for (const auto& party : draft.report().parties()) {
    const std::string place = fmt::format("/parties/{}", number++);
    Line role(draft);
    if (const auto known = role_label(party.role())) role.words(*known);
    Line identifier = Line(draft).personal(place + "/idNumber");
    if (!identifier.empty()) identifier.text(semicolon(draft));
    identifier.words(party.identifier_checked() ? Label::kPartyChecked : Label::kPartyNotChecked);
    table.rows.push_back({Line(draft).told(party.id()).spans(), role.spans(),
                          Line(draft).personal(place + "/name").spans(), identifier.spans(),
                          linked(draft, party)});
  }
  return table;
}

}  // namespace

Section case_section(const Draft& draft) {
  Blocks blocks(draft);
  blocks.heading(2, Label::kCaseSection);
  if (draft.report().submission_is_declared()) {
    blocks.paragraph(Label::kSubmissionDeclared, Paragraph::Role::kSmall);
  }
  blocks.fields(submission(draft));
  if (draft.report().intake().remarks_size() > 0) {
    blocks.heading(3, Label::kMessageRemarks)
        .paragraph(Label::kMessageRemarksHow, Paragraph::Role::kSmall)
        .list(remarks(draft));
  }
  Table table = parties(draft);
  if (!table.rows.empty()) blocks.heading(3, Label::kParties).table(std::move(table));
  return {.id = "case", .new_page = false, .blocks = blocks.take()};
}

}  // namespace heyan::report
