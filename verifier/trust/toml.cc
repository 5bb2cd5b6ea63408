// The only file that sees the TOML library (toml++, header only): text to Table::Node.
//
// toml++ 3.3 calls things impossible that the text decides, and lets the compiler assume so: "[,"
// trips an assertion, and letters such as U+0228 in a bare key reach the end of a table of white
// space. Here the assertions throw, in every build, and the table answers "no".
#include <exception>

namespace heyan::trust {
namespace {
struct TomlAssertion : std::exception {};
[[noreturn]] void toml_assertion_failed() { throw TomlAssertion(); }
}  // namespace
}  // namespace heyan::trust

#undef NDEBUG
#define TOML_ASSERT(condition) \
  static_cast<void>((condition) || (::heyan::trust::toml_assertion_failed(), false))
#define TOML_EXCEPTIONS 1
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ENABLE_UNRELEASED_FEATURES 0
#include <toml++/impl/forward_declarations.h>
#undef TOML_UNREACHABLE
#define TOML_UNREACHABLE return false
#include <toml++/impl/unicode.h>
#undef TOML_UNREACHABLE
#define TOML_UNREACHABLE ::heyan::trust::toml_assertion_failed()
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "verifier/core/text.h"
#include "verifier/core/time.h"
#include "verifier/trust/document.h"

namespace heyan::trust {
namespace {

using Node = Table::Node;
using Kind = Table::Kind;

core::UtcTime first_instant(const toml::date& date) {
  return std::chrono::sys_days(std::chrono::year(date.year) / date.month / date.day);
}

core::UtcTime instant(const toml::date_time& value) {
  const auto& time = value.time;
  return first_instant(value.date) + std::chrono::hours(time.hour) +
         std::chrono::minutes(time.minute) + std::chrono::seconds(time.second) +
         std::chrono::milliseconds(time.nanosecond / 1'000'000) -
         std::chrono::minutes(value.offset->minutes);
}

std::string text_of(const toml::time& time) {
  const auto padded = [](std::uint32_t number, std::size_t digits) {
    const std::string text = std::to_string(number);
    return std::string(digits - std::min(digits, text.size()), '0') + text;
  };
  return padded(time.hour, 2) + ":" + padded(time.minute, 2) + ":" + padded(time.second, 2) + "." +
         padded(time.nanosecond, 9);
}

// Of kOther: what no document of ours uses is still told to whoever looks one over; with what it
// is, so that it is not taken for a text of the same characters.
std::string told(const toml::node& value) {
  if (const auto* fraction = value.as_floating_point()) {
    std::array<char, 64> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), fraction->get());
    return "float " + std::string(text.data(), end.ptr);
  }
  if (const auto* time = value.as_time()) return "local time " + text_of(time->get());
  if (const auto* moment = value.as_date_time()) {
    const std::string date = core::format_rfc3339(first_instant(moment->get().date)).substr(0, 10);
    return "local time " + date + " " + text_of(moment->get().time);
  }
  return "?";
}

Node convert(const toml::node& value);

Node convert_table(const toml::table& table) {
  Node node;
  node.kind = Kind::kTable;
  // The library sorts by name; readers expect the order of the document.
  std::vector<std::pair<const toml::key*, const toml::node*>> members;
  for (const auto& [key, value] : table) members.emplace_back(&key, &value);
  std::ranges::sort(members, [](const auto& a, const auto& b) {
    return a.first->source().begin < b.first->source().begin;
  });
  for (const auto& [key, value] : members) {
    node.index.emplace(std::string(key->str()), node.children.size());
    node.names.emplace_back(key->str());
    node.name_lines.push_back(key->source().begin.line);
    node.children.push_back(convert(*value));
  }
  return node;
}

Node convert(const toml::node& value) {
  Node node;
  if (const auto* table = value.as_table()) {
    node = convert_table(*table);
  } else if (const auto* array = value.as_array()) {
    node.kind = Kind::kArray;
    for (const toml::node& element : *array) node.children.push_back(convert(element));
  } else if (const auto* text = value.as_string()) {
    node.kind = Kind::kText;
    node.text = text->get();
  } else if (const auto* integer = value.as_integer()) {
    node.kind = Kind::kInteger;
    node.integer = integer->get();
  } else if (const auto* boolean = value.as_boolean()) {
    node.kind = Kind::kBoolean;
    node.boolean = boolean->get();
  } else if (const auto* date = value.as_date()) {
    node.kind = Kind::kTime;
    node.time = first_instant(date->get());
  } else if (const auto* moment = value.as_date_time(); moment != nullptr && moment->get().offset) {
    node.kind = Kind::kTime;
    node.time = instant(moment->get());
  } else {
    node.text = told(value);
  }
  node.line = value.source().begin.line;
  return node;
}

bool trips_assertion(std::string_view text) {
  try {
    static_cast<void>(toml::parse(text));
    return false;
  } catch (const TomlAssertion&) {
    return true;
  } catch (const std::exception&) {
    return false;  // an ordinary defect: the text is cut
  }
}

// An assertion has no position: the first line up to which the text trips it.
std::uint32_t line_of_assertion(std::string_view text) {
  std::vector<std::size_t> ends;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') ends.push_back(i + 1);
  }
  const auto first = std::ranges::partition_point(
      ends, [&](std::size_t end) { return !trips_assertion(text.substr(0, end)); });
  return static_cast<std::uint32_t>(first - ends.begin()) + 1;
}

}  // namespace

std::expected<Table::Node, ConfigError> parse_toml(std::string_view file, std::string_view text) {
  ConfigError error;
  error.file = file;
  try {
    return convert(toml::parse(text));
  } catch (const toml::parse_error& fault) {
    error.line = fault.source().begin.line;
    error.what = "not TOML: " + core::visible(fault.description());
  } catch (const TomlAssertion&) {
    error.line = line_of_assertion(text);
    error.what = "not TOML: this cannot stand here";
  } catch (const std::exception&) {
    error.what = "not TOML: the reader gave up";
  }
  return std::unexpected(std::move(error));
}

}  // namespace heyan::trust
