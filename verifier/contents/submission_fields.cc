#include "verifier/contents/submission_fields.h"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "verifier/contents/safe_path.h"
#include "verifier/core/text.h"
#include "verifier/core/time.h"

namespace heyan::contents {
namespace {

using core::json::Value;

constexpr std::size_t kMaxIdCharacters = 128;
constexpr std::int64_t kMaxInteger = (std::int64_t{1} << 53) - 1;  // what canonical JSON can say

std::string quoted(std::string_view text) { return '"' + core::visible(text, 64) + '"'; }

// Code points; the text is UTF-8, as every string of the JSON reader.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0u) != 0x80; }));
}

}  // namespace

void Defects::add(std::string pointer, std::string_view code, std::string detail) {
  if (list_.size() == kMaxDefects) return;
  if (list_.size() == kMaxDefects - 1) {
    pointer = "";
    code = "too-many-defects";
    detail = "There are more defects than are listed. Correct the ones before this and try again.";
  }
  list_.push_back({std::move(pointer), std::string(code), std::move(detail)});
}

Fields::Fields(const Value* value, std::string pointer, const core::Limits& limits,
               Defects& defects)
    : pointer_(std::move(pointer)), limits_(limits), defects_(defects) {
  if (value == nullptr) return;
  object_ = value->as_object();
  if (object_ == nullptr) defects_.add(pointer_, "wrong-type", "This must be a JSON object.");
}

std::string Fields::pointer_of(std::string_view name) const {
  return pointer_ + '/' + core::json::shown_pointer_token(name);
}

const Value* Fields::take(std::string_view name) {
  known_.push_back(name);
  if (object_ == nullptr) return nullptr;
  const auto member = std::ranges::find(*object_, name, &core::json::Member::first);
  return member == object_->end() ? nullptr : &member->second;
}

const Value* Fields::require(std::string_view name) {
  const Value* value = take(name);
  if (value == nullptr && present()) {
    defects_.add(pointer_of(name), "missing-name",
                 fmt::format("\"{}\" is required: add it.", name));
  }
  return value;
}

std::optional<std::string> Fields::string_in(const Value& value, const std::string& where) {
  const std::string* text = value.as_string();
  if (text == nullptr) {
    defects_.add(where, "wrong-type", "This must be a JSON string.");
    return std::nullopt;
  }
  if (text->size() > limits_.string_bytes) {
    defects_.add(where, "limit",
                 fmt::format("This string has {} bytes; shorten it to at most {}.", text->size(),
                             limits_.string_bytes));
    return std::nullopt;
  }
  return *text;
}

std::string Fields::id_in(const Value& value, const std::string& where) {
  const auto text = string_in(value, where);
  if (!text) return "";
  if (text->empty() || characters(*text) > kMaxIdCharacters) {
    defects_.add(where, "bad-id",
                 fmt::format("An id has 1 to {} characters; this one has {}.", kMaxIdCharacters,
                             characters(*text)));
    return "";
  }
  if (core::has_control(*text)) {
    defects_.add(
        where, "bad-id",
        fmt::format("The id {} has a control or invisible character: remove it.", quoted(*text)));
    return "";
  }
  return *text;
}

// One that ends at it for some readers, that PostgreSQL does not keep, and XML cannot hold.
std::string Fields::text_in(const Value& value, const std::string& where) {
  const auto text = string_in(value, where);
  if (!text || !text->contains('\0')) return text.value_or("");
  defects_.add(where, "control-character",
               fmt::format("{} has the character U+0000: remove it.", quoted(*text)));
  return "";
}

std::string Fields::text(std::string_view name) {
  const Value* value = take(name);
  return value == nullptr ? "" : text_in(*value, pointer_of(name));
}

std::string Fields::line(std::string_view name) {
  const Value* given = take(name);
  std::string value = given == nullptr ? "" : string_in(*given, pointer_of(name)).value_or("");
  if (!core::has_control(value)) return value;
  defects_.add(pointer_of(name), "bad-id",
               fmt::format("{} has a control or invisible character: remove it.", quoted(value)));
  return "";
}

std::string Fields::phrase_in(const Value& value, const std::string& where, std::size_t most) {
  const auto text = string_in(value, where);
  if (!text) return "";
  if (text->empty()) {
    defects_.add(where, "empty", "There is no text here: write it, or leave the member out.");
    return "";
  }
  if (characters(*text) > most) {
    defects_.add(where, "limit",
                 fmt::format("This text has {} characters; shorten it to at most {}.",
                             characters(*text), most));
    return "";
  }
  if (core::has_control(*text)) {
    defects_.add(where, "control-character",
                 fmt::format("{} has a control or invisible character: remove it.", quoted(*text)));
    return "";
  }
  return *text;
}

std::string Fields::phrase(std::string_view name, std::size_t most) {
  const Value* value = take(name);
  return value == nullptr ? "" : phrase_in(*value, pointer_of(name), most);
}

std::string Fields::id(std::string_view name) {
  const Value* value = take(name);
  return value == nullptr ? "" : id_in(*value, pointer_of(name));
}

std::string Fields::required_id(std::string_view name) {
  const Value* value = require(name);
  return value == nullptr ? "" : id_in(*value, pointer_of(name));
}

std::string Fields::required_path(std::string_view name) {
  const Value* value = require(name);
  if (value == nullptr) return "";
  return path_in(*value, pointer_of(name));
}

std::string Fields::path_in(const Value& value, const std::string& pointer) {
  const auto path = string_in(value, pointer);
  if (!path) return "";
  if (const auto fault = unsafe_path(*path)) {
    defects_.add(
        pointer, "unsafe-path",
        fmt::format("The path {} {}. Name a file beneath the case folder.", quoted(*path), *fault));
    return "";
  }
  return *path;
}

std::vector<std::string> Fields::ids(std::string_view name) {
  std::vector<std::string> list;
  std::set<std::string> seen;
  const Value::Array* values = array(name, limits_.parties);
  if (values == nullptr) return list;
  for (std::size_t i = 0; i < values->size(); ++i) {
    const std::string where = fmt::format("{}/{}", pointer_of(name), i);
    std::string id = id_in((*values)[i], where);
    if (id.empty()) continue;
    if (!seen.insert(id).second) {
      defects_.add(where, "duplicate-id",
                   fmt::format("The id {} stands twice in this list: remove one.", quoted(id)));
      continue;
    }
    list.push_back(std::move(id));
  }
  return list;
}

std::optional<std::int64_t> Fields::time_ms(std::string_view name) {
  const Value* value = take(name);
  if (value == nullptr) return std::nullopt;
  const auto text = string_in(*value, pointer_of(name));
  if (!text) return std::nullopt;
  const auto time = core::parse_rfc3339(*text);
  if (!time) {
    defects_.add(
        pointer_of(name), "bad-time",
        fmt::format("{} is no RFC 3339 time: write it as 2026-11-20T08:30:00Z.", quoted(*text)));
    return std::nullopt;
  }
  return core::to_unix_ms(*time);
}

std::optional<std::uint64_t> Fields::size(std::string_view name) {
  const Value* value = take(name);
  if (value == nullptr) return std::nullopt;
  const std::int64_t* number = value->as_integer();
  if (number == nullptr) {
    defects_.add(pointer_of(name), "wrong-type",
                 "A size is a JSON integer without quotes, fraction or exponent.");
    return std::nullopt;
  }
  if (*number < 0 || *number > kMaxInteger) {
    defects_.add(pointer_of(name), "out-of-range",
                 fmt::format("A size is a number of bytes from 0 to {}.", kMaxInteger));
    return std::nullopt;
  }
  return static_cast<std::uint64_t>(*number);
}

std::optional<std::uint32_t> Fields::count(std::string_view name, std::uint32_t most) {
  const Value* value = take(name);
  if (value == nullptr) return std::nullopt;
  const std::int64_t* number = value->as_integer();
  if (number == nullptr) {
    defects_.add(pointer_of(name), "wrong-type",
                 "This is a JSON integer without quotes, fraction or exponent.");
    return std::nullopt;
  }
  if (*number < 1 || *number > most) {
    defects_.add(pointer_of(name), "out-of-range",
                 fmt::format("This is a number from 1 to {}.", most));
    return std::nullopt;
  }
  return static_cast<std::uint32_t>(*number);
}

int Fields::word(std::string_view name, const WordList& list) {
  const Value* value = take(name);
  if (value == nullptr) return 0;
  const auto text = string_in(*value, pointer_of(name));
  if (!text) return 0;
  const auto number = number_of(list, *text);
  if (!number) {
    defects_.add(pointer_of(name), "unknown-word",
                 fmt::format("{} is not one of {}.", quoted(*text), all_words(list)));
  }
  return number.value_or(0);
}

void Fields::too_many(std::string_view name, std::size_t count, std::size_t limit) {
  defects_.add(pointer_of(name), "limit",
               fmt::format("There are {} elements here; at most {} are taken. Send fewer at once.",
                           count, limit));
}

const Value::Array* Fields::elements(const Value* value, std::string_view name, std::size_t limit) {
  if (value == nullptr) return nullptr;
  const Value::Array* list = value->as_array();
  if (list == nullptr) {
    defects_.add(pointer_of(name), "wrong-type", "This must be a JSON array.");
    return nullptr;
  }
  if (list->size() <= limit) return list;
  too_many(name, list->size(), limit);
  return nullptr;
}

const Value::Array* Fields::array(std::string_view name, std::size_t limit) {
  return elements(take(name), name, limit);
}

const Value::Array* Fields::required_array(std::string_view name, std::size_t limit) {
  return elements(require(name), name, limit);
}

const Value::Object* Fields::map(std::string_view name) {
  const Value* value = take(name);
  if (value == nullptr) return nullptr;
  const Value::Object* members = value->as_object();
  if (members == nullptr) {
    defects_.add(pointer_of(name), "wrong-type", "This must be a JSON object.");
    return nullptr;
  }
  if (members->size() <= kMaxMapNames) return members;
  too_many(name, members->size(), kMaxMapNames);
  return nullptr;
}

Fields Fields::object(std::string_view name) {
  return Fields(take(name), pointer_of(name), limits_, defects_);
}

Fields Fields::required_object(std::string_view name) {
  return Fields(require(name), pointer_of(name), limits_, defects_);
}

void Fields::finish() {
  if (object_ == nullptr) return;
  for (const auto& [name, value] : *object_) {
    if (std::ranges::find(known_, name) != known_.end()) continue;
    std::string names;
    for (const std::string_view known : known_) names += fmt::format(" \"{}\"", known);
    defects_.add(
        pointer_of(name), "unknown-name",
        fmt::format("The name {} is not known here: remove it. Known are{}.", quoted(name), names));
  }
}

}  // namespace heyan::contents
