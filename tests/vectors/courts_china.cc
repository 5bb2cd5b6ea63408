// Chinese kinds of topic courts that are tables: case numbers, credit codes, identity numbers.
#include <algorithm>
#include <array>
#include <functional>
#include <sstream>

#include "court_adapters/china/case_number.h"
#include "court_adapters/china/credit_code.h"
#include "court_adapters/china/resident_id.h"
#include "tests/vectors/kinds.h"

namespace heyan::vectors {

std::span<const Kind> courts_china();

namespace {

namespace china = court_adapters::china;

using Row = std::map<std::string, std::string>;

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  for (const char c : line) {
    if (c == '\t') {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  return cells;
}

// "\n" in a cell stands for a newline.
std::string unescaped(std::string cell) {
  for (std::size_t at = 0; (at = cell.find("\\n", at)) != std::string::npos; ++at) {
    cell.replace(at, 2, "\n");
  }
  return cell;
}

std::vector<Row> rows_of(const core::Bytes& table) {
  std::istringstream in(std::string(table.begin(), table.end()));
  std::string line;
  std::getline(in, line);
  const std::vector<std::string> names = cells_of(line);
  std::vector<Row> rows;
  while (std::getline(in, line)) {
    if (line.empty()) continue;
    const std::vector<std::string> cells = cells_of(line);
    Row& row = rows.emplace_back();
    for (std::size_t i = 0; i < names.size(); ++i) {
      row[names[i]] = i < cells.size() ? unescaped(cells[i]) : std::string();
    }
  }
  return rows;
}

// FORMAT.md's words. What a reader only warns of is one of the table's words, by its code.
std::string verdict_word(const china::Checked& checked) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kWarnings = {{
      {"legacy-case-number", "normalise"},
      {"unknown-case-type", "invalid"},  // the table has no word for a warning
      {"organisation-code-check", "warn"},
      {"unknown-department", "valid"},
      {"legacy-resident-id", "legacy"},
  }};
  switch (checked.verdict) {
    case china::Verdict::kValid:
      return "valid";
    case china::Verdict::kNormalised:
      return "normalise";
    case china::Verdict::kInvalid:
      return "invalid";
    case china::Verdict::kWarning:
      break;
  }
  const auto* found = std::ranges::find(kWarnings, checked.code,
                                        &std::pair<std::string_view, std::string_view>::first);
  return found != kWarnings.end() ? std::string(found->second) : "?";
}

// What was read of one row: the verdict, and the parsed parts by column.
struct RowResult {
  std::string verdict;
  Row parts;
};
using ReadRow = std::function<RowResult(const Row& row)>;

std::string joined(const std::string& verdict, const Row& parts) {
  std::string text = verdict;
  for (const auto& [column, value] : parts) {
    if (!value.empty()) text += " " + column + "=" + value;
  }
  return text;
}

CaseResult compare(const KindCase& one, const Row& row, const RowResult& found) {
  const std::string id = row.at("id");
  const auto only = one.texts("verdict_only_rows");
  const bool parts = (row.at("verdict") == "valid" || row.at("verdict") == "normalise") &&
                     std::ranges::find(only, id) == only.end();
  Row expected;
  for (const auto& [column, value] : found.parts) expected[column] = row.at(column);
  CaseResult result{one.input_path("table") + "#" + id,
                    joined(row.at("verdict"), parts ? expected : Row()),
                    joined(found.verdict, parts ? found.parts : Row()), Status::kFailed};
  const core::json::Value* disputed = one.param("disputed_rows");
  const core::json::Value* other = disputed != nullptr ? disputed->find(id) : nullptr;
  const bool also =
      other != nullptr && other->as_string() != nullptr && *other->as_string() == found.verdict;
  if (result.expected == result.got || also) result.status = Status::kPassed;
  return result;
}

KindResult run_table(const KindCase& one, const ReadRow& read) {
  KindResult result;
  const auto table = one.input("table");
  const std::vector<Row> rows = table ? rows_of(*table) : std::vector<Row>();
  for (const Row& row : rows) result.rows.push_back(compare(one, row, read(row)));
  if (one.number("rows") != static_cast<std::int64_t>(rows.size())) {
    result.rows.push_back({one.input_path("table"), std::to_string(one.number("rows").value_or(0)),
                           std::to_string(rows.size()) + " rows", Status::kFailed});
  }
  return result;
}

KindResult run_case_numbers(const KindCase& one) {
  return run_table(one, [&](const Row& row) {
    const auto read = china::read_case_number(row.at("input"), one.clock_ms().value_or(0));
    return RowResult{verdict_word(read),
                     {{"year", std::to_string(read.year)},
                      {"court", read.court},
                      {"special", read.special},
                      {"type", read.type},
                      {"seq", std::to_string(read.sequence)},
                      {"suffix", read.suffix}}};
  });
}

KindResult run_uscc(const KindCase& one) {
  return run_table(one, [](const Row& row) {
    return RowResult{verdict_word(china::read_credit_code(row.at("code"))), {}};
  });
}

KindResult run_resident_ids(const KindCase& one) {
  return run_table(one, [&](const Row& row) {
    return RowResult{
        verdict_word(china::read_resident_id(row.at("number"), one.clock_ms().value_or(0))), {}};
  });
}

constexpr std::array<Kind, 3> kKinds = {{{"table-case-numbers", run_case_numbers},
                                         {"table-uscc", run_uscc},
                                         {"table-resident-ids", run_resident_ids}}};

}  // namespace

std::span<const Kind> courts_china() { return kKinds; }

}  // namespace heyan::vectors
