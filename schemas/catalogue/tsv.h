// The strict reader of the catalogue's tables, used while building.
//
// UTF-8, one header line, LF line ends, tab-separated, no quoting. Every defect is told with file
// and line, so that a wrong table stops the build where it was written.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heyan::catalogue {

struct Row {
  std::uint32_t line = 0;  // 1 is the header
  std::vector<std::string> cells;
};

// Every defect, as "FILE:LINE: what".
class Defects {
 public:
  void add(std::string_view file, std::uint32_t line, std::string_view what);
  const std::vector<std::string>& all() const { return all_; }

 private:
  std::vector<std::string> all_;
};

struct Sheet {
  std::string file;
  std::vector<Row> rows;
};

// Reads a table whose header must be exactly `columns`. A cell may be empty only in a column of
// `may_be_empty`. Rows with another number of cells are reported and left out.
Sheet parse_sheet(std::string_view file, std::string_view text,
                  std::span<const std::string_view> columns,
                  const std::set<std::string_view>& may_be_empty, Defects& defects);

// Reports every row whose cell in `column` was there before.
void require_unique(const Sheet& sheet, std::size_t column, Defects& defects);

// "A, B,C" -> A B C, without the white space around them.
std::vector<std::string> split_list(std::string_view text);

}  // namespace heyan::catalogue
