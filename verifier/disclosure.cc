#include "verifier/disclosure.h"

#include "verifier/core/json.h"
#include "verifier/core/text.h"
#include "verifier/crypto/digest.h"
#include "verifier/crypto/hmac.h"

namespace heyan {

using core::json::Value;

Disclosure disclose(std::string_view salt_key, std::string pointer, std::string_view value) {
  core::Bytes salt = crypto::hmac_sha256(core::as_bytes(salt_key), core::as_bytes(pointer));
  return {.pointer = std::move(pointer),
          .value = core::is_utf8(value) ? std::string(value) : core::visible(value),
          .salt = std::move(salt)};
}

std::string encode_disclosure(const Disclosure& disclosure) {
  Value array{Value::Array{}};
  array.push(core::to_base64url(disclosure.salt));
  array.push(disclosure.pointer).push(disclosure.value);
  return core::to_base64url(core::as_bytes(core::json::write_canonical(array)));
}

std::optional<Disclosure> parse_disclosure(std::string_view text) {
  const auto bytes = core::from_base64url(text);
  if (!bytes) return std::nullopt;
  core::Limits limits;
  limits.json_bytes = bytes->size();
  const auto parsed = core::json::parse(*bytes, limits);
  const Value::Array* array = parsed ? parsed->as_array() : nullptr;
  if (array == nullptr || array->size() != 3) return std::nullopt;
  const std::string* salt = array->at(0).as_string();
  const std::string* pointer = array->at(1).as_string();
  const std::string* value = array->at(2).as_string();
  if (salt == nullptr || pointer == nullptr || value == nullptr) return std::nullopt;
  auto salt_bytes = core::from_base64url(*salt);
  if (!salt_bytes || salt_bytes->size() != kSaltBytes) return std::nullopt;
  Disclosure disclosure{.pointer = *pointer, .value = *value, .salt = *std::move(salt_bytes)};
  if (encode_disclosure(disclosure) != text) return std::nullopt;
  return disclosure;
}

core::Bytes commitment_to(const Disclosure& disclosure) {
  return crypto::sha256(core::as_bytes(encode_disclosure(disclosure)));
}

}  // namespace heyan
