// What the shell says: the word that was meant, the law behind a check, why a signed report does
// not stand.
#include <gmock/gmock.h>

#include <array>

#include "gateway/cli/jws_words.h"
#include "gateway/cli/known_word.h"
#include "gateway/cli/law.h"

namespace heyan::cli {
namespace {

TEST(KnownWord, NamesNoneThatIsFar) {
  constexpr std::array<std::string_view, 3> kWords = {"verify", "explain", "trust"};
  EXPECT_EQ(near_word("verfiy", kWords), "verify");
  EXPECT_EQ(near_word("xplain", kWords), "explain");
  EXPECT_EQ(near_word("rtust", kWords), "trust");
  EXPECT_EQ(near_word("serve", kWords), "");
  EXPECT_EQ(near_word("frobnicate", kWords), "");
  EXPECT_EQ(near_word("", kWords), "");
  EXPECT_EQ(near_word("x", {}), "");
}

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
  for (const auto& article : catalogue::articles()) {
    EXPECT_GT(article_number(article.article), 0) << article.article;
    EXPECT_NE(instrument_by_code(article.code), nullptr) << article.code;
  }
}

// Every rule of the tables has its words in both languages and its article.
TEST(Law, StandsBehindEveryCheck) {
  for (const auto& check : catalogue::checks()) {
    const auto rule = parse_rule(check.rule);
    ASSERT_TRUE(rule.has_value()) << check.rule;
    EXPECT_NE(article_of(*rule), nullptr) << check.rule;
    for (const char c : name_of(*rule, catalogue::Language::kEnglish)) {
      EXPECT_TRUE(c >= 0x20 && c < 0x7F) << check.rule;
    }
  }
  EXPECT_FALSE(parse_rule("").has_value());
  EXPECT_FALSE(parse_rule("民事证据规定").has_value());
  EXPECT_FALSE(parse_rule("民法典1").has_value());
}

TEST(Law, FindsTheQuestionsOfTheLegalMap) {
  std::size_t found = 0;
  for (const auto& article : catalogue::articles()) found += questions_under(article).size();
  EXPECT_EQ(found, catalogue::legal_map().size() + 1);  // one row names two articles
}

TEST(JwsWords, AreASentenceForEveryFault) {
  using report::JwsFault;
  for (int i = 1; i <= static_cast<int>(JwsFault::kBudget); ++i) {
    const catalogue::Text text = fault_sentence(static_cast<JwsFault>(i));
    EXPECT_TRUE(text.zh.ends_with("。")) << i;
    EXPECT_TRUE(text.en.ends_with(".")) << i;
  }
  EXPECT_TRUE(fault_sentence(JwsFault::kNone).zh.empty());
}

}  // namespace
}  // namespace heyan::cli
