#include "court_adapters/china/table.h"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "court_adapters/china/charset.h"

namespace heyan::court_adapters::china {

std::expected<Table, contents::Defect> read_table(core::ByteView bytes,
                                                  const core::Limits& limits) {
  if (core::as_text(bytes).starts_with("PK")) return read_workbook(bytes, limits);
  if (bytes.size() > limits.json_bytes) {
    return std::unexpected(contents::Defect{
        "", "limit", fmt::format("The table has more than {} bytes.", limits.json_bytes)});
  }
  const auto text = to_utf8(bytes);
  if (!text) {
    return std::unexpected(
        contents::Defect{"", "malformed-table",
                         "The text is neither UTF-8 nor GB18030: save the table in one of them."});
  }
  const std::size_t first = text->text.find_first_not_of(" \t\r\n");
  if (first != std::string::npos && (text->text[first] == '[' || text->text[first] == '{')) {
    return read_json_table(core::as_bytes(text->text), limits);
  }
  auto table = read_csv(text->text, limits);
  if (table) table->charset = text->charset;
  return table;
}

std::string csv_line(const std::vector<std::string>& cells) {
  constexpr auto kComputed = std::to_array<std::string_view>(
      {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"});
  std::string line;
  for (const std::string& cell : cells) {
    if (&cell != &cells.front()) line += ',';
    const bool computed = std::ranges::any_of(
        kComputed, [&](std::string_view start) { return cell.starts_with(start); });
    const std::string shown = (computed ? "'" : "") + cell;
    if (shown.find_first_of(",\"\r\n") == std::string::npos) {
      line += shown;
      continue;
    }
    line += '"';
    for (const char c : shown) line += c == '"' ? std::string("\"\"") : std::string(1, c);
    line += '"';
  }
  return line + "\r\n";
}

std::expected<void, contents::Defect> check_row(const Row& row, const core::Limits& limits) {
  const auto too_long = [&](const std::string& cell) { return cell.size() > limits.string_bytes; };
  if (row.cells.size() <= kMaxColumns && std::ranges::none_of(row.cells, too_long)) return {};
  return std::unexpected(
      contents::Defect{fmt::format("/{}", row.number), "limit",
                       fmt::format("A row has at most {} cells of at most {} bytes each.",
                                   kMaxColumns, limits.string_bytes)});
}

}  // namespace heyan::court_adapters::china
