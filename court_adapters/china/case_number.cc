#include "court_adapters/china/case_number.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>

#include "court_adapters/china/case_tables.h"
#include "verifier/core/time.h"

namespace heyan::court_adapters::china {
namespace {

constexpr std::string_view kOpen = "（";
constexpr std::string_view kClose = "）";
constexpr int kFirstYear = 1949;
constexpr int kLastLegacyYear = 2015;       // 字第 went out with 2015
constexpr std::size_t kSequenceDigits = 8;  // no court has a hundred million cases a year
constexpr std::size_t kTypeCharacters = 3;
constexpr std::size_t kHanBytes = 3;  // U+4E00 to U+9FFF in UTF-8
constexpr std::size_t kMostBytes = 128;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Reads from the front of a text; every take is all or nothing.
class Front {
 public:
  explicit Front(std::string_view text) : text_(text) {}

  bool take(std::string_view word) {
    if (!text_.starts_with(word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }
  template <typename Words>
  std::string_view take_one_of(const Words& words) {
    const auto found =
        std::ranges::find_if(words, [&](std::string_view word) { return text_.starts_with(word); });
    if (found == words.end()) return {};
    text_.remove_prefix(found->size());
    return *found;
  }
  std::string_view digits() {
    return take_bytes(
        static_cast<std::size_t>(std::ranges::find_if_not(text_, is_digit) - text_.begin()));
  }
  // Chinese characters.
  std::string_view han() {
    std::size_t end = 0;
    while (is_han(text_.substr(end))) end += kHanBytes;
    return take_bytes(end);
  }
  bool at_end() const { return text_.empty(); }
  std::string_view rest() const { return text_; }

 private:
  static bool is_han(std::string_view text) {
    return text.size() >= kHanBytes && text >= "\u4E00" && text < "\uA000";
  }
  std::string_view take_bytes(std::size_t count) {
    const std::string_view taken = text_.substr(0, count);
    text_.remove_prefix(count);
    return taken;
  }

  std::string_view text_;
};

// Fullwidth digits to ASCII, ASCII brackets to the official ones.
std::string normal_characters(std::string_view text) {
  constexpr std::string_view kFullwidthZero = "\uFF10";  // EF BC 90
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    if (rest.size() >= 3 && rest.starts_with(kFullwidthZero.substr(0, 2)) &&
        rest[2] >= kFullwidthZero[2] && rest[2] <= static_cast<char>(kFullwidthZero[2] + 9)) {
      out += static_cast<char>('0' + (rest[2] - kFullwidthZero[2]));
      at += 2;
    } else if (text[at] == '(') {
      out += kOpen;
    } else if (text[at] == ')') {
      out += kClose;
    } else {
      out += text[at];
    }
  }
  return out;
}

// One of the two pairs that are in use, and nothing else to change.
bool is_as_written(std::string_view given, std::string_view normal) {
  if (given == normal) return true;
  std::string ascii(given);
  const auto swap = [&](std::string_view from, std::string_view to) {
    const std::size_t at = ascii.find(from);
    if (at != std::string::npos) ascii.replace(at, from.size(), to);
  };
  if (!given.starts_with('(') || given.contains(kClose)) return false;
  swap("(", kOpen);
  swap(")", kClose);
  return ascii == normal;
}

int year_in_beijing(std::int64_t at_ms) {
  const auto local = core::from_unix_ms(at_ms) + std::chrono::hours(8);
  return static_cast<int>(
      std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(local)).year());
}

// 之一 to 之九十九.
bool take_suffix(Front& front, std::string& suffix) {
  const std::string_view all = front.rest();
  if (all.empty()) return true;
  constexpr std::array<std::string_view, 9> kOnes = {"一", "二", "三", "四", "五",
                                                     "六", "七", "八", "九"};
  if (!front.take("之")) return false;
  const std::string_view first = front.take_one_of(kOnes);
  if (front.take("十")) {
    if (first == kOnes[0]) return false;
    front.take_one_of(kOnes);
  } else if (first.empty()) {
    return false;
  }
  suffix = all;
  return front.at_end();
}

std::optional<std::uint32_t> sequence_of(std::string_view digits, std::string_view type) {
  if (digits.empty() || digits.size() > kSequenceDigits) return std::nullopt;
  if (type == kRandomlyNumbered) {
    if (digits.size() != kSequenceDigits) return std::nullopt;
  } else if (digits.front() == '0') {
    return std::nullopt;
  }
  std::uint32_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

CaseNumber invalid(CaseNumber number, std::string_view reason) {
  CaseNumber bad;
  bad.original = std::move(number.original);
  bad.code = "bad-case-number";
  bad.reason = reason;
  return bad;
}

CaseNumber warned(CaseNumber number, std::string_view code, std::string_view reason) {
  number.verdict = Verdict::kWarning;
  number.code = code;
  number.reason = reason;
  return number;
}

// （2015）海行民初字第5号: nobody knows where the court's name ends.
CaseNumber read_legacy(CaseNumber number, std::string_view stem, Front front) {
  if (number.year > kLastLegacyYear) {
    return invalid(std::move(number), "is in the form with 字第, which ended with 2015");
  }
  number.court = stem;
  const auto sequence = sequence_of(front.digits(), {});
  if (!sequence || !front.take("号")) {
    return invalid(std::move(number), "has no sequence and 号 after 字第");
  }
  number.sequence = *sequence;
  if (!take_suffix(front, number.suffix)) return invalid(std::move(number), "has more after 号");
  return warned(std::move(number), "legacy-case-number",
                "is in the form used up to 2015; it can refer to an old case only");
}

bool take_court(Front& front, std::string& court, std::string_view& fault) {
  if (front.take(kSupremeCourt)) {
    court = kSupremeCourt;
    if (front.digits().empty()) return true;
    fault = "gives the Supreme People's Court a number";
    return false;
  }
  court = front.take_one_of(kCourtCharacters);
  if (court.empty()) {
    fault = "has no character of a court after the year";
    return false;
  }
  const std::string_view digits = front.digits();
  court += digits;
  if (digits.empty() || digits.size() == 2 || digits.size() == 4) return true;
  fault = "has a court number that is neither of two nor of four digits";
  return false;
}

CaseNumber read_current(CaseNumber number, Front front) {
  std::string_view fault;
  if (!take_court(front, number.court, fault)) return invalid(std::move(number), fault);
  number.special = front.take_one_of(kSpecialCharacters);
  number.type = front.han();
  if (number.type.empty() || number.type.size() > kTypeCharacters * kHanBytes) {
    return invalid(std::move(number), "has no type of one to three characters after the court");
  }
  const auto sequence = sequence_of(front.digits(), number.type);
  if (!sequence) {
    return invalid(std::move(number),
                   "has no sequence of one to eight digits without zeros before it");
  }
  number.sequence = *sequence;
  if (!front.take("号")) return invalid(std::move(number), "has no 号 after the sequence");
  if (!take_suffix(front, number.suffix)) return invalid(std::move(number), "has more after 号");
  if (std::ranges::find(kCaseTypes, number.type) == kCaseTypes.end()) {
    return warned(std::move(number), "unknown-case-type", "has a type that is not in the list");
  }
  return number;
}

}  // namespace

CaseNumber read_case_number(std::string_view text, std::int64_t at_ms) {
  CaseNumber number;
  number.original = text;
  if (text.size() > kMostBytes) return invalid(std::move(number), "is too long");
  const std::string normal = normal_characters(trimmed(text));
  const bool as_written = is_as_written(text, normal);
  Front front(normal);
  if (!front.take(kOpen)) return invalid(std::move(number), "does not begin with a bracket");
  const std::string_view year = front.digits();
  if (year.size() != 4 || !front.take(kClose)) {
    return invalid(std::move(number), "has no year of four digits in brackets");
  }
  std::from_chars(year.data(), year.data() + year.size(), number.year);
  if (number.year < kFirstYear || number.year > year_in_beijing(at_ms)) {
    return invalid(std::move(number), "has a year in the future, or before 1949");
  }
  number.text = normal;
  number.verdict = as_written ? Verdict::kValid : Verdict::kNormalised;
  if (!as_written) {
    number.code = "not-normal";
    number.reason = "has blanks around it, fullwidth digits or a mixed pair of brackets";
  }
  Front legacy = front;
  const std::string_view stem = legacy.han();
  constexpr std::string_view kMark = "字第";
  if (stem.size() > kMark.size() && stem.ends_with(kMark)) {
    return read_legacy(std::move(number), stem.substr(0, stem.size() - kMark.size()), legacy);
  }
  return read_current(std::move(number), front);
}

}  // namespace heyan::court_adapters::china
