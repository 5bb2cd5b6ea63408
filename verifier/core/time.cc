#include "verifier/core/time.h"

#include <algorithm>

#include <fmt/core.h>

namespace heyan::core {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::milliseconds;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr UtcTime kFirst(sys_days(year_month_day{std::chrono::year(1) / 1 / 1}));
constexpr UtcTime kLast = sys_days(std::chrono::year(10000) / 1 / 1) - milliseconds(1);

// Exactly `count` ASCII digits from the front of `text`, or -1 and `text` as it was.
int take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return -1;
  int value = 0;
  for (const char c : text.substr(0, count)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char wanted) {
  if (!text.starts_with(wanted)) return false;
  text.remove_prefix(1);
  return true;
}

// full-date: YYYY-MM-DD, a day that the calendar has.
std::optional<sys_days> take_date(std::string_view& text) {
  const int year = take_digits(text, 4);
  if (year < 1 || !take(text, '-')) return std::nullopt;
  const int month = take_digits(text, 2);
  if (month < 1 || !take(text, '-')) return std::nullopt;
  const int day = take_digits(text, 2);
  if (day < 1) return std::nullopt;
  const year_month_day date{std::chrono::year(year),
                            std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return sys_days(date);
}

// HH:MM within a day.
std::optional<milliseconds> take_hours_minutes(std::string_view& text) {
  const int hour = take_digits(text, 2);
  if (hour < 0 || hour > 23 || !take(text, ':')) return std::nullopt;
  const int minute = take_digits(text, 2);
  if (minute < 0 || minute > 59) return std::nullopt;
  return milliseconds(std::chrono::hours(hour) + std::chrono::minutes(minute));
}

// time-secfrac: "." and at least one digit; digits after the third are cut off.
std::optional<milliseconds> take_fraction(std::string_view& text) {
  if (!take(text, '.')) return milliseconds(0);
  int value = 0;
  int weight = 100;
  std::size_t digits = 0;
  for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits) {
    value += (text[digits] - '0') * weight;
    weight /= 10;
  }
  if (digits == 0) return std::nullopt;
  text.remove_prefix(digits);
  return milliseconds(value);
}

// time-offset, to be subtracted from the local time. "-00:00" (section 4.3) is UTC too.
std::optional<milliseconds> take_zone(std::string_view& text) {
  if (take(text, 'Z')) return milliseconds(0);
  const bool east = text.starts_with('+');
  if (!east && !text.starts_with('-')) return std::nullopt;
  text.remove_prefix(1);
  const auto offset = take_hours_minutes(text);
  if (!offset) return std::nullopt;
  return east ? *offset : -*offset;
}

}  // namespace

UtcTime from_unix_ms(std::int64_t value) { return UtcTime(milliseconds(value)); }

std::int64_t to_unix_ms(UtcTime time) { return time.time_since_epoch().count(); }

std::string format_rfc3339(UtcTime time) {
  time = std::clamp(time, kFirst, kLast);
  const sys_days day = floor<days>(time);
  const year_month_day date(day);
  const std::chrono::hh_mm_ss<milliseconds> clock(time - day);
  std::string text =
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  const auto fraction = clock.subseconds().count();
  if (fraction != 0) text += fmt::format(".{:03}", fraction);
  return text + 'Z';
}

std::optional<UtcTime> parse_rfc3339(std::string_view text) {
  const auto date = take_date(text);
  if (!date || !take(text, 'T')) return std::nullopt;
  const auto hours_minutes = take_hours_minutes(text);
  if (!hours_minutes || !take(text, ':')) return std::nullopt;
  const int second = take_digits(text, 2);
  if (second < 0 || second > 59) return std::nullopt;
  const auto fraction = take_fraction(text);
  if (!fraction) return std::nullopt;
  const auto zone = take_zone(text);
  if (!zone || !text.empty()) return std::nullopt;
  const UtcTime time =
      UtcTime(*date) + *hours_minutes + std::chrono::seconds(second) + *fraction - *zone;
  // An offset can carry the first and last day out of the years that have a textual form.
  if (time < kFirst || time > kLast) return std::nullopt;
  return time;
}

}  // namespace heyan::core
