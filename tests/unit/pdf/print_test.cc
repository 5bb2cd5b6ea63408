#include "gateway/pdf/print.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <time.h>

#include "gateway/pdf/complete.h"
#include "gateway/pdf/qpdf.h"
#include "tests/unit/pdf/fonts.h"
#include "tests/unit/pdf/poppler.h"
#include "tests/unit/pdf/sample_document.h"

namespace heyan::pdf {
namespace {

using report::Block;
using report::Paragraph;
using ::testing::HasSubstr;
using ::testing::Not;

const PrintOptions kDraft{.as_of = core::from_unix_ms(1'790'000'000'123), .statement = {}};

std::string printed(const report::Document& document, const PrintOptions& options = kDraft) {
  const auto pages = print(document, options, test_fonts());
  EXPECT_TRUE(pages.has_value()) << pages.error().text;
  return *complete(*pages, document.language, {{"report.json", "application/json", "{}"}});
}

report::Document of_block(Block block) {
  report::Document document = sample_document(0);
  document.sections.front().blocks.push_back(std::move(block));
  return document;
}

double processor_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

TEST(PrintTest, TheSameDocumentGivesTheSameBytes) {
  EXPECT_EQ(printed(sample_document(3)), printed(sample_document(3)));
}

TEST(PrintTest, WithoutItsFontsThereIsAnErrorAndNoPage) {
  const auto fonts = Fonts::load("/nowhere");
  ASSERT_FALSE(fonts.has_value());
  EXPECT_EQ(fonts.error().code, core::ErrorCode::kNotFound);
}

TEST(PrintTest, EveryFootNamesReportPageAndPayload) {
  const std::string file = printed(sample_document(4));
  const int pages = page_count(file);
  EXPECT_GT(pages, 2);
  for (int page = 1; page <= pages; ++page) {
    const std::string text = text_of(file, page);
    EXPECT_THAT(text, HasSubstr("HY-ABCD-EFGH-2345-WXYZ"));
    EXPECT_THAT(text, HasSubstr(std::string(64, 'c')));
    EXPECT_THAT(text, HasSubstr("第 " + std::to_string(page) + " 页，共 " + std::to_string(pages)));
    EXPECT_THAT(text, HasSubstr("草稿"));
  }
}

TEST(PrintTest, ADraftSaysSoAndASealedFileDoesNot) {
  EXPECT_THAT(text_of(printed(sample_document(1))), HasSubstr("草稿"));
  EXPECT_THAT(text_of(printed(sample_document(1), {.as_of = {}, .statement = "HY1.AAAA"})),
              Not(HasSubstr("草稿")));
}

TEST(PrintTest, HeadingsTablesListsAndFiguresAreTagged) {
  const std::string file = printed(sample_document(1));
  EXPECT_THAT(info_of(file), HasSubstr("Tagged:          yes"));
  const std::string structure = structure_of(file);
  for (const char* tag : {"Document", "H1", "H2", "H3", "P", "Table", "TR", "TH", "TD", "L", "LI",
                          "Figure", "/Scope /Column", "/Scope /Row"}) {
    EXPECT_THAT(structure, HasSubstr(tag));
  }
}

// Poppler does not tell descriptions: the file is read with qpdf.
TEST(PrintTest, EveryFigureHasItsDescription) {
  const std::string file = printed(sample_document(2), {.as_of = {}, .statement = "HY1.AAAA"});
  QPDF pdf;
  pdf.processMemoryFile("file", file.data(), file.size());
  std::vector<std::string> told;
  for (QPDFObjectHandle& object : pdf.getAllObjects()) {
    if (object.isDictionary() && object.getKey("/S").isNameAndEquals("/Figure")) {
      told.push_back(object.getKey("/Alt").getUTF8Value());
    }
  }
  const std::string picture = sample_picture().description;
  EXPECT_THAT(told, ::testing::UnorderedElementsAre(HasSubstr("二维码"), picture, picture));
}

TEST(PrintTest, EveryFontIsEmbeddedAndReadsAsText) {
  const std::string file = printed(sample_document(1));
  const std::string fonts = fonts_of(file);
  EXPECT_THAT(fonts, HasSubstr("NotoSansCJKsc-Regular"));
  EXPECT_THAT(fonts, HasSubstr("NotoSansCJKsc-Bold"));
  EXPECT_THAT(fonts, HasSubstr("NotoSansMonoCJKsc-Regular"));
  EXPECT_THAT(fonts, Not(HasSubstr(" no ")));  // embedded, subset, with a table to Unicode
  EXPECT_THAT(text_of(file), HasSubstr("杭州互联网法院 Hangzhou Internet Court"));
}

TEST(PrintTest, ACharacterWithoutALetterShowsItsNumber) {
  const std::string file = printed(of_block(Block{Paragraph{plain("名称 \U0001F600")}}));
  EXPECT_THAT(text_of(file), HasSubstr("名称"));
  EXPECT_EQ(page_count(file), 1);
}

TEST(PrintTest, ATableGoesOnUnderTheNamesOfItsColumns) {
  report::Table table{.caption = "全部", .columns = {"序号 N", "名称 Name"}, .rows = {}};
  for (int i = 0; i < 120; ++i) table.rows.push_back({plain(std::to_string(i)), plain("名称")});
  const std::string file = printed(of_block(Block{std::move(table)}));
  ASSERT_GE(page_count(file), 3);
  for (int page = 1; page <= 3; ++page) EXPECT_THAT(text_of(file, page), HasSubstr("序号 N"));
}

TEST(PrintTest, ACellLongerThanAPageLosesNothing) {
  std::string words;
  for (int i = 0; i < 6000; ++i) words += "w" + std::to_string(i) + " ";
  const std::string file = printed(of_block(Block{
      report::Table{.caption = {}, .columns = {"a", "b"}, .rows = {{plain("x"), plain(words)}}}}));
  EXPECT_GT(page_count(file), 3);
  const std::string text = text_of(file);
  for (const int i : {0, 999, 2500, 4000, 5999}) {
    EXPECT_THAT(text, HasSubstr("w" + std::to_string(i)));
  }
}

TEST(PrintTest, AWordLongerThanALineIsBrokenAndKept) {
  const std::string name(5000, 'W');
  const std::string text = text_of(printed(sample_document(1, name)));
  EXPECT_GE(std::ranges::count(text, 'W'), 5000);
}

TEST(PrintTest, ManyColumnsAndMissingCellsStayOnThePage) {
  report::Table table{.caption = {}, .columns = {}, .rows = {}};
  for (int i = 0; i < 30; ++i) table.columns.push_back("列" + std::to_string(i));
  table.rows = {{plain("一")}, {}};
  EXPECT_GE(page_count(printed(of_block(Block{std::move(table)}))), 1);
}

std::ptrdiff_t page_of(const std::string& file, std::string_view word) {
  const std::string text = text_of(file);
  return 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(text.find(word)),
                        '\f');
}

// Wherever on the page it would come to stand.
TEST(PrintTest, AHeadingStaysWithWhatFollowsIt) {
  report::Table tall{.caption = "caption", .columns = {"a", "b"}, .rows = {}};
  tall.rows.push_back({plain("x"), {}});
  for (int i = 0; i < 160; ++i) tall.rows[0][1].push_back({"first row "});
  report::Picture picture = sample_picture();
  for (report::Shape& shape : picture.shapes) {
    if (!shape.text.empty()) shape.text = "first row";
  }
  const Block list{report::List{
      .numbered = true, .items = {{{report::Heading{4, plain("inner")}}, {report::Table(tall)}}}}};
  const Block group{report::Group{{{report::Heading{3, plain("inner")}}, {report::Table(tall)}}}};
  for (const Block& follower : {Block{tall}, Block{picture}, list, group}) {
    bool moved = false;
    bool stayed = false;
    for (int before = 6; before < 30; ++before) {
      report::Document document = sample_document(0);
      std::vector<Block>& blocks = document.sections.front().blocks;
      for (int i = 0; i < before; ++i) blocks.push_back({Paragraph{plain("filler")}});
      blocks.push_back({report::Heading{2, plain("outerhead")}});
      blocks.push_back({report::Heading{3, plain("innerhead")}});
      blocks.push_back(follower);
      const std::string file = printed(document);
      EXPECT_EQ(page_of(file, "outerhead"), page_of(file, "first row")) << before;
      EXPECT_EQ(page_of(file, "innerhead"), page_of(file, "first row")) << before;
      moved = moved || page_of(file, "outerhead") == 2;
      stayed = stayed || page_of(file, "outerhead") == 1;
    }
    EXPECT_TRUE(moved && stayed) << follower.content.index();
  }
}

TEST(PrintTest, AShortFrameIsNotDividedBetweenTwoPages) {
  bool moved = false;
  bool stayed = false;
  for (int before = 10; before < 40; ++before) {
    report::Document document = sample_document(0);
    std::vector<Block>& blocks = document.sections.front().blocks;
    for (int i = 0; i < before; ++i) blocks.push_back({Paragraph{plain("filler")}});
    report::Group group;
    for (const char* word : {"firstword", "more", "more", "lastword"}) {
      group.blocks.push_back({Paragraph{plain(word)}});
    }
    blocks.push_back({std::move(group)});
    const std::string file = printed(document);
    EXPECT_EQ(page_of(file, "firstword"), page_of(file, "lastword")) << before;
    const bool first_page = page_of(file, "firstword") == page_of(file, "filler");
    moved = moved || !first_page;
    stayed = stayed || first_page;
  }
  EXPECT_TRUE(moved && stayed);
}

TEST(PrintTest, DeepListsAndGroupsEnd) {
  Block block{Paragraph{plain("innermost")}};
  for (int i = 0; i < 40; ++i) {
    Block list{report::List{.numbered = false, .items = {{block}}}};
    block = Block{report::Group{{std::move(list)}}};
  }
  EXPECT_THAT(text_of(printed(of_block(std::move(block)))), Not(HasSubstr("nothing")));
}

TEST(PrintTest, AStatementTooLongForACodeIsRefused) {
  const auto pages =
      print(sample_document(1), {.as_of = {}, .statement = std::string(5000, 'A')}, test_fonts());
  ASSERT_FALSE(pages.has_value());
  EXPECT_EQ(pages.error().code, core::ErrorCode::kLimit);
}

TEST(PrintTest, TimeGrowsWithTheNumberOfItems) {
  const auto seconds = [](int items) {
    const double begin = processor_seconds();
    printed(sample_document(items));
    return processor_seconds() - begin;
  };
  seconds(1);
  EXPECT_LT(seconds(400), 4 * 3 * seconds(100));
}

}  // namespace
}  // namespace heyan::pdf
