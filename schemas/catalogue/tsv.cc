#include "schemas/catalogue/tsv.h"

namespace heyan::catalogue {
namespace {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool has_control(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return true;
  }
  return false;
}

}  // namespace

void Defects::add(std::string_view file, std::uint32_t line, std::string_view what) {
  all_.push_back(std::string(file) + ":" + std::to_string(line) + ": " + std::string(what));
}

Sheet parse_sheet(std::string_view file, std::string_view text,
                  std::span<const std::string_view> columns,
                  const std::set<std::string_view>& may_be_empty, Defects& defects) {
  Sheet sheet{.file = std::string(file), .rows = {}};
  std::vector<std::string> lines = split(text, '\n');
  const auto last_line = static_cast<std::uint32_t>(lines.size());
  if (lines.back().empty()) {
    lines.pop_back();
  } else {
    defects.add(file, last_line, "the last line does not end with a line feed");
  }
  if (lines.empty() ||
      split(lines.front(), '\t') != std::vector<std::string>(columns.begin(), columns.end())) {
    defects.add(file, 1, "the header is not the one of this table");
    return sheet;
  }
  if (lines.size() == 1) defects.add(file, 1, "the table has no rows");
  for (std::uint32_t i = 1; i < lines.size(); ++i) {
    Row row{.line = i + 1, .cells = split(lines[i], '\t')};
    if (row.cells.size() != columns.size()) {
      defects.add(file, row.line,
                  std::to_string(row.cells.size()) + " columns instead of " +
                      std::to_string(columns.size()));
      continue;
    }
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const std::string& cell = row.cells[c];
      const std::string where = "column " + std::string(columns[c]);
      if (cell.empty() && !may_be_empty.contains(columns[c])) {
        defects.add(file, row.line, where + " is empty");
      }
      if (trim(cell) != cell) defects.add(file, row.line, where + " has spaces around its text");
      if (has_control(cell)) defects.add(file, row.line, where + " has a control character");
    }
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

void require_unique(const Sheet& sheet, std::size_t column, Defects& defects) {
  std::set<std::string_view> seen;
  for (const Row& row : sheet.rows) {
    if (!seen.insert(row.cells[column]).second) {
      defects.add(sheet.file, row.line, row.cells[column] + " stands here twice");
    }
  }
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> parts;
  for (const std::string& part : split(text, ',')) parts.emplace_back(trim(part));
  return parts;
}

}  // namespace heyan::catalogue
