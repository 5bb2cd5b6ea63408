// All items at a glance, those that need attention first. No declared text stands here: every row
// carries a verdict.
#include <algorithm>
#include <array>
#include <numeric>

#include "verifier/report/section_list.h"

namespace heyan::report {
namespace {

std::ptrdiff_t rank(v1::Verdict verdict) {
  static constexpr std::array kAttention = {
      v1::VERDICT_INCONSISTENT,  v1::VERDICT_INCONCLUSIVE,          v1::VERDICT_NOT_FOUND,
      v1::VERDICT_NOT_COMPLETED, v1::VERDICT_CONSISTENT_WITH_NOTES, v1::VERDICT_CONSISTENT};
  return std::ranges::find(kAttention, verdict) - kAttention.begin();
}

// The reasons that give the verdict; without any, the notes.
Spans reasons(const Draft& draft, const v1::ItemReport& item) {
  const auto forces = [](const v1::Finding& finding) {
    return finding.effect() != v1::EFFECT_NONE && finding.effect() != v1::EFFECT_NOTE;
  };
  const bool forced = std::ranges::any_of(item.findings(), forces);
  std::vector<v1::ReasonCode> seen;
  Line line(draft);
  for (const v1::Finding& finding : item.findings()) {
    if (finding.code() == v1::REASON_NONE || finding.effect() == v1::EFFECT_NONE) continue;
    if (forces(finding) != forced || std::ranges::find(seen, finding.code()) != seen.end()) {
      continue;
    }
    seen.push_back(finding.code());
    if (!line.empty()) line.text(" ");
    line.words(catalogue::entry(finding.code()).reason);
  }
  if (line.empty()) line.words(forced ? Label::kSeeItem : Label::kNoReasons);
  return line.spans();
}

}  // namespace

Section summary_section(const Draft& draft) {
  const auto& evidence = draft.report().evidence();
  std::vector<int> order(static_cast<std::size_t>(evidence.size()));
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](int at) { return rank(evidence[at].verdict()); });
  Table table = table_of(draft, {Label::kItem, Label::kVerdict, Label::kReasonsShort});
  for (const int at : order) {
    table.rows.push_back({Line(draft).filled(Label::kItemNumber, at + 1).spans(),
                          Line(draft).verdict(catalogue::entry(evidence[at].verdict())).spans(),
                          reasons(draft, evidence[at])});
  }
  Blocks blocks(draft);
  blocks.heading(2, Label::kSummary).table(std::move(table));
  return {.id = "summary", .new_page = false, .blocks = blocks.take()};
}

}  // namespace heyan::report
