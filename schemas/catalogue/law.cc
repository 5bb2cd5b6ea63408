#include "schemas/catalogue/law.h"

#include <array>
#include <charconv>

namespace heyan::catalogue {
namespace {

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

// The number between "第" and `unit` that `text` begins with, as "4" or "1-3", taken off it; empty
// where there is none.
std::string take_part(std::string_view& text, std::string_view unit) {
  constexpr std::string_view kBefore = "第";
  constexpr std::string_view kTo = "至";
  if (!text.starts_with(kBefore)) return {};
  const std::size_t end = text.find(unit);
  if (end == std::string_view::npos) return {};
  const std::string_view number = text.substr(kBefore.size(), end - kBefore.size());
  const std::size_t to = number.find(kTo);
  const int first = chinese_number(number.substr(0, to));
  const int last =
      to == std::string_view::npos ? first : chinese_number(number.substr(to + kTo.size()));
  if (first == 0 || last == 0) return {};
  text.remove_prefix(end + unit.size());
  return std::to_string(first) + (last == first ? "" : "-" + std::to_string(last));
}

// "第九十三条第一款第四项" -> "93(1)4", "第十二条、第十三条" -> "12, 13".
std::string numbers_of(std::string_view places) {
  constexpr std::string_view kAnd = "、";
  std::string out;
  while (!places.empty()) {
    if (places.starts_with(kAnd)) places.remove_prefix(kAnd.size());
    const std::string article = take_part(places, "条");
    if (article.empty()) break;
    const std::string paragraph = take_part(places, "款");
    const std::string item = take_part(places, "项");
    out += (out.empty() ? "" : ", ") + article;
    if (!paragraph.empty()) out += "(" + paragraph + ")";
    if (!item.empty()) out += paragraph.empty() ? "(" + item + ")" : item;
  }
  return out;
}

}  // namespace

const Instrument* instrument_by_code(std::string_view code) {
  for (const Instrument& instrument : instruments()) {
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

std::string cite(std::string_view rule, Language language) {
  const std::size_t split = rule.find("第");
  const Instrument* instrument = instrument_by_code(rule.substr(0, split));
  if (instrument == nullptr || split == std::string_view::npos) return std::string(rule);
  const std::string_view places = rule.substr(split);
  std::string out(instrument->name_short.in(language));
  if (language == Language::kChinese) return out.append(places);
  const std::string numbers = numbers_of(places);
  return out + (numbers.find(',') == std::string::npos ? " art. " : " arts. ") + numbers;
}

std::string cite(const ArticleEntry& article, Language language) {
  return cite(std::string(article.code).append(article.article), language);
}

std::vector<const ArticleEntry*> articles_of(std::string_view rule) {
  std::vector<const ArticleEntry*> found;
  for (const ArticleEntry& article : articles()) {
    if (names_article(rule, article)) found.push_back(&article);
  }
  return found;
}

std::vector<const ArticleEntry*> find_articles(std::string_view word) {
  const std::string_view code =
      word.substr(0, word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
  const int number = article_number(word.substr(code.size()));
  std::vector<const ArticleEntry*> found;
  if (number == 0) return found;
  for (const ArticleEntry& article : articles()) {
    if (!code.empty() && article.code != code) continue;
    if (article_number(article.article) == number) found.push_back(&article);
  }
  return found;
}

std::vector<const LegalEntry*> questions_under(const ArticleEntry& article) {
  std::vector<const LegalEntry*> found;
  for (const LegalEntry& entry : legal_map()) {
    if (names_article(entry.rule, article)) found.push_back(&entry);
  }
  return found;
}

std::string version_of(const ArticleEntry& article, Language language) {
  static constexpr std::array<Text, 4> kWords = {
      {{"发布", " issued"}, {"修正", " revised"}, {"施行", " in force"}, {"，", ", "}}};
  std::string version(article.version);
  if (language == Language::kEnglish) return version;
  for (const Text& word : kWords) {
    const std::size_t at = version.find(word.en);
    if (at != std::string::npos) version.replace(at, word.en.size(), word.zh);
  }
  return version;
}

std::vector<std::string_view> paragraphs(const ArticleEntry& article) {
  constexpr std::string_view kBreak = "\\n";
  std::vector<std::string_view> found;
  std::string_view rest = article.text;
  while (true) {
    const std::size_t end = rest.find(kBreak);
    found.push_back(rest.substr(0, end));
    if (end == std::string_view::npos) return found;
    rest.remove_prefix(end + kBreak.size());
  }
}

}  // namespace heyan::catalogue
