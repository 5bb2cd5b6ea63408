#include "gateway/cli/law.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace heyan::cli {
namespace {

using catalogue::ArticleEntry;
using catalogue::Language;

constexpr std::array kInstruments = {
    Instrument{"ZXSS", {"在线诉讼规则", "Online Litigation Rules"}},
    Instrument{"MSZJ", {"民事证据规定", "Civil Evidence Provisions"}},
    Instrument{"HLWFY", {"互联网法院规定", "Internet Courts Provisions"}},
    Instrument{"DZQM", {"电子签名法", "Electronic Signature Law"}},
    Instrument{"MSS", {"民事诉讼法", "Civil Procedure Law"}},
    Instrument{"XSJS", {"刑事诉讼法解释", "Criminal Procedure Law Interpretation"}},
};

constexpr std::size_t kSignBytes = 3;  // a Chinese sign in UTF-8

// 1 to 9 for 一 to 九, 0 for any other sign.
int digit_of(std::string_view sign) {
  constexpr std::array<std::string_view, 9> kDigits = {"一", "二", "三", "四", "五",
                                                       "六", "七", "八", "九"};
  for (std::size_t i = 0; i < kDigits.size(); ++i) {
    if (kDigits.at(i) == sign) return static_cast<int>(i) + 1;
  }
  return 0;
}

// 十六, 九十三, 一百一十 and the like, below a thousand; 0 where it is no such number.
int chinese_number(std::string_view text) {
  int number = 0;
  int digit = 0;
  while (!text.empty()) {
    const std::string_view sign = text.substr(0, kSignBytes);
    text.remove_prefix(sign.size());
    if (sign == "百") {
      number += digit * 100;
      digit = 0;
    } else if (sign == "十") {
      number += (digit == 0 ? 1 : digit) * 10;
      digit = 0;
    } else if (sign != "零") {
      if (digit != 0 || digit_of(sign) == 0) return 0;
      digit = digit_of(sign);
    }
  }
  return number + digit;
}

// The digits that `text` begins with, taken off it.
int take_number(std::string_view& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return 0;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

bool names_article(std::string_view rule, const ArticleEntry& article) {
  return rule.starts_with(article.code) && rule.find(article.article) != std::string_view::npos;
}

}  // namespace

const Instrument* instrument_by_code(std::string_view code) {
  for (const Instrument& instrument : kInstruments) {
    if (instrument.code == code) return &instrument;
  }
  return nullptr;
}

int article_number(std::string_view text) {
  constexpr std::string_view kBefore = "第";
  constexpr std::string_view kAfter = "条";
  if (text.starts_with(kBefore) && text.ends_with(kAfter)) {
    text.remove_prefix(kBefore.size());
    text.remove_suffix(kAfter.size());
    return chinese_number(text);
  }
  const int number = take_number(text);
  return text.empty() && number > 0 ? number : 0;
}

std::optional<Rule> parse_rule(std::string_view text) {
  for (const Instrument& instrument : kInstruments) {
    if (!text.starts_with(instrument.name.zh)) continue;
    text.remove_prefix(instrument.name.zh.size());
    const int article = take_number(text);
    if (article <= 0) return std::nullopt;
    return Rule{.instrument = &instrument, .article = article, .part = text};
  }
  return std::nullopt;
}

std::string name_of(const Rule& rule, Language language) {
  if (language == Language::kChinese) {
    return fmt::format("{}第{}条{}", rule.instrument->name.zh, rule.article, rule.part);
  }
  return fmt::format("{} art. {}{}", rule.instrument->name.en, rule.article, rule.part);
}

const ArticleEntry* article_of(const Rule& rule) {
  for (const ArticleEntry& article : catalogue::articles()) {
    if (article.code == rule.instrument->code && article_number(article.article) == rule.article) {
      return &article;
    }
  }
  return nullptr;
}

std::vector<const ArticleEntry*> find_articles(std::string_view word) {
  const std::string_view code =
      word.substr(0, word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
  const int number = article_number(word.substr(code.size()));
  std::vector<const ArticleEntry*> found;
  if (number == 0) return found;
  for (const ArticleEntry& article : catalogue::articles()) {
    if (!code.empty() && article.code != code) continue;
    if (article_number(article.article) == number) found.push_back(&article);
  }
  return found;
}

std::vector<const catalogue::LegalEntry*> questions_under(const ArticleEntry& article) {
  std::vector<const catalogue::LegalEntry*> found;
  for (const catalogue::LegalEntry& entry : catalogue::legal_map()) {
    if (names_article(entry.rule, article)) found.push_back(&entry);
  }
  return found;
}

std::string quote(const ArticleEntry& article, Language language) {
  std::string text;
  if (language == Language::kChinese) {
    text = fmt::format("《{}》{}\n", article.instrument, article.article);
  } else {
    const Instrument* instrument = instrument_by_code(article.code);
    text = fmt::format("{} art. {} (《{}》{}, quoted in the original)\n",
                       instrument != nullptr ? instrument->name.en : article.code,
                       article_number(article.article), article.instrument, article.article);
  }
  std::string_view rest = article.text;
  while (!rest.empty()) {
    const std::size_t end = rest.find("\\n");
    text += fmt::format("  {}\n", rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 2);
  }
  return text;
}

}  // namespace heyan::cli
