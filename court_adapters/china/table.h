// A table that somebody filed, whatever it came as: CSV, a workbook, JSON.
//
// Threat: everything in it is hostile; formulas stay text and are never computed. Pure, any thread.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "verifier/contents/submission_reader.h"
#include "verifier/core/bytes.h"
#include "verifier/core/limits.h"

namespace heyan::court_adapters::china {

inline constexpr std::size_t kMaxColumns = 64;

struct Row {
  std::size_t number = 0;  // of the table's rows, from 1; of a JSON list, of its elements
  std::vector<std::string> cells;
};

struct Table {
  std::vector<Row> rows;     // without empty ones; of JSON, the names of members come first
  bool is_workbook = false;  // dates may be serial numbers
  bool from_1904 = false;    // and then they count from 1904 (ECMA-376 part 1, 18.17.4.1)
  bool more_sheets = false;  // the workbook has others, which are not read
  std::string charset;       // "utf-8", "gb18030"; of text
};

// By what the bytes begin with: a ZIP is a workbook, "[" or "{" is JSON, else CSV. Defects (their
// pointer is the row, "/3", or JSON's own): malformed-table (neither of these, not RFC 4180, no
// workbook), limit, and those of json_fault.h.
std::expected<Table, contents::Defect> read_table(core::ByteView bytes, const core::Limits& limits);

// One reader each. `text` is UTF-8. RFC 4180, lines may end with LF alone.
std::expected<Table, contents::Defect> read_csv(std::string_view text, const core::Limits& limits);
// The first sheet that is shown, of ECMA-376 (xlsx); the text that a cell shows, or "=" and its
// formula.
std::expected<Table, contents::Defect> read_workbook(core::ByteView bytes,
                                                     const core::Limits& limits);
// A list of objects, or {"items": [...]}, whose values are text, numbers, true, false or null.
std::expected<Table, contents::Defect> read_json_table(core::ByteView bytes,
                                                       const core::Limits& limits);

// RFC 4180 for spreadsheet programs: a cell that such a program would compute begins with an
// apostrophe then, which keeps it text. Ends with CRLF.
std::string csv_line(const std::vector<std::string>& cells);

// What every reader's Table is held to: its columns, and the length of its cells.
std::expected<void, contents::Defect> check_row(const Row& row, const core::Limits& limits);

}  // namespace heyan::court_adapters::china
