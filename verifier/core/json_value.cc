#include <cstdlib>
#include <limits>

#include "verifier/core/json.h"
#include "verifier/core/text.h"

namespace heyan::core::json {
namespace {

constexpr std::size_t kMaxShownBytes = 64;

// Undoes "~1" and "~0" (RFC 6901 section 4); nothing where "~" stands alone.
std::optional<std::string> unescape_token(std::string_view token) {
  std::string name;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] != '~') {
      name += token[i];
      continue;
    }
    ++i;
    if (i == token.size() || (token[i] != '0' && token[i] != '1')) return std::nullopt;
    name += token[i] == '0' ? '~' : '/';
  }
  return name;
}

// An array index: decimal digits without leading zeros.
std::optional<std::size_t> index_of(std::string_view token) {
  if (token.empty() || token.size() > 18 || (token.size() > 1 && token[0] == '0')) {
    return std::nullopt;
  }
  std::size_t index = 0;
  for (const char c : token) {
    if (c < '0' || c > '9') return std::nullopt;
    index = index * 10 + static_cast<std::size_t>(c - '0');
  }
  return index;
}

const Value* child(const Value& parent, std::string_view token) {
  if (const Value::Array* array = parent.as_array()) {
    const auto index = index_of(token);
    return index && *index < array->size() ? &(*array)[*index] : nullptr;
  }
  const auto name = unescape_token(token);
  return name ? parent.find(*name) : nullptr;
}

}  // namespace

Value::Value(std::uint64_t value) : data_(static_cast<std::int64_t>(value)) {
  if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) std::abort();
}

const Value* Value::find(std::string_view name) const {
  const Object* object = as_object();
  if (object == nullptr) return nullptr;
  for (const auto& [member_name, value] : *object) {
    if (member_name == name) return &value;
  }
  return nullptr;
}

const Value* Value::at(std::string_view pointer) const {
  const Value* value = this;
  while (!pointer.empty()) {
    if (pointer[0] != '/') return nullptr;
    pointer.remove_prefix(1);
    const std::string_view token = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(token.size());
    value = child(*value, token);
    if (value == nullptr) return nullptr;
  }
  return value;
}

Value& Value::set(std::string_view name, Value value) {
  if (is_null()) data_ = Object{};
  Object* object = std::get_if<Object>(&data_);
  if (object == nullptr || find(name) != nullptr) std::abort();
  object->emplace_back(name, std::move(value));
  return *this;
}

Value& Value::push(Value value) {
  if (is_null()) data_ = Array{};
  Array* array = std::get_if<Array>(&data_);
  if (array == nullptr) std::abort();
  array->push_back(std::move(value));
  return *this;
}

bool is_pointer(std::string_view text) {
  if (!text.empty() && text.front() != '/') return false;
  for (std::size_t i = text.find('~'); i != text.npos; i = text.find('~', i + 1)) {
    if (i + 1 == text.size() || (text[i + 1] != '0' && text[i + 1] != '1')) return false;
  }
  return true;
}

std::string escape_pointer_token(std::string_view token) {
  std::string escaped;
  for (const char c : token) {
    if (c == '~') {
      escaped += "~0";
    } else if (c == '/') {
      escaped += "~1";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string shown_pointer_token(std::string_view name) {
  if (name.size() <= kMaxShownBytes) return escape_pointer_token(visible(name));
  // Cut between characters, not within one.
  std::size_t length = kMaxShownBytes;
  while (length > 0 && (static_cast<unsigned char>(name[length]) & 0xc0u) == 0x80) --length;
  return escape_pointer_token(visible(name.substr(0, length))) + "…";
}

}  // namespace heyan::core::json
