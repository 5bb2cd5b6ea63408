#include <algorithm>

#include <fmt/core.h>

#include "court_adapters/china/table.h"

namespace heyan::court_adapters::china {
namespace {

constexpr std::size_t kRowsBesideItems = 16;  // titles, headings

class CsvReader {
 public:
  CsvReader(std::string_view text, const core::Limits& limits) : text_(text), limits_(limits) {}

  std::expected<Table, contents::Defect> read() {
    Table table;
    for (std::size_t number = 1; at_ < text_.size(); ++number) {
      Row row{number, {}};
      if (const std::string_view fault = read_row(row); !fault.empty()) {
        return std::unexpected(contents::Defect{fmt::format("/{}", number), "malformed-table",
                                                fmt::format("The row {} (RFC 4180).", fault)});
      }
      if (auto checked = check_row(row, limits_); !checked) {
        return std::unexpected(std::move(checked).error());
      }
      if (std::ranges::all_of(row.cells, &std::string::empty)) continue;
      if (table.rows.size() >= limits_.items + kRowsBesideItems) {
        return std::unexpected(contents::Defect{
            fmt::format("/{}", number), "limit",
            fmt::format("The table has more than {} rows. Divide it.", limits_.items)});
      }
      table.rows.push_back(std::move(row));
    }
    return table;
  }

 private:
  bool take(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  bool take_line_end() { return at_ == text_.size() || take("\r\n") || take("\n"); }

  std::string_view read_row(Row& row) {
    while (true) {
      if (const std::string_view fault = read_cell(row.cells.emplace_back()); !fault.empty()) {
        return fault;
      }
      if (take(",")) {
        if (row.cells.size() > kMaxColumns) return {};  // check_row says so
        continue;
      }
      if (take_line_end()) return {};
      return "has characters after a closing quotation mark";
    }
  }

  std::string_view read_cell(std::string& cell) {
    if (!take("\"")) {
      const std::size_t end = std::min(text_.find_first_of(",\n", at_), text_.size());
      cell = text_.substr(at_, end - at_);
      at_ = end;
      // The end of a line, not of the cell.
      if (cell.ends_with('\r') && (end == text_.size() || text_[end] == '\n')) cell.pop_back();
      return cell.contains('"') ? "has a quotation mark within a cell that does not begin with one"
             : cell.contains('\r') ? "has a carriage return that ends no line"
                                   : "";
    }
    while (at_ < text_.size()) {
      const std::size_t quote = std::min(text_.find('"', at_), text_.size());
      cell += text_.substr(at_, quote - at_);
      at_ = quote;
      if (take("\"\"")) {
        cell += '"';
        continue;
      }
      if (take("\"")) return {};
    }
    return "has a quotation mark that is never closed";
  }

  std::string_view text_;
  const core::Limits& limits_;
  std::size_t at_ = 0;
};

}  // namespace

std::expected<Table, contents::Defect> read_csv(std::string_view text, const core::Limits& limits) {
  return CsvReader(text, limits).read();
}

}  // namespace heyan::court_adapters::china
