#include "verifier/ledgers/fisco_bcos/fields.h"

#include <algorithm>
#include <charconv>

namespace heyan::ledgers::fisco_bcos {
namespace {

using core::Bytes;
using core::Result;
using core::json::Value;

constexpr std::size_t kQuantityBytes = 32;

std::unexpected<core::Error> malformed(std::string_view name) {
  return core::fail(core::ErrorCode::kMalformed, name);
}

bool has_prefix(std::string_view text) { return text.starts_with("0x"); }

std::optional<std::uint64_t> read_number(const Value& value) {
  if (const auto* integer = value.as_integer())
    return *integer < 0 ? std::nullopt : std::optional(static_cast<std::uint64_t>(*integer));
  const std::string* text = value.as_string();
  if (text == nullptr) return std::nullopt;
  const bool hexadecimal = has_prefix(*text);
  const std::string_view digits = std::string_view(*text).substr(hexadecimal ? 2 : 0);
  std::uint64_t number = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number, hexadecimal ? 16 : 10);
  const bool whole = error == std::errc() && end == digits.data() + digits.size();
  return whole ? std::optional(number) : std::nullopt;
}

Bytes without_leading_zeros(Bytes number) {
  number.erase(number.begin(),
               std::ranges::find_if(number, [](std::uint8_t octet) { return octet != 0; }));
  return number;
}

}  // namespace

std::optional<Bytes> read_hex(std::string_view text) {
  return core::from_hex(has_prefix(text) ? text.substr(2) : text);
}

Result<Fields> Fields::of(const Value* value, std::string_view name) {
  if (value == nullptr || value->as_object() == nullptr) return malformed(name);
  return Fields(*value);
}

bool Fields::has(std::string_view name) const {
  const Value* value = object_->find(name);
  return value != nullptr && !value->is_null();
}

Result<std::string> Fields::text(std::string_view name) const {
  const Value* value = object_->find(name);
  if (value == nullptr || value->as_string() == nullptr) return malformed(name);
  return *value->as_string();
}

Result<Bytes> Fields::bytes(std::string_view name) const {
  HEYAN_TRY(const std::string digits, text(name));
  auto bytes = read_hex(digits);
  if (!bytes) return malformed(name);
  return *std::move(bytes);
}

Result<Bytes> Fields::bytes(std::string_view name, std::size_t size) const {
  HEYAN_TRY(Bytes result, bytes(name));
  if (result.size() != size) return malformed(name);
  return result;
}

Result<std::uint64_t> Fields::number(std::string_view name) const {
  const Value* value = object_->find(name);
  const auto number = value != nullptr ? read_number(*value) : std::nullopt;
  if (!number) return malformed(name);
  return *number;
}

Result<Bytes> Fields::quantity(std::string_view name) const {
  const Value* value = object_->find(name);
  if (value == nullptr) return malformed(name);
  const std::string* text = value->as_string();
  if (text != nullptr && has_prefix(*text)) {
    const std::string digits = text->substr(2);
    auto bytes = core::from_hex(digits.size() % 2 == 0 ? digits : "0" + digits);
    if (digits.empty() || !bytes) return malformed(name);
    Bytes quantity = without_leading_zeros(*std::move(bytes));
    if (quantity.size() > kQuantityBytes) return malformed(name);
    return quantity;
  }
  HEYAN_TRY(const std::uint64_t small, number(name));
  Bytes bytes;
  for (int shift = 56; shift >= 0; shift -= 8)
    bytes.push_back(static_cast<std::uint8_t>(small >> shift));
  return without_leading_zeros(std::move(bytes));
}

Result<const Value::Array*> Fields::array(std::string_view name) const {
  const Value* value = object_->find(name);
  if (value == nullptr || value->as_array() == nullptr) return malformed(name);
  return value->as_array();
}

Result<Fields> Fields::object(std::string_view name) const {
  return Fields::of(object_->find(name), name);
}

Result<std::vector<Bytes>> Fields::bytes_list(std::string_view name, std::size_t size) const {
  HEYAN_TRY(const Value::Array* values, array(name));
  std::vector<Bytes> result;
  for (const Value& value : *values) {
    auto bytes = value.as_string() != nullptr ? read_hex(*value.as_string()) : std::nullopt;
    if (!bytes || (size != 0 && bytes->size() != size)) return malformed(name);
    result.push_back(*std::move(bytes));
  }
  return result;
}

Result<std::vector<std::uint64_t>> Fields::number_list(std::string_view name) const {
  HEYAN_TRY(const Value::Array* values, array(name));
  std::vector<std::uint64_t> result;
  for (const Value& value : *values) {
    const auto number = read_number(value);
    if (!number) return malformed(name);
    result.push_back(*number);
  }
  return result;
}

}  // namespace heyan::ledgers::fisco_bcos
