// Articles of law: found, cited, quoted.
#include "schemas/catalogue/law.h"

#include <gtest/gtest.h>

namespace heyan::catalogue {
namespace {

TEST(Law, ReadsArticleNumbers) {
  const std::vector<std::pair<std::string_view, int>> numbers = {{"16", 16},
                                                                 {"第七条", 7},
                                                                 {"第十条", 10},
                                                                 {"第十六条", 16},
                                                                 {"第二十条", 20},
                                                                 {"第九十三条", 93},
                                                                 {"第一百一十一条", 111},
                                                                 {"第一百零五条", 105},
                                                                 {"", 0},
                                                                 {"0", 0},
                                                                 {"-3", 0},
                                                                 {"16a", 0},
                                                                 {"第条", 0},
                                                                 {"第x条", 0},
                                                                 {"第一二条", 0},
                                                                 {"99999999999", 0}};
  for (const auto& [text, number] : numbers) EXPECT_EQ(article_number(text), number) << text;
  for (const auto& article : articles()) {
    EXPECT_GT(article_number(article.article), 0) << article.article;
    EXPECT_NE(instrument_by_code(article.code), nullptr) << article.code;
  }
}

// Every rule of the tables has its words in both languages and its article.
TEST(Law, StandsBehindEveryRule) {
  std::vector<std::string_view> rules;
  for (const auto& check : checks()) rules.push_back(check.rule);
  for (const auto& entry : legal_map()) rules.push_back(entry.rule);
  for (const auto& entry : objections()) rules.push_back(entry.rule);
  for (const std::string_view rule : rules) {
    EXPECT_FALSE(articles_of(rule).empty()) << rule;
    EXPECT_EQ(cite(rule, Language::kChinese).find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
              std::string::npos)
        << rule;
    for (const char c : cite(rule, Language::kEnglish)) {
      EXPECT_TRUE(c >= 0x20 && c < 0x7F) << rule;
    }
  }
}

TEST(Law, IsCitedAsPeopleCiteIt) {
  EXPECT_EQ(cite("ZXSS第十六条", Language::kChinese), "在线诉讼规则第十六条");
  const std::vector<std::pair<std::string_view, std::string_view>> rules = {
      {"ZXSS第十六条", "Online Litigation Rules art. 16"},
      {"ZXSS第十七条第四项", "Online Litigation Rules art. 17(4)"},
      {"ZXSS第十二条、第十三条", "Online Litigation Rules arts. 12, 13"},
      {"MSZJ第九十三条第一款第一至三项", "Civil Evidence Provisions art. 93(1)1-3"},
      {"MSZJ第九十四条第二款", "Civil Evidence Provisions art. 94(2)"},
      {"XSJS第一百一十一条第三项", "Criminal Procedure Law Interpretation art. 111(3)"}};
  for (const auto& [rule, cited] : rules) EXPECT_EQ(cite(rule, Language::kEnglish), cited);
}

TEST(Law, LeavesAsItIsWhatNamesNoInstrument) {
  for (const char* rule : {"", "第十六条", "ABC第十六条", "ZXSS"}) {
    EXPECT_EQ(cite(rule, Language::kEnglish), rule);
    EXPECT_TRUE(articles_of(rule).empty()) << rule;
  }
}

// An article is not mistaken for one whose number ends alike.
TEST(Law, NamesOneArticleAndNoOther) {
  EXPECT_EQ(articles_of("ZXSS第十七条第一项").size(), 1u);
  EXPECT_EQ(articles_of("MSZJ第九十四条第二款").size(), 1u);
  EXPECT_EQ(articles_of("ZXSS第十二条、第十三条").size(), 2u);
}

TEST(Law, FindsTheQuestionsOfTheLegalMap) {
  std::size_t found = 0;
  for (const auto& article : articles()) found += questions_under(article).size();
  EXPECT_EQ(found, legal_map().size() + 1);  // one row names two articles
}

TEST(Law, SplitsATextIntoItsParagraphs) {
  for (const auto& article : articles()) {
    for (const std::string_view paragraph : paragraphs(article)) {
      EXPECT_FALSE(paragraph.empty()) << article.article;
      EXPECT_EQ(paragraph.find('\\'), std::string_view::npos) << article.article;
    }
  }
  EXPECT_EQ(paragraphs(*find_articles("ZXSS17").front()).size(), 5u);
}

}  // namespace
}  // namespace heyan::catalogue
