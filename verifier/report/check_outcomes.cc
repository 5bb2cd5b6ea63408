#include "verifier/report/check_outcomes.h"

namespace heyan::report {

CheckOutcomes::CheckOutcomes(const v1::Report& report) {
  int number = 0;
  for (const auto& item : report.evidence()) {
    ++number;
    for (const auto& result : item.checks()) {
      outcomes_[result.check()][result.outcome()].push_back(number);
    }
  }
}

const std::map<v1::Outcome, std::vector<int>>& CheckOutcomes::of(v1::CheckId check) const {
  static const std::map<v1::Outcome, std::vector<int>> kNone;
  const auto found = outcomes_.find(check);
  return found == outcomes_.end() ? kNone : found->second;
}

std::vector<const catalogue::CheckEntry*> checks_of(const catalogue::LegalEntry& entry) {
  std::vector<const catalogue::CheckEntry*> checks;
  if (entry.checks == "*") return checks;
  std::string_view rest = entry.checks;
  while (!rest.empty()) {
    const std::size_t end = rest.find(',');
    const catalogue::CheckEntry* check = catalogue::check_by_code(rest.substr(0, end));
    if (check != nullptr) checks.push_back(check);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  }
  return checks;
}

std::string answers(const Draft& draft, const std::map<v1::Outcome, std::vector<int>>& outcomes) {
  std::string text;
  for (const auto& [outcome, items] : outcomes) {
    text.append(text.empty() ? "" : semicolon(draft));
    text += fmt::format(fmt::runtime(draft.in(Label::kAnswerOfItems)),
                        draft.in(catalogue::entry(outcome).label), number_list(draft, items));
  }
  return text;
}

}  // namespace heyan::report
