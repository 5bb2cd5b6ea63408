#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "court_adapters/china/evidence_catalogue.h"
#include "tests/unit/contents/zip_builder.h"

namespace heyan::court_adapters::china {
namespace {

using contents::testing::Part;

constexpr std::string_view kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view kRelations =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

// The parts of a workbook whose sheet has that content of sheetData.
std::vector<Part> parts(const std::string& data) {
  const std::string ns =
      " xmlns=\"" + std::string(kMain) + "\" xmlns:r=\"" + std::string(kRelations) + "\"";
  return {
      {"xl/workbook.xml",
       "<workbook" + ns + "><sheets><sheet name=\"a\" r:id=\"x\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       "<Relationships><Relationship Id=\"x\" Target=\"sheets/s.xml\"/></Relationships>"},
      {"xl/sharedStrings.xml",
       "<sst" + ns +
           "><si><t>一</t></si><si><r><t>二</t></r><r><t>三</t></r><rPh><t>x</t></rPh>"
           "</si></sst>"},
      {"xl/sheets/s.xml", "<worksheet" + ns + "><sheetData>" + data + "</sheetData></worksheet>"}};
}

std::string read(const std::vector<Part>& all, const core::Limits& limits = {}) {
  const auto table = read_workbook(contents::testing::build_zip(all), limits);
  if (!table) return table.error().code + " " + table.error().pointer;
  std::string text;
  for (const Row& row : table->rows) {
    text += std::to_string(row.number) + ":";
    for (const std::string& cell : row.cells) text += cell + "|";
  }
  return text;
}
std::string read(const std::string& data) { return read(parts(data)); }

TEST(Workbook, CellsAreWhatTheyShow) {
  EXPECT_EQ(read(R"(<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row>)"
                 R"(<row r="5"><c t="inlineStr"><is><t>x</t></is></c><c><v>1.5</v></c></row>)"),
            "2:一||二三|5:x|1.5|");
}

TEST(Workbook, AFormulaStaysText) {
  EXPECT_EQ(read(R"(<row><c><f>HYPERLINK("http://a")</f><v>safe</v></c></row>)"),
            "1:=HYPERLINK(\"http://a\")|");
}

TEST(Workbook, RefusesCellsThatLie) {
  EXPECT_EQ(read(R"(<row><c t="s"><v>2</v></c></row>)"), "malformed-table /1");
  EXPECT_EQ(read(R"(<row><c t="s"><v>-1</v></c></row>)"), "malformed-table /1");
  EXPECT_EQ(read(R"(<row><c t="s"><v/></c></row>)"), "malformed-table /1");
  EXPECT_EQ(read(R"(<row r="3"><c r="B3"/><c r="A3"/></row>)"), "malformed-table /3");
  EXPECT_EQ(read(R"(<row><c r="XFD1"><v>1</v></c></row>)"), "malformed-table /1");
  EXPECT_EQ(read(R"(<row><c r="AAAA1"><v>1</v></c></row>)"), "malformed-table /1");
  EXPECT_EQ(read(R"(<row><c r="1"><v>1</v></c></row>)"), "malformed-table /1");
}

// The same day is another number in a workbook that counts from 1904.
TEST(Workbook, DatesCountFromWhereItSays) {
  const auto stored = [](const std::string& properties, const std::string& days) {
    const auto cell = [](const std::string& text) {
      return "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    };
    auto all = parts("<row>" + cell("序号") + cell("证据名称") + cell("存证时间") + "</row><row>" +
                     cell("1") + cell("a") + "<c><v>" + days + "</v></c></row>");
    all[0].content.replace(all[0].content.find("<sheets>"), 0, properties);
    const auto catalogue = read_catalogue(contents::testing::build_zip(all), 1'772'500'000'000, {});
    return catalogue ? catalogue->items.at(0).stored_at_ms : std::nullopt;
  };
  const std::int64_t day = 1'772'294'400'000;  // 2026-03-01T00:00:00+08:00
  EXPECT_EQ(stored("", "46082"), day);
  EXPECT_EQ(stored("<workbookPr date1904=\"0\"/>", "46082"), day);
  EXPECT_EQ(stored("<workbookPr date1904=\"1\"/>", "44620"), day);
  EXPECT_EQ(stored("<workbookPr date1904=\"true\"/>", "44620"), day);
}

// A sheet that nobody sees is not what was filed.
TEST(Workbook, AHiddenSheetIsNotRead) {
  const auto with = [](const std::string& sheets) {
    auto all = parts("<row><c><v>1</v></c></row>");
    std::string& text = all[0].content;
    const std::string only = "<sheet name=\"a\" r:id=\"x\"/>";
    text.replace(text.find(only), only.size(), sheets);
    return read(all);
  };
  const std::string shown = "<sheet name=\"a\" r:id=\"x\"/>";
  EXPECT_EQ(with("<sheet name=\"b\" state=\"hidden\" r:id=\"y\"/>" + shown), "1:1|");
  EXPECT_EQ(with("<sheet name=\"b\" state=\"veryHidden\" r:id=\"y\"/>" + shown), "1:1|");
  EXPECT_EQ(with("<sheet name=\"b\" state=\"hidden\" r:id=\"x\"/>"), "malformed-table ");
  EXPECT_EQ(with("<sheet name=\"b\" state=\"visible\" r:id=\"x\"/>"), "1:1|");
}

TEST(Workbook, RefusesPackagesThatAreNone) {
  for (std::size_t missing : {0U, 1U, 3U}) {
    auto all = parts("");
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(missing));
    EXPECT_EQ(read(all), "malformed-table ") << missing;
  }
  auto all = parts("");
  all[3].content = "<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet><sheetData/></worksheet>";
  EXPECT_EQ(read(all), "malformed-table ");
  all = parts("");
  all[1].content = R"(<R><R Id="x" TargetMode="External" Target="http://a/s.xml"/></R>)";
  EXPECT_EQ(read(all), "malformed-table ");
  all = parts("");
  all.push_back({"../a", "b"});
  EXPECT_EQ(read(all), "malformed-table ");
  EXPECT_FALSE(read_workbook(core::as_bytes("PK"), {}).has_value());
}

TEST(Workbook, OneTextInEveryCellIsBounded) {
  core::Limits limits;
  limits.json_bytes = 20;
  const std::string row = R"(<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>)";
  EXPECT_EQ(read(parts(row + row + row), limits), "1:一|一|2:一|一|3:一|一|");
  EXPECT_EQ(read(parts(row + row + row + row), limits), "limit /4");
}

// Written by another program (openpyxl): a title, a heading, a date as a number, a formula.
TEST(Workbook, OfAnotherProgramIsACatalogue) {
  std::ifstream in(HEYAN_SOURCE "/tests/fuzz/seeds/court_china/catalogue.xlsx", std::ios::binary);
  const core::Bytes bytes(std::istreambuf_iterator<char>(in), {});
  const auto catalogue = read_catalogue(bytes, 1'772'500'000'000, {});
  ASSERT_TRUE(catalogue.has_value()) << catalogue.error().front().detail;
  ASSERT_EQ(catalogue->items.size(), 2U);
  EXPECT_EQ(catalogue->items[0].purpose, "=1+1");
  EXPECT_EQ(catalogue->items[0].stored_at_ms, 1'772'323'320'000);  // 2026-03-01T08:02:00+08:00
  EXPECT_EQ(catalogue->items[1].purpose, "第一行\n第二行");
  EXPECT_EQ(catalogue->items[1].category, v1::CATEGORY_AUDIOVISUAL);
  std::vector<std::string> codes;
  for (const Remark& remark : catalogue->remarks) codes.push_back(remark.code);
  EXPECT_EQ(codes, (std::vector<std::string>{"unknown-column", "more-sheets", "time-without-offset",
                                             "time-without-offset"}));
  const std::string exported = export_catalogue(*catalogue, "核验结论", {"一", "二"});
  EXPECT_TRUE(exported.contains(",'=1+1,")) << exported;
  EXPECT_TRUE(exported.contains("备注,核验结论\r\n")) << exported;
  EXPECT_TRUE(exported.ends_with(",备,二\r\n")) << exported;
}

}  // namespace
}  // namespace heyan::court_adapters::china
