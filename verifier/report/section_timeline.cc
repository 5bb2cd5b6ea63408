// The times of both sides as intervals. An order is stated only where they do not overlap.
#include <algorithm>

#include "schemas/catalogue/catalogue.h"
#include "verifier/report/pictures.h"
#include "verifier/report/section_list.h"
#include "verifier/report/time_rows.h"

namespace heyan::report {
namespace {

Line party_of(const Draft& draft, const std::string& id) {
  const v1::PartyReport* party = draft.party(id);
  return party == nullptr ? Line(draft).text("-") : role_and_id(draft, *party);
}

Spans end_of(const Draft& draft, bool known, std::int64_t at_ms) {
  return known ? Line(draft).text(rfc3339(at_ms)).spans()
               : Line(draft).words(Label::kUnknownEnd).spans();
}

// Where something is known: an empty cell is read as nothing, and not as unknown.
Spans stated(const Draft& draft, const v1::TimeInterval& time) {
  if (!time.has_stated_ms()) return {};
  return Line(draft).text(rfc3339(time.stated_ms())).spans();
}

Table table(const Draft& draft, const std::vector<TimeRow>& rows) {
  Table table = table_of(draft, {Label::kSubject, Label::kNotBefore, Label::kNotAfter,
                                 Label::kStated, Label::kTime, Label::kStrength});
  for (const TimeRow& row : rows) {
    Line source = Line(draft).text(row.source);
    if (row.time.independent()) source.text(semicolon(draft)).words(Label::kIndependent);
    Line what = Line(draft).text(row.what);
    if (row.kind == TimeKind::kProof && !row.established) {
      what.text(semicolon(draft)).words(Label::kNotEstablished);
    }
    table.rows.push_back(
        {what.spans(), end_of(draft, row.time.has_not_before_ms(), row.time.not_before_ms()),
         end_of(draft, row.time.has_not_after_ms(), row.time.not_after_ms()),
         stated(draft, row.time), source.spans(), Line(draft).text(row.strength).spans()});
  }
  return table;
}

// One table an item, with what strikes one about it.
void add_items(Blocks& blocks, const Draft& draft, const std::vector<TimeRow>& rows) {
  for (auto first = rows.begin(); first != rows.end();) {
    const auto end = std::find_if(first, rows.end(),
                                  [&](const TimeRow& row) { return row.item != first->item; });
    const std::vector<TimeRow> of_item(first, end);
    Line title = Line(draft).filled(Label::kItemNumber, first->item);
    if (draft.party(first->party) != nullptr) {
      title.text(semicolon(draft));
      for (const Span& span : party_of(draft, first->party).spans()) title.add(span);
    }
    blocks.heading(3, title).table(table(draft, of_item)).list(time_remarks(draft, of_item));
    first = end;
  }
}

// Each party's earliest proof that holds, the earliest first; then neighbours are compared.
List order(const Draft& draft, const std::vector<TimeRow>& rows) {
  std::vector<const TimeRow*> proofs;
  for (const TimeRow& row : rows) {
    if (row.established && !row.party.empty() && row.time.has_not_after_ms()) {
      proofs.push_back(&row);
    }
  }
  std::ranges::stable_sort(proofs, {}, [](const TimeRow* row) { return row->time.not_after_ms(); });
  std::vector<const TimeRow*> earliest;
  for (const TimeRow* row : proofs) {
    if (std::ranges::none_of(earliest,
                             [&](const TimeRow* one) { return one->party == row->party; })) {
      earliest.push_back(row);
    }
  }
  Lines lines;
  for (const TimeRow* row : earliest) {
    Line line = Line(draft).words(Label::kEarliestOf).text(" ");
    for (const Span& span : party_of(draft, row->party).spans()) line.add(span);
    line.text(": ").filled(Label::kEarliestIs, row->item, rfc3339(row->time.not_after_ms()));
    lines.add(line.text(semicolon(draft)).text(row->source));
  }
  for (std::size_t i = 1; i < earliest.size(); ++i) {
    const TimeRow& first = *earliest[i - 1];
    const TimeRow& second = *earliest[i];
    const bool apart =
        second.time.has_not_before_ms() && first.time.not_after_ms() < second.time.not_before_ms();
    Line line = Line(draft).filled(apart ? Label::kOrderKnown : Label::kOrderUndecidable,
                                   first.item, second.item);
    if (!apart) line.tag(catalogue::entry(v1::REASON_TIME_ORDER_UNDECIDED).code);
    lines.add(line);
  }
  return lines.take();
}

std::vector<TimeBar> bars(const Draft& draft, const std::vector<TimeRow>& rows) {
  std::vector<TimeBar> bars;
  for (const TimeRow& row : rows) {
    if (row.kind == TimeKind::kFiling) continue;  // the same for all of them
    TimeBar bar;
    bar.name = fmt::format(fmt::runtime(draft.in(Label::kItemNumber)), row.item);
    if (const v1::PartyReport* party = draft.party(row.party); party != nullptr) {
      if (const auto role = role_label(party->role())) bar.name += " " + draft.in(*role);
    }
    bar.name += " " + row.what;
    if (row.time.has_not_before_ms()) bar.not_before_ms = row.time.not_before_ms();
    if (row.time.has_not_after_ms()) bar.not_after_ms = row.time.not_after_ms();
    if (row.time.has_stated_ms()) bar.stated_ms = row.time.stated_ms();
    bars.push_back(std::move(bar));
  }
  return bars;
}

}  // namespace

Section timeline_section(const Draft& draft) {
  const std::vector<TimeRow> rows = time_rows(draft);
  Blocks blocks(draft);
  blocks.heading(2, Label::kTimeline);
  if (rows.empty()) {
    blocks.paragraph(Label::kNoTimes);
  } else {
    blocks.paragraph(Label::kTimelineHow, Paragraph::Role::kSmall);
    List sentences = order(draft, rows);
    if (sentences.items.empty()) blocks.paragraph(Label::kNoOrder);
    blocks.list(std::move(sentences));
    blocks.picture(timeline_picture(draft, bars(draft, rows)));
    blocks.paragraph(Label::kTimesOfItems, Paragraph::Role::kSmall);
    add_items(blocks, draft, rows);
  }
  return {.id = "timeline", .new_page = true, .blocks = blocks.take()};
}

}  // namespace heyan::report
