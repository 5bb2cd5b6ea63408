// Lint over every sentence that a report can generate: it accuses nobody, claims no truth, and
// exists in both languages. Quotations of statutes are excepted.
#include <gtest/gtest.h>

#include <array>
#include <cctype>
#include <string>
#include <vector>

#include "schemas/catalogue/labels.h"
#include "verifier/core/text.h"

namespace heyan::catalogue {
namespace {

struct Sentence {
  std::string where;
  Text text;
};

std::vector<Sentence> every_sentence() {
  std::vector<Sentence> all;
  for (const VerdictEntry& row : verdicts()) {
    all.push_back({"verdict " + std::string(row.code) + " label", row.label});
    all.push_back({"verdict " + std::string(row.code), row.sentence});
  }
  for (const CheckEntry& row : checks()) {
    all.push_back({"check " + std::string(row.code), row.question});
  }
  for (const ReasonEntry& row : reasons()) {
    all.push_back({"reason " + std::string(row.code), row.reason});
    all.push_back({"next step of " + std::string(row.code), row.next_step});
  }
  for (const StandingSentence& row : standing_sentences()) {
    all.push_back({"standing sentence " + std::string(row.id), row.text});
  }
  for (const VerdictEntry& row : verdicts()) {
    if (!row.statute_effect.zh.empty()) {
      all.push_back({"effect in law of " + std::string(row.code), row.statute_effect});
    }
  }
  for (const LegalEntry& row : legal_map()) {
    all.push_back({"question of " + std::string(row.rule), row.question});
    all.push_back({"what can be established under " + std::string(row.rule), row.can});
    if (!row.cannot.zh.empty()) {
      all.push_back({"what cannot be established under " + std::string(row.rule), row.cannot});
    }
  }
  for (const Instrument& row : instruments()) {
    all.push_back({"instrument " + std::string(row.code), row.name_short});
  }
  for (const LimitEntry& row : limits()) {
    const std::string check(entry(row.check).code);
    all.push_back({"what a pass shows of " + check, row.shown});
    if (!row.bound.zh.empty()) all.push_back({"bound of " + check, row.bound});
  }
  for (const ObjectionEntry& row : objections()) {
    all.push_back({"objection under " + std::string(row.rule), row.text});
  }
  for (const GlossaryEntry& row : glossary()) {
    all.push_back({"term", row.term});
    all.push_back({"meaning of " + std::string(row.term.en), row.meaning});
  }
  for (const Text& row : labels()) {
    // The name of a language stands in that language.
    if (&row == &label(Label::kOtherLanguage)) continue;
    all.push_back({"label " + std::string(row.en), row});
  }
  return all;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

// As a word of its own: a sentence may say that authenticity was *not* checked.
bool has_word(std::string_view text, std::string_view word) {
  const auto is_letter = [&](std::size_t at) {
    return at < text.size() && std::isalpha(static_cast<unsigned char>(text[at])) != 0;
  };
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    if ((at == 0 || !is_letter(at - 1)) && !is_letter(at + word.size())) return true;
  }
  return false;
}

bool accuses(const Text& text) {
  static constexpr std::array<std::string_view, 4> kZh = {"篡改", "伪造", "造假", "真实性得证"};
  static constexpr std::array<std::string_view, 4> kEn = {"tampered", "forged", "authentic",
                                                          "fake"};
  const std::string en = lower(text.en);
  for (const auto& word : kZh) {
    if (text.zh.find(word) != std::string_view::npos) return true;
  }
  for (const auto& word : kEn) {
    if (has_word(en, word)) return true;
  }
  return false;
}

bool has_cjk(std::string_view text) {
  // U+4E00 to U+9FFF in UTF-8: E4 B8 80 to E9 BF BF.
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0xE4 && c <= 0xE9) return true;
  }
  return false;
}

TEST(SentencesLint, RefusesTheForbiddenWords) {
  EXPECT_TRUE(accuses({"该文件系伪造。", "x"}));
  EXPECT_TRUE(accuses({"该文件被篡改", "x"}));
  EXPECT_TRUE(accuses({"x", "The file was Tampered with."}));
  EXPECT_TRUE(accuses({"x", "FORGED"}));
  EXPECT_TRUE(accuses({"x", "The file is authentic."}));
  EXPECT_TRUE(accuses({"x", "a fake"}));
  EXPECT_FALSE(
      accuses({"真实性不在范围内", "Authenticity before recording is outside this check."}));
}

TEST(SentencesLint, NoSentenceAccusesOrClaimsTruth) {
  for (const Sentence& sentence : every_sentence()) {
    EXPECT_FALSE(accuses(sentence.text)) << sentence.where;
  }
}

TEST(SentencesLint, EverySentenceStandsInBothLanguages) {
  for (const Sentence& sentence : every_sentence()) {
    EXPECT_FALSE(sentence.text.zh.empty()) << sentence.where;
    EXPECT_FALSE(sentence.text.en.empty()) << sentence.where;
    EXPECT_TRUE(has_cjk(sentence.text.zh)) << sentence.where;
    for (const char c : sentence.text.en) {
      EXPECT_TRUE(c >= 0x20 && c < 0x7F) << sentence.where << ": " << sentence.text.en;
    }
  }
}

TEST(SentencesLint, EverySentenceIsPlainText) {
  for (const Sentence& sentence : every_sentence()) {
    EXPECT_TRUE(core::is_utf8(sentence.text.zh)) << sentence.where;
    EXPECT_FALSE(core::has_control(sentence.text.zh)) << sentence.where;
  }
  for (const ArticleEntry& row : articles()) EXPECT_TRUE(core::is_utf8(row.text)) << row.article;
}

TEST(SentencesLint, ReasonsAndStandingSentencesEndAsSentences) {
  const auto ends = [](std::string_view zh) { return zh.ends_with("。"); };
  for (const ReasonEntry& row : reasons()) {
    EXPECT_TRUE(ends(row.reason.zh) && ends(row.next_step.zh)) << row.code;
    EXPECT_TRUE(row.reason.en.ends_with('.') && row.next_step.en.ends_with('.')) << row.code;
  }
  for (const StandingSentence& row : standing_sentences()) {
    EXPECT_TRUE(ends(row.text.zh) && row.text.en.ends_with('.')) << row.id;
  }
}

// A possible cause is never told as a finding.
TEST(SentencesLint, LikelyCausesSayThatTheyAreNoFinding) {
  for (const ReasonEntry& row : reasons()) {
    if (row.code == "LIKELY_METADATA_STRIPPED" || row.code == "LIKELY_REENCODED") {
      EXPECT_NE(row.reason.en.find("a possible cause, not a finding"), std::string_view::npos);
      EXPECT_NE(row.reason.zh.find("仅为可能原因，不是结论"), std::string_view::npos);
    }
  }
}

}  // namespace
}  // namespace heyan::catalogue
