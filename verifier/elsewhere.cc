#include "verifier/elsewhere.h"

#include <algorithm>
#include <cstddef>

#include "verifier/core/json.h"
#include "verifier/core/text.h"
#include "verifier/core/time.h"

namespace heyan {
namespace {

using core::json::Value;

// RFC 8785 knows no larger integers.
constexpr std::uint64_t kMostCounted = (std::uint64_t{1} << 53U) - 1;

Value utf8(const std::string& text) { return core::is_utf8(text) ? text : core::visible(text); }

std::string text_of(const Value& value, std::string_view name) {
  const Value* found = value.find(name);
  const std::string* text = found == nullptr ? nullptr : found->as_string();
  return text == nullptr ? std::string() : *text;
}

}  // namespace

bool is_search(std::string_view pointer) {
  return pointer.starts_with("/evidence/") && pointer.ends_with("/elsewhere");
}

std::string write_found(const FoundElsewhere& found) {
  Value filed{Value::Array{}};
  for (const v1::FiledElsewhere& one : found.found.filed()) {
    Value entry{Value::Object{}};
    entry.set("caseNumber", utf8(one.case_number()));
    entry.set("item", utf8(one.item()));
    entry.set("report", utf8(one.report_number()));
    filed.push(std::move(entry));
  }
  Value value{Value::Object{}};
  value.set("count", std::min<std::uint64_t>(found.found.count(), kMostCounted));
  value.set("filed", std::move(filed));
  value.set("since", core::format_rfc3339(core::from_unix_ms(found.since_ms)));
  return core::json::write_canonical(value);
}

std::optional<FoundElsewhere> read_found(std::string_view text) {
  const auto value = core::json::parse(core::as_bytes(text), core::Limits());
  if (!value) return std::nullopt;
  const Value* count = value->find("count");
  const Value* filed = value->find("filed");
  const auto since = core::parse_rfc3339(text_of(*value, "since"));
  if (count == nullptr || count->as_integer() == nullptr || *count->as_integer() < 0) {
    return std::nullopt;
  }
  if (filed == nullptr || filed->as_array() == nullptr || !since) return std::nullopt;
  FoundElsewhere found{.since_ms = core::to_unix_ms(*since), .found = {}};
  found.found.set_count(static_cast<std::uint64_t>(*count->as_integer()));
  for (const Value& one : *filed->as_array()) {
    v1::FiledElsewhere& entry = *found.found.add_filed();
    entry.set_case_number(text_of(one, "caseNumber"));
    entry.set_item(text_of(one, "item"));
    entry.set_report_number(text_of(one, "report"));
  }
  // Another spelling, another member, a wrong type: it is not what was written.
  if (write_found(found) != text) return std::nullopt;
  return found;
}

}  // namespace heyan
