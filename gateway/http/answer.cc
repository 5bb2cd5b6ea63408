#include "gateway/http/answer.h"

#include <algorithm>
#include <array>
#include <utility>

namespace heyan::http {
namespace {

using core::ErrorCode;

constexpr std::array kDefaults = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"cache-control", "no-store"},
    {"content-security-policy", "default-src 'none'; frame-ancestors 'none'"},
    {"referrer-policy", "no-referrer"},
    {"x-content-type-options", "nosniff"},
});

// What this file writes itself; a handler that sets it would frame the answer twice.
constexpr std::array kReserved = std::to_array<std::string_view>(
    {"connection", "content-length", "date", "transfer-encoding", "upgrade"});

std::string_view reason(std::uint16_t status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    default:
      return "";  // RFC 9112 section 4: clients ignore it
  }
}

bool has_no_body(std::uint16_t status) { return status < 200 || status == 204 || status == 304; }

std::string two_digits(unsigned number) {
  return {static_cast<char>('0' + number / 10 % 10), static_cast<char>('0' + number % 10)};
}

void append_field(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

Answer& Answer::set(std::string_view name, std::string_view value) {
  const auto known = std::ranges::find(fields, name, &Header::name);
  if (known != fields.end()) {
    known->value = value;
  } else {
    fields.push_back({.name = std::string(name), .value = std::string(value)});
  }
  return *this;
}

Answer problem_answer(const ProblemDocument& document, const RequestHead* head) {
  const std::string* const wish = head == nullptr ? nullptr : head->find("accept-language");
  const Language language = choose_language(wish == nullptr ? "" : *wish);
  Answer answer;
  answer.status = row_of(document.problem).status;
  answer.body = encode_problem(document, language);
  answer.set("content-type", kProblemMediaType);
  answer.set("content-language", language == Language::kZh ? "zh" : "en");
  // RFC 9110 section 15.5.2 wants a challenge; browsers show no dialog for a scheme that they do
  // not know. Which of the two it is goes by the listener.
  if (answer.status == 401)
    answer.set("www-authenticate", R"(Heyan by="session, client-certificate")");
  if (answer.status == 503 || answer.status == 429) answer.set("retry-after", "5");
  return answer;
}

Problem problem_of(const core::Error& error) {
  switch (error.code) {
    case ErrorCode::kTruncated:
    case ErrorCode::kTrailing:
    case ErrorCode::kMalformed:
    case ErrorCode::kNotCanonical:
    case ErrorCode::kDuplicate:
    case ErrorCode::kUnknown:
      return Problem::kMalformedBody;
    case ErrorCode::kLimit:
      return Problem::kTooLarge;
    case ErrorCode::kUnsupported:
      return Problem::kUnsupportedMediaType;
    case ErrorCode::kNotFound:
      return Problem::kNotFound;
    case ErrorCode::kIo:
      return error.text == "deadline" ? Problem::kTimeout : Problem::kUnavailable;
    case ErrorCode::kChanged:
    case ErrorCode::kInternal:
      return Problem::kInternal;
  }
  return Problem::kInternal;
}

core::Result<std::string> encode_head(const Answer& answer, const AnswerFraming& framing) {
  std::string head = "HTTP/1.1 " + std::to_string(answer.status) + " ";
  head.append(reason(answer.status)).append("\r\n");
  append_field(head, "date", encode_http_date(framing.now));
  for (const Header& field : answer.fields) {
    const bool clean = std::ranges::all_of(field.value, [](char c) {
      return static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) != 0x7f;
    });
    if (!clean || !is_token(field.name) || to_lower(field.name) != field.name ||
        std::ranges::find(kReserved, field.name) != kReserved.end()) {
      return core::fail(ErrorCode::kInternal, "an answer with a field that must not be sent");
    }
    append_field(head, field.name, field.value);
  }
  for (const auto& [name, value] : kDefaults) {
    if (find_field(answer.fields, name) == nullptr) append_field(head, name, value);
  }
  if (framing.secure && find_field(answer.fields, "strict-transport-security") == nullptr) {
    append_field(head, "strict-transport-security", "max-age=31536000");
  }
  if (!has_no_body(answer.status)) {
    if (framing.length) {
      append_field(head, "content-length", std::to_string(*framing.length));
    } else {
      append_field(head, "transfer-encoding", "chunked");
    }
  }
  if (framing.close) append_field(head, "connection", "close");
  return head + "\r\n";
}

std::string encode_http_date(std::chrono::sys_seconds time) {
  constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  std::string text = kDays.at(std::chrono::weekday(day).c_encoding());
  text += ", " + two_digits(unsigned{date.day()}) + " ";
  text += kMonths.at(unsigned{date.month()} - 1);
  text += " " + std::to_string(int{date.year()}) + " ";
  text += two_digits(static_cast<unsigned>(clock.hours().count())) + ":";
  text += two_digits(static_cast<unsigned>(clock.minutes().count())) + ":";
  text += two_digits(static_cast<unsigned>(clock.seconds().count())) + " GMT";
  return text;
}

}  // namespace heyan::http
