// The members of a JSON object all of whose names are known. For the folders beneath
// verifier/ledgers.
//
// Threat: a member that one reader knows and another skips lets one document say two things, so an
// unknown one is an error. Errors: kMalformed (absent, of another kind, not that notation),
// kUnknown. Pure, any thread; values view the document.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/core/json.h"

namespace heyan::ledgers {

using Bytes32 = std::array<std::uint8_t, 32>;

// Sixty-four lower-case hexadecimal digits.
inline std::optional<Bytes32> read_hex32(std::string_view text) {
  const auto bytes = core::from_hex(text);
  Bytes32 value{};
  if (!bytes || bytes->size() != value.size() || core::to_hex(*bytes) != text) return std::nullopt;
  std::ranges::copy(*bytes, value.begin());
  return value;
}

class Members {
 public:
  using Value = core::json::Value;

  static core::Result<Members> of(const Value* value, std::span<const std::string_view> known) {
    const auto* object = value == nullptr ? nullptr : value->as_object();
    if (object == nullptr) return core::fail(core::ErrorCode::kMalformed, "not a JSON object");
    for (const auto& [name, member] : *object) {
      if (std::ranges::find(known, name) == known.end())
        return core::fail(core::ErrorCode::kUnknown, "a member that the format does not have");
    }
    return Members(*value);
  }

  const Value* find(std::string_view name) const { return object_->find(name); }

  core::Result<std::string_view> text(std::string_view name) const {
    const Value* value = find(name);
    if (value == nullptr || value->as_string() == nullptr) return wrong();
    return std::string_view(*value->as_string());
  }
  core::Result<const Value::Array*> array(std::string_view name) const {
    const Value* value = find(name);
    if (value == nullptr || value->as_array() == nullptr) return wrong();
    return value->as_array();
  }
  core::Result<Bytes32> hex32(std::string_view name) const {
    HEYAN_TRY(const std::string_view digits, text(name));
    const auto value = read_hex32(digits);
    if (!value) return wrong();
    return *value;
  }
  core::Result<core::Bytes> base64(std::string_view name) const {
    HEYAN_TRY(const std::string_view encoded, text(name));
    auto value = core::from_base64(encoded);
    if (!value) return wrong();
    return *std::move(value);
  }

 private:
  explicit Members(const Value& object) : object_(&object) {}
  static std::unexpected<core::Error> wrong() {
    return core::fail(core::ErrorCode::kMalformed, "a member is missing, or not as it must be");
  }

  const Value* object_;
};

}  // namespace heyan::ledgers
