#include "court_adapters/china/table.h"

#include <gtest/gtest.h>

#include "court_adapters/china/charset.h"

namespace heyan::court_adapters::china {
namespace {

using namespace std::string_view_literals;
using Cells = std::vector<std::vector<std::string>>;

core::Limits limits() {
  core::Limits small;
  small.items = 3;
  small.string_bytes = 20;
  return small;
}

// The cells, or "code pointer" of the defect alone.
Cells cells_of(std::string_view text, const core::Limits& limits) {
  const auto table = read_table(core::as_bytes(text), limits);
  if (!table) return {{table.error().code + " " + table.error().pointer}};
  Cells cells;
  for (const Row& row : table->rows) cells.push_back(row.cells);
  return cells;
}
Cells cells_of(std::string_view text) { return cells_of(text, limits()); }
std::string fault_of(std::string_view text) { return cells_of(text).front().front(); }

TEST(Csv, QuotedCellsHoldEverything) {
  EXPECT_EQ(cells_of("a,\"b,\"\"c\r\nd\",\r\n\r\n,,\n\"\"\n1,2"),
            (Cells{{"a", "b,\"c\r\nd", ""}, {"1", "2"}}));
}

TEST(Csv, RowsKeepTheirNumbers) {
  const auto table = read_csv("a\n\n\nb\n", limits());
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->rows[1].number, 4U);
}

TEST(Csv, RefusesWhatTwoReadersCouldReadDifferently) {
  for (const std::string_view text :
       {"a,b\"c\n"sv, "a\n\"b\"c\n"sv, "a\n\"b\n"sv, "a\n\"\"\"\n"sv, "a\rb\n"sv, "\"a\"\r"sv}) {
    EXPECT_TRUE(fault_of(text).starts_with("malformed-table /")) << text;
  }
  EXPECT_EQ(fault_of("a,b\nc\n1,2\"\n"), "malformed-table /3");
}

TEST(Csv, IsBounded) {
  EXPECT_EQ(fault_of("a\n" + std::string(21, 'b')), "limit /2");
  EXPECT_EQ(fault_of(std::string(64, ',')), "limit /1");
  EXPECT_EQ(fault_of(std::string(10'000'000, ',')), "limit /1");
  std::string rows;
  for (int i = 0; i < 20; ++i) rows += "a\n";
  EXPECT_EQ(fault_of(rows), "limit /20");
  core::Limits small;
  small.json_bytes = 3;
  EXPECT_EQ(cells_of("abcd", small).front().front(), "limit ");
}

TEST(Charset, Utf8LosesItsMarkAndGb18030IsRead) {
  EXPECT_EQ(to_utf8(core::as_bytes("\xef\xbb\xbf序"sv))->text, "序");
  const auto decoded =
      to_utf8(core::as_bytes("\xd0\xf2\xba\xc5\x81\x30\x81\x30"sv));  // 4 bytes too
  ASSERT_TRUE(decoded.has_value());
  EXPECT_EQ(decoded->text, "序号\u0080");
  EXPECT_EQ(decoded->charset, "gb18030");
  EXPECT_EQ(to_utf8({})->text, "");
}

TEST(Charset, RefusesOthers) {
  for (const std::string_view bytes :
       {"\xff\xfe"sv, "\xd0"sv, "\xd0\xf2\x81\x30"sv, "\xef\xbb\xbf\xd0\xf2"sv, "a\0"sv,
        "\xfe\xff\x5e\x8f"sv, "\x80\x81"sv, "\xff"sv}) {
    EXPECT_FALSE(to_utf8(core::as_bytes(bytes)).has_value()) << core::to_hex(core::as_bytes(bytes));
  }
}

TEST(JsonTable, NamesAreTheHeading) {
  EXPECT_EQ(cells_of(R"({"items":[{"a":"x","b":1},{"b":null,"c":true}]})"),
            (Cells{{"a", "b", "c"}, {"x", "1"}, {"", "", "true"}}));
}

TEST(JsonTable, RefusesOthers) {
  EXPECT_EQ(fault_of("[1]"), "malformed-table /0");
  EXPECT_EQ(fault_of("{}"), "malformed-table ");
  EXPECT_EQ(fault_of(R"([{"a":[]}])"), "malformed-table /0");
  EXPECT_EQ(fault_of(R"([{"a":1.5}])"), "malformed-table /0");
  EXPECT_EQ(fault_of(R"([{"a":1,"a":2}])"), "duplicate-name /0/a");
  EXPECT_EQ(fault_of(R"([{"a":"\ud800"}])"), "lone-surrogate /0/a");
  EXPECT_EQ(fault_of(R"([{}] x)"), "trailing-data ");
  EXPECT_EQ(fault_of("[{"), "malformed-json /0");
  EXPECT_EQ(fault_of("[{},{},{},{}]"), "limit ");
  EXPECT_EQ(fault_of(R"([{"a":"aaaaaaaaaaaaaaaaaaaaa"}])"), "limit /1");
}

TEST(CsvLine, NothingIsComputedByASpreadsheetProgram) {
  EXPECT_EQ(csv_line({"=1+1", "+1", "-1", "@a", "\t=1", "＝1", "a=b", "", "a,\"b\""}),
            "'=1+1,'+1,'-1,'@a,'\t=1,'＝1,a=b,,\"a,\"\"b\"\"\"\r\n");
  EXPECT_EQ(csv_line({"\r=1"}), "\"'\r=1\"\r\n");
}

}  // namespace
}  // namespace heyan::court_adapters::china
