#include "court_adapters/china/resident_id.h"

#include <array>
#include <charconv>

#include "verifier/core/time.h"

namespace heyan::court_adapters::china {
namespace {

constexpr std::array<int, 17> kWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
constexpr std::string_view kChecks = "10X98765432";
constexpr std::size_t kLength = 18;
constexpr std::size_t kLegacyLength = 15;
constexpr std::size_t kMostBytes = 64;
constexpr int kFirstYear = 1800;

bool are_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

unsigned number_of(std::string_view digits) {
  unsigned value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

// `digits`: YYYYMMDD.
std::chrono::year_month_day date_of(std::string_view digits) {
  return {std::chrono::year(static_cast<int>(number_of(digits.substr(0, 4)))),
          std::chrono::month(number_of(digits.substr(4, 2))),
          std::chrono::day(number_of(digits.substr(6, 2)))};
}

bool is_region(std::string_view number) {
  if (number.starts_with("9")) return is_province(number.substr(1, 2));  // foreign residents
  return number.starts_with("83") || is_province(number.substr(0, 2));
}

bool can_be_born(std::chrono::year_month_day date, std::int64_t at_ms) {
  if (!date.ok() || static_cast<int>(date.year()) < kFirstYear) return false;
  const auto today =
      std::chrono::floor<std::chrono::days>(core::from_unix_ms(at_ms) + std::chrono::hours(8));
  return std::chrono::sys_days(date) <= today;
}

char check_of(std::string_view number) {
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += (number[i] - '0') * kWeights.at(i);
  return kChecks[static_cast<std::size_t>(sum % 11)];
}

// Why the text is no number; empty: it is one, and `out` says whose.
std::string_view read(std::string_view number, std::int64_t at_ms, ResidentId& out) {
  const bool legacy = number.size() == kLegacyLength;
  if (number.size() != kLength && !legacy) return "has neither 18 nor 15 characters";
  if (!are_digits(legacy ? number : number.substr(0, kLength - 1))) {
    return "has something else than digits before the last place";
  }
  if (!is_region(number)) return "names no region of GB/T 2260 (positions 1 and 2)";
  out.born = date_of(legacy ? "19" + std::string(number.substr(6, 6)) : number.substr(6, 8));
  if (!can_be_born(out.born, at_ms)) return "has a date of birth that does not exist";
  out.male = (number[legacy ? 14 : 16] - '0') % 2 == 1;
  if (!legacy && check_of(number) != number.back()) return "has a check digit that does not fit";
  return {};
}

}  // namespace

ResidentId read_resident_id(std::string_view text, std::int64_t at_ms) {
  ResidentId id;
  std::string number(text.size() > kMostBytes ? std::string_view() : trimmed(text));
  if (number.ends_with('x')) number.back() = 'X';
  if (const std::string_view fault = read(number, at_ms, id); !fault.empty()) {
    id = {};
    id.original = text;
    id.code = "bad-resident-id";
    id.reason = fault;
    return id;
  }
  id.original = text;
  id.text = number;
  id.verdict = Verdict::kValid;
  if (number.size() == kLegacyLength) {
    id.verdict = Verdict::kWarning;
    id.code = "legacy-resident-id";
    id.reason = "has 15 digits, as numbers had up to 1999: it has no check digit";
  } else if (number != text) {
    id.verdict = Verdict::kNormalised;
    id.code = "not-normal";
    id.reason = "has a small x or blanks around it";
  }
  return id;
}

}  // namespace heyan::court_adapters::china
