// Topic report: verdict-scenarios.tsv, one case a row. The header names the columns, in any order;
// expected_reason_codes are separated by commas, semicolons or spaces.
//
// A row passes where the verdict is exact, every expected code is reported and, for a positive
// verdict, no other code is a note.
#include <fstream>
#include <iostream>
#include <sstream>

#include "tests/vectors/report_scenario.h"
#include "tests/vectors/topic.h"

namespace heyan::vectors {

bool run_report(const std::filesystem::path& folder, const Report& report);

namespace {

std::vector<std::string> split(const std::string& line, std::string_view separators) {
  std::vector<std::string> parts(1);
  for (const char c : line) {
    if (separators.find(c) != separators.npos) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::set<std::string> codes_in(const std::string& cell) {
  std::set<std::string> codes;
  for (std::string& code : split(cell, ",; |")) {
    if (!code.empty()) codes.insert(std::move(code));
  }
  return codes;
}

std::string joined(const std::string& verdict, const std::set<std::string>& codes) {
  std::string text = verdict;
  for (const std::string& code : codes) text += " " + code;
  return text;
}

CaseResult run_row(const ScenarioRow& row) {
  const std::string& expected_verdict = row.at("expected_verdict");
  const auto expected = codes_in(row.at("expected_reason_codes"));
  CaseResult result{.id = row.at("id"),
                    .expected = joined(expected_verdict, expected),
                    .got = {},
                    .status = Status::kFailed};
  Scenario scenario(row);
  if (!scenario.error().empty()) {
    result.got = "the row cannot be built: " + scenario.error();
    return result;
  }
  const v1::ItemReport item = scenario.judge();
  std::set<std::string> reported;
  std::set<std::string> notes;
  for (const v1::Finding& finding : item.findings()) {
    if (finding.code() == v1::REASON_NONE) continue;
    const std::string code(catalogue::entry(finding.code()).code);
    reported.insert(code);
    if (finding.effect() != v1::EFFECT_NONE) notes.insert(code);
  }
  const std::string verdict(catalogue::word(item.verdict()));
  result.got = joined(verdict, reported);
  const bool positive = verdict.starts_with("CONSISTENT");
  const bool passed = verdict == expected_verdict && std::ranges::includes(reported, expected) &&
                      (!positive || std::ranges::includes(expected, notes));
  result.status = passed ? Status::kPassed : Status::kFailed;
  return result;
}

bool has_columns(const std::vector<std::string>& header) {
  const auto has = [&](const std::string& name) { return std::ranges::count(header, name) == 1; };
  return has("id") && has("expected_verdict") && has("expected_reason_codes") &&
         std::ranges::all_of(scenario_columns(), has);
}

bool next_line(std::istream& in, std::string& line) {
  if (!std::getline(in, line)) return false;
  if (line.ends_with('\r')) line.pop_back();
  return true;
}

}  // namespace

bool run_report(const std::filesystem::path& folder, const Report& report) {
  const auto path = folder / "verdict-scenarios.tsv";
  std::ifstream in(path, std::ios::binary);
  std::string line;
  if (!in || !next_line(in, line)) {
    std::cerr << "report: cannot read " << path << "\n";
    return false;
  }
  if (line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
  const std::vector<std::string> header = split(line, "\t");
  if (!has_columns(header)) {
    std::cerr << "report: " << path << " lacks a column, or has one twice\n";
    return false;
  }
  while (next_line(in, line)) {
    if (line.empty()) continue;
    const std::vector<std::string> cells = split(line, "\t");
    if (cells.size() != header.size()) {
      report({.id = cells.front(),
              .expected = std::to_string(header.size()) + " cells",
              .got = std::to_string(cells.size()) + " cells",
              .status = Status::kFailed});
      continue;
    }
    ScenarioRow row;
    for (std::size_t i = 0; i < cells.size(); ++i) row[header[i]] = cells[i];
    report(run_row(row));
  }
  return true;
}

}  // namespace heyan::vectors
