#include "court_adapters/china/local_time.h"

#include <array>
#include <charconv>
#include <string>

#include <fmt/core.h>

#include "court_adapters/china/checked.h"
#include "verifier/core/time.h"

namespace heyan::court_adapters::china {
namespace {

constexpr std::size_t kMostBytes = 64;
constexpr std::string_view kOffset = "+08:00";

std::string_view take_digits(std::string_view& text, std::size_t most) {
  std::size_t count = 0;
  while (count < text.size() && count < most && text[count] >= '0' && text[count] <= '9') ++count;
  const std::string_view digits = text.substr(0, count);
  text.remove_prefix(count);
  return digits;
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

// The date in the form of RFC 3339; nothing where there is none.
std::optional<std::string> take_date(std::string_view& text) {
  constexpr std::array<std::array<std::string_view, 3>, 3> kForms = {
      {{"-", "-", ""}, {"/", "/", ""}, {"年", "月", "日"}}};
  for (const auto& [after_year, after_month, after_day] : kForms) {
    std::string_view rest = text;
    const std::string_view year = take_digits(rest, 4);
    if (year.size() != 4 || !take(rest, after_year)) continue;
    const std::string_view month = take_digits(rest, 2);
    if (month.empty() || !take(rest, after_month)) continue;
    const std::string_view day = take_digits(rest, 2);
    if (day.empty() || !take(rest, after_day)) continue;
    text = rest;
    return fmt::format("{}-{:0>2}-{:0>2}", year, month, day);
  }
  return std::nullopt;
}

}  // namespace

std::optional<LocalTime> read_local_time(std::string_view text) {
  if (text.size() > kMostBytes) return std::nullopt;
  if (const auto exact = core::parse_rfc3339(text))
    return LocalTime{core::to_unix_ms(*exact), false};
  const auto date = take_date(text);
  if (!date) return std::nullopt;
  std::string time = "00:00:00";
  if (!text.empty()) {
    if (!take(text, "T") && !take(text, " ")) return std::nullopt;
    const std::string_view hour = take_digits(text, 2);
    if (hour.empty()) return std::nullopt;
    const bool without_seconds = text.size() == 3;  // ":MM"
    time = fmt::format("{:0>2}{}{}", hour, text, without_seconds ? ":00" : "");
  }
  if (const auto assumed = core::parse_rfc3339(fmt::format("{}T{}{}", *date, time, kOffset))) {
    return LocalTime{core::to_unix_ms(*assumed), true};
  }
  // "2026-3-1 8:30:00+08:00": an offset is there, in a form that is not RFC 3339.
  if (const auto exact = core::parse_rfc3339(fmt::format("{}T{}", *date, time))) {
    return LocalTime{core::to_unix_ms(*exact), false};
  }
  return std::nullopt;
}

}  // namespace heyan::court_adapters::china
