#include "gateway/http/fields.h"

#include <algorithm>

namespace heyan::http {
namespace {

using core::ErrorCode;

constexpr std::string_view kTokenMarks = "!#$%&'*+-.^_`|~";  // beside letters and digits

bool is_token_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         kTokenMarks.find(c) != std::string_view::npos;
}

bool is_value_character(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return c == '\t' || (byte >= 0x20 && byte != 0x7f);
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

core::Result<Header> parse_field(std::string_view line, std::size_t offset) {
  if (line.starts_with(' ') || line.starts_with('\t')) {
    return core::fail(ErrorCode::kMalformed, "a header line is folded", offset);
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
    return core::fail(ErrorCode::kMalformed, "a header line does not begin with a name and a colon",
                      offset);
  }
  const std::string_view name = line.substr(0, colon);
  if (name.contains('_')) {
    return core::fail(ErrorCode::kMalformed, "a header name holds an underscore", offset);
  }
  const std::string_view value = trim(line.substr(colon + 1));
  if (!std::ranges::all_of(value, is_value_character)) {
    return core::fail(ErrorCode::kMalformed, "a header value holds a control character", offset);
  }
  return Header{.name = to_lower(name), .value = std::string(value)};
}

// Reads `token` or `"quoted"` from the front of `text`.
core::Result<std::string> take_parameter_value(std::string_view& text) {
  if (!text.starts_with('"')) {
    const auto* const end = std::ranges::find_if_not(text, is_token_character);
    const auto length = static_cast<std::size_t>(end - text.begin());
    if (length == 0) return core::fail(ErrorCode::kMalformed, "a parameter has no value");
    std::string value(text.substr(0, length));
    text.remove_prefix(length);
    return value;
  }
  const std::size_t end = text.find('"', 1);
  if (end == std::string_view::npos) {
    return core::fail(ErrorCode::kMalformed, "a quoted parameter does not end");
  }
  std::string value(text.substr(1, end - 1));
  // \" is a quotation mark to one reader and the end of the name, or a folder, to another.
  if (value.contains('\\')) {
    return core::fail(ErrorCode::kUnsupported, "a quoted parameter holds a backslash");
  }
  text.remove_prefix(end + 1);
  return value;
}

}  // namespace

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_token_character);
}

std::string to_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

core::Result<std::vector<Header>> parse_fields(std::string_view block, const FieldLimits& limits) {
  std::vector<Header> fields;
  std::size_t offset = 0;
  while (offset < block.size()) {
    const std::size_t end = block.find("\r\n", offset);
    if (end == std::string_view::npos) {
      return core::fail(ErrorCode::kMalformed, "a header line does not end in CRLF", offset);
    }
    if (end - offset > limits.bytes) {
      return core::fail(ErrorCode::kLimit, "a header line is too long", offset);
    }
    if (fields.size() == limits.count) {
      return core::fail(ErrorCode::kLimit, "there are too many header lines", offset);
    }
    HEYAN_TRY(Header field, parse_field(block.substr(offset, end - offset), offset));
    fields.push_back(std::move(field));
    offset = end + 2;
  }
  return fields;
}

const std::string* find_field(const std::vector<Header>& fields, std::string_view name) {
  const auto found = std::ranges::find(fields, name, &Header::name);
  return found == fields.end() ? nullptr : &found->value;
}

std::size_t count_fields(const std::vector<Header>& fields, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::count(fields, name, &Header::name));
}

const std::string* Parameterised::find(std::string_view name) const {
  const auto found = std::ranges::find(parameters, name, &Parameter::name);
  return found == parameters.end() ? nullptr : &found->value;
}

core::Result<Parameterised> parse_parameterised(std::string_view text) {
  const std::size_t semicolon = text.find(';');
  Parameterised result{.value = to_lower(trim(text.substr(0, semicolon))), .parameters = {}};
  text = semicolon == std::string_view::npos ? "" : text.substr(semicolon);
  while (!trim(text).empty()) {
    text = trim(text);
    if (!text.starts_with(';')) {
      return core::fail(ErrorCode::kMalformed, "something follows a parameter");
    }
    text = trim(text.substr(1));
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos || !is_token(text.substr(0, equals))) {
      return core::fail(ErrorCode::kMalformed, "a parameter has no name and value");
    }
    std::string name = to_lower(text.substr(0, equals));
    text.remove_prefix(equals + 1);
    HEYAN_TRY(std::string value, take_parameter_value(text));
    if (result.find(name) != nullptr) {
      return core::fail(ErrorCode::kDuplicate, "a parameter stands twice");
    }
    result.parameters.push_back({.name = std::move(name), .value = std::move(value)});
  }
  return result;
}

std::vector<std::string_view> split_list(std::string_view text) {
  std::vector<std::string_view> elements;
  bool quoted = false;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '"') quoted = !quoted;
    if (i < text.size() && (text[i] != ',' || quoted)) continue;
    const std::string_view element = trim(text.substr(start, i - start));
    if (!element.empty()) elements.push_back(element);
    start = i + 1;
  }
  return elements;
}

}  // namespace heyan::http
