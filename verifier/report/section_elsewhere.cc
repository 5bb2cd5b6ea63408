// Where the same content stands besides: in other items of this submission, which the report itself
// shows, and in the court's other reports, where a search ran and this copy discloses what it
// found. Facts without a conclusion: there are many reasons to file the same bytes twice.
#include <algorithm>
#include <map>

#include "verifier/core/text.h"
#include "verifier/elsewhere.h"
#include "verifier/report/section_list.h"

namespace heyan::report {
namespace {

std::string place_of(int item) { return fmt::format("/evidence/{}/elsewhere", item); }

// The SHA-256 on which both libraries agree; empty where there is none.
std::string fingerprint_of(const v1::ItemReport& item) {
  if (item.measured().outcome() != v1::MEASURE_OUTCOME_DONE) return {};
  for (const v1::MeasuredDigest& digest : item.measured().digests()) {
    if (digest.algorithm() != v1::DIGEST_ALGORITHM_SHA_256) continue;
    if (digest.first() == digest.second()) return digest.first();
  }
  return {};
}

// Item numbers that share a content, by the first of them.
List within(const Draft& draft) {
  std::map<std::string, std::vector<int>> by_content;
  int number = 0;
  for (const v1::ItemReport& item : draft.report().evidence()) {
    ++number;
    const std::string fingerprint = fingerprint_of(item);
    if (!fingerprint.empty()) by_content[fingerprint].push_back(number);
  }
  std::vector<std::vector<int>> same;
  for (auto& [fingerprint, numbers] : by_content) {
    if (numbers.size() > 1) same.push_back(std::move(numbers));
  }
  std::ranges::sort(same);
  Lines lines;
  for (const std::vector<int>& numbers : same) {
    lines.add(Line(draft).filled(Label::kElsewhereWithin, number_list(draft, numbers)));
  }
  return lines.take();
}

Table filed(const Draft& draft, const v1::ContentSearch& found) {
  Table table = table_of(draft, {Label::kNumber, Label::kItem, Label::kCase});
  for (const v1::FiledElsewhere& one : found.filed()) {
    Line case_number(draft);
    if (one.case_number().empty()) {
      case_number.text("-");
    } else {
      case_number.told(one.case_number());
    }
    table.rows.push_back({Line(draft).code(visible_or_dash(one.report_number())).spans(),
                          Line(draft).told(one.item()).spans(), case_number.spans()});
  }
  return table;
}

void add_found(Blocks& blocks, const Draft& draft, int number, const FoundElsewhere& found) {
  blocks.heading(3, Line(draft).filled(Label::kItemNumber, number));
  blocks.paragraph(
      Line(draft).filled(Label::kElsewhereFound, found.found.count(), rfc3339(found.since_ms)));
  const auto listed = static_cast<std::uint64_t>(found.found.filed_size());
  if (listed < found.found.count()) {
    blocks.paragraph(Line(draft).filled(Label::kElsewhereNewest, listed), Paragraph::Role::kSmall);
  }
  blocks.table(filed(draft, found.found));
}

void add_searches(Blocks& blocks, const Draft& draft) {
  std::map<std::int64_t, std::vector<int>> none;  // by SearchElsewhere.since_ms
  std::vector<int> withheld;
  std::vector<int> not_searched;
  Blocks found(draft);
  const int items = draft.report().evidence_size();
  for (int i = 0; i < items; ++i) {
    const std::string place = place_of(i);
    const std::string* disclosed = draft.disclosed(place);
    const auto read = disclosed == nullptr ? std::nullopt : read_found(*disclosed);
    if (read && read->found.count() > 0) {
      add_found(found, draft, i + 1, *read);
    } else if (read) {
      none[read->since_ms].push_back(i + 1);
    } else {
      (draft.has_personal(place) ? withheld : not_searched).push_back(i + 1);
    }
  }
  if (static_cast<int>(not_searched.size()) == items) {
    blocks.paragraph(Label::kElsewhereNotSearched);
    return;
  }
  for (const auto& [since_ms, numbers] : none) {
    blocks.paragraph(
        Line(draft).filled(Label::kElsewhereNone, number_list(draft, numbers), rfc3339(since_ms)));
  }
  if (!withheld.empty()) {
    blocks.paragraph(Line(draft).filled(Label::kElsewhereWithheld, number_list(draft, withheld)));
  }
  if (!not_searched.empty()) {
    blocks.paragraph(
        Line(draft).filled(Label::kElsewhereItemsNot, number_list(draft, not_searched)));
  }
  blocks.group(std::move(found));
}

}  // namespace

Section elsewhere_section(const Draft& draft) {
  Blocks blocks(draft);
  blocks.heading(2, Label::kElsewhere).paragraph(Label::kElsewhereHow, Paragraph::Role::kSmall);
  blocks.list(within(draft));
  add_searches(blocks, draft);
  return {.id = "elsewhere", .new_page = false, .blocks = blocks.take()};
}

}  // namespace heyan::report
