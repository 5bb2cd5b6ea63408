#include <algorithm>
#include <cstdlib>

#include <fmt/core.h>

#include "verifier/core/json.h"
#include "verifier/core/text.h"

namespace heyan::core::json {
namespace {

// I-JSON (RFC 7493 section 2.2): every reader holds these exactly.
constexpr std::int64_t kMaxInteger = (std::int64_t{1} << 53) - 1;

// RFC 8785 section 3.2.3 orders names by UTF-16 code units. In UTF-8, byte order says the same
// except that the supplementary planes (lead bytes F0..F4, surrogates D800..DFFF in UTF-16) come
// before U+E000..U+FFFF (EE, EF).
bool utf16_less(std::string_view a, std::string_view b) {
  const auto [i, j] = std::ranges::mismatch(a, b);
  if (i == a.end() || j == b.end()) return i == a.end() && j != b.end();
  const auto x = static_cast<unsigned char>(*i);
  const auto y = static_cast<unsigned char>(*j);
  if (x >= 0xee && y >= 0xee && (x >= 0xf0) != (y >= 0xf0)) return x >= 0xf0;
  return x < y;
}

// RFC 8785 section 3.2.2.2.
void write_string(std::string_view text, std::string& out) {
  if (!is_utf8(text)) std::abort();
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

void write(const Value& value, std::string& out);

void write_array(const Value::Array& array, std::string& out) {
  out += '[';
  for (std::size_t i = 0; i < array.size(); ++i) {
    if (i != 0) out += ',';
    write(array[i], out);
  }
  out += ']';
}

void write_object(const Value::Object& object, std::string& out) {
  std::vector<const Member*> members;
  members.reserve(object.size());
  for (const Member& member : object) members.push_back(&member);
  std::ranges::sort(
      members, [](const Member* a, const Member* b) { return utf16_less(a->first, b->first); });
  out += '{';
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (i != 0) out += ',';
    write_string(members[i]->first, out);
    out += ':';
    write(members[i]->second, out);
  }
  out += '}';
}

void write(const Value& value, std::string& out) {
  if (value.is_null()) {
    out += "null";
  } else if (const bool* flag = value.as_bool()) {
    out += *flag ? "true" : "false";
  } else if (const std::int64_t* number = value.as_integer()) {
    if (*number > kMaxInteger || *number < -kMaxInteger) std::abort();
    out += fmt::format("{}", *number);
  } else if (const std::string* text = value.as_string()) {
    write_string(*text, out);
  } else if (const Value::Array* array = value.as_array()) {
    write_array(*array, out);
  } else if (const Value::Object* object = value.as_object()) {
    write_object(*object, out);
  } else {
    std::abort();  // a double: we write none, and their shortest form is a standard of its own
  }
}

}  // namespace

std::string write_canonical(const Value& value) {
  std::string out;
  write(value, out);
  return out;
}

}  // namespace heyan::core::json
