// The times of both sides as intervals. An order is stated only where they do not overlap.
#include <algorithm>
#include <map>

#include "verifier/core/text.h"
#include "verifier/report/pictures.h"
#include "verifier/report/section_list.h"
#include "verifier/report/times.h"

namespace heyan::report {
namespace {

// One line: what an attestation or the file itself says about when.
struct Row {
  int item = 0;
  std::string party;
  std::string what;  // "Ledger proof: Sample chain"
  std::string source;
  v1::TimeInterval time;
  bool established = false;
};

// What orders the rows: the end that says the most, unknown ones last.
std::pair<bool, std::int64_t> key(const Row& row) {
  if (row.time.has_not_after_ms()) return {false, row.time.not_after_ms()};
  if (row.time.has_stated_ms()) return {false, row.time.stated_ms()};
  return {!row.time.has_not_before_ms(), row.time.not_before_ms()};
}

std::vector<Row> rows_of(const Draft& draft) {
  std::vector<Row> rows;
  int number = 0;
  for (const auto& item : draft.report().evidence()) {
    ++number;
    for (const auto& attestation : item.attestations()) {
      const v1::TimeInterval& time = attestation.time();
      if (time.source().empty()) continue;
      if (!time.has_not_before_ms() && !time.has_not_after_ms() && !time.has_stated_ms()) continue;
      rows.push_back({.item = number,
                      .party = item.party(),
                      .what = draft.in(tier_label(attestation.tier())),
                      .source = source_of(draft, time.source()),
                      .time = time,
                      .established = attestation.outcome() == v1::OUTCOME_PASS});
    }
    for (const auto& embedded : item.contents().times()) {
      v1::TimeInterval time;
      time.set_stated_ms(embedded.at_ms());
      rows.push_back({.item = number,
                      .party = item.party(),
                      .what = draft.in(Label::kTimeInFile),
                      .source = core::visible(embedded.source(), 32),
                      .time = std::move(time)});
    }
  }
  std::ranges::stable_sort(rows, {}, key);
  return rows;
}

Line party_of(const Draft& draft, const std::string& id) {
  const v1::PartyReport* party = draft.party(id);
  return party == nullptr ? Line(draft).text("-") : role_and_id(draft, *party);
}

Spans end_of(const Draft& draft, bool known, std::int64_t at_ms) {
  return known ? Line(draft).text(rfc3339(at_ms)).spans()
               : Line(draft).words(Label::kUnknownEnd).spans();
}

Table table(const Draft& draft, const std::vector<Row>& rows) {
  Table table = table_of(draft, {Label::kItem, Label::kParty, Label::kSubject, Label::kNotBefore,
                                 Label::kNotAfter, Label::kStated, Label::kTime});
  for (const Row& row : rows) {
    Line source = Line(draft).text(row.source);
    if (row.time.independent()) source.text(semicolon(draft)).words(Label::kIndependent);
    Spans stated;
    if (row.time.has_stated_ms()) stated = Line(draft).text(rfc3339(row.time.stated_ms())).spans();
    table.rows.push_back({Line(draft).filled(Label::kItemNumber, row.item).spans(),
                          party_of(draft, row.party).spans(), Line(draft).text(row.what).spans(),
                          end_of(draft, row.time.has_not_before_ms(), row.time.not_before_ms()),
                          end_of(draft, row.time.has_not_after_ms(), row.time.not_after_ms()),
                          stated, source.spans()});
  }
  return table;
}

// Each party's earliest proof that holds, the earliest first; then neighbours are compared.
List order(const Draft& draft, const std::vector<Row>& rows) {
  std::vector<const Row*> earliest;
  for (const Row& row : rows) {
    if (!row.established || row.party.empty() || !row.time.has_not_after_ms()) continue;
    if (std::ranges::none_of(earliest, [&](const Row* one) { return one->party == row.party; })) {
      earliest.push_back(&row);
    }
  }
  Lines lines;
  for (const Row* row : earliest) {
    Line line = Line(draft).words(Label::kEarliestOf).text(" ");
    for (const Span& span : party_of(draft, row->party).spans()) line.add(span);
    line.text(": ").filled(Label::kEarliestIs, row->item, rfc3339(row->time.not_after_ms()));
    lines.add(line.text(semicolon(draft)).text(row->source));
  }
  for (std::size_t i = 1; i < earliest.size(); ++i) {
    const Row& first = *earliest[i - 1];
    const Row& second = *earliest[i];
    const bool apart =
        second.time.has_not_before_ms() && first.time.not_after_ms() < second.time.not_before_ms();
    lines.add(Line(draft).filled(apart ? Label::kOrderKnown : Label::kOrderUndecidable, first.item,
                                 second.item));
  }
  return lines.take();
}

std::vector<TimeBar> bars(const Draft& draft, const std::vector<Row>& rows) {
  std::vector<TimeBar> bars;
  for (const Row& row : rows) {
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
  const std::vector<Row> rows = rows_of(draft);
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
    blocks.table(table(draft, rows));
  }
  return {.id = "timeline", .new_page = true, .blocks = blocks.take()};
}

}  // namespace heyan::report
