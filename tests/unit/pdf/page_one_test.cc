// Page 1 of a report as it is printed: what a judge must find there, however many items there are
// and however long their names.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <sstream>

#include "gateway/pdf/print.h"
#include "tests/unit/pdf/fonts.h"
#include "tests/unit/pdf/poppler.h"
#include "tests/unit/report/sample_report.h"
#include "verifier/core/time.h"
#include "verifier/report/sections.h"

namespace heyan::pdf {
namespace {

using catalogue::Language;
using report::Level;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr Language kLanguages[] = {Language::kChinese, Language::kEnglish};
// As long as a real one with eight items.
const std::string kStatement = "HY1." + std::string(400, 'A');

v1::Report of_items(int count) {
  v1::Report report = report::testing::sample_report();
  report.mutable_trust()->set_sample(true);
  const v1::ItemReport item = report.evidence(0);
  report.clear_evidence();
  for (int i = 1; i <= count; ++i) {
    v1::ItemReport& added = *report.add_evidence();
    added = item;
    added.set_id("E" + std::to_string(i));
    if (i % 3 == 0) added.set_verdict(v1::VERDICT_INCONSISTENT);
  }
  return report;
}

v1::Report with_long_names(v1::Report report) {
  const std::string name(5000, 'W');
  report.mutable_court()->set_name(name);
  report.set_case_number(name);
  report.mutable_trust()->set_given(false);
  report.mutable_renew_before()->set_at_ms(1'900'000'000'000);
  report.mutable_renew_before()->set_institution(name);
  for (v1::ItemReport& item : *report.mutable_evidence()) {
    item.set_id(name);
    item.set_name(name);
  }
  return report;
}

std::string printed(const v1::Report& report, Language language, Level level = Level::kJudge,
                    const std::string& statement = kStatement) {
  const report::Document document =
      report::build_document(report, {.language = language, .level = level});
  const auto pages = print(document, {.as_of = {}, .statement = statement}, test_fonts());
  EXPECT_TRUE(pages.has_value()) << pages.error().text;
  return pages->bytes;
}

// Lines end where the page does, not the sentence.
std::string joined(std::string text) {
  std::erase_if(text, [](unsigned char c) { return std::isspace(c) != 0; });
  return text;
}

std::string page_one(const std::string& file) { return joined(text_of(file, 1)); }

std::string article_18(Language language) {
  for (const auto& sentence : catalogue::standing_sentences()) {
    if (sentence.id == "BEFORE_RECORDING_NOT_COVERED") {
      return joined(std::string(sentence.text.in(language)));
    }
  }
  return "no such sentence";
}

std::size_t times(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(PageOne, SaysThatTheTimeBeforeRecordingIsNotCovered) {
  for (const Language language : kLanguages) {
    for (const int items : {1, 9, 40}) {
      for (const Level level : {Level::kLitigant, Level::kJudge}) {
        EXPECT_THAT(page_one(printed(of_items(items), language, level)),
                    HasSubstr(article_18(language)))
            << items;
      }
      EXPECT_THAT(page_one(printed(with_long_names(of_items(items)), language)),
                  HasSubstr(article_18(language)))
          << items;
    }
    EXPECT_THAT(page_one(printed(of_items(9), language, Level::kJudge, "")),
                HasSubstr(article_18(language)));
  }
}

TEST(PageOne, NamesReportAndCaseCountsVerdictsAndSaysHowToCheck) {
  for (const Language language : kLanguages) {
    for (const int items : {1, 9, 40}) {
      const std::string page = page_one(printed(of_items(items), language));
      for (const char* part : {"HY-AAAA-BBBB-CCCC-DDDD", "(2026)京0491民初1234号",
                               "heyanreportverify--qr", "report.jws"}) {
        EXPECT_THAT(page, HasSubstr(part)) << items;
      }
      if (items == 1) continue;
      const auto& different = catalogue::entry(v1::VERDICT_INCONSISTENT);
      EXPECT_THAT(page, HasSubstr(joined(std::string(different.label.in(language))) +
                                  std::to_string(items / 3)));
    }
  }
}

TEST(PageOne, SaysWhichItemsHaveWhichVerdict) {
  EXPECT_THAT(page_one(printed(of_items(9), Language::kEnglish)),
              HasSubstr("Notconsistent3(items3,6,9)"));
  EXPECT_THAT(page_one(printed(of_items(9), Language::kChinese)), HasSubstr("核验不一致3（证据3"));
  EXPECT_THAT(page_one(printed(of_items(40), Language::kEnglish)), HasSubstr("36,39)"));
}

TEST(PageOne, SaysWhereItsListGoesOn) {
  const std::string more[] = {"（续下页）", "(continuedonthenextpage)"};
  for (const Language language : kLanguages) {
    const std::string& words = more[language == Language::kEnglish];
    EXPECT_THAT(page_one(printed(of_items(1), language)), Not(HasSubstr(words)));
    const std::string file = printed(of_items(40), language);
    EXPECT_THAT(page_one(file), HasSubstr(words));
    EXPECT_THAT(page_one(file), Not(HasSubstr("“E40”")));
    // Each page but that of the last item.
    const std::string text = text_of(file);
    const std::size_t pages_before = times(text.substr(0, text.find("“E40”")), "\f");
    EXPECT_GE(pages_before, 1U);
    EXPECT_EQ(times(joined(text), words), pages_before);
  }
}

// What a party wrote never stands on the line of a verdict, however close they are.
TEST(PageOne, KeepsDeclaredWordsOffTheLinesOfVerdicts) {
  v1::Report report = of_items(9);
  for (v1::ItemReport& item : *report.mutable_evidence()) item.set_id("bait");
  int found = 0;
  std::istringstream lines(text_of(printed(report, Language::kEnglish), 1));
  for (std::string line; std::getline(lines, line);) {
    if (!line.contains("bait")) continue;
    EXPECT_THAT(line, Not(HasSubstr("Consistent")));
    ++found;
  }
  EXPECT_GT(found, 1);
}

// The headings of the document, and what stands last on each page above its foot.
TEST(PageOne, NoPageEndsWithAHeading) {
  for (const int items : {3, 9, 14}) {
    const v1::Report report = of_items(items);
    std::vector<std::string> headings;
    for (const report::Section& section :
         report::build_document(report, {.language = Language::kEnglish}).sections) {
      for (const report::Block& block : section.blocks) {
        const auto* heading = std::get_if<report::Heading>(&block.content);
        if (heading == nullptr) continue;
        std::string& words = headings.emplace_back();
        for (const report::Span& span : heading->text) words += joined(span.text);
      }
    }
    std::istringstream pages(text_of(printed(report, Language::kEnglish)));
    int seen = 0;
    for (std::string page; std::getline(pages, page, '\f');) {
      std::istringstream lines(page);
      std::string last;
      for (std::string line; std::getline(lines, line) && !line.contains("Report HY-");) {
        if (line = joined(line); !line.empty()) last = line;
      }
      EXPECT_EQ(std::ranges::count(headings, last), 0) << items << " page " << seen + 1 << last;
      ++seen;
    }
    EXPECT_GT(seen, 4);
  }
}

}  // namespace
}  // namespace heyan::pdf
