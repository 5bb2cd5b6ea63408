#include "verifier/ledgers/chainmaker/go_json.h"

#include <algorithm>

#include "verifier/core/json.h"

namespace heyan::ledgers::chainmaker {
namespace {

using core::ErrorCode;
using core::fail;
using core::json::Value;

Result<Bytes> encode(const Value& object, const MessageRule& rule);

Result<Bytes> content_of(const Value& value, const FieldRule& rule) {
  if (rule.kind == FieldKind::kMessage) return encode(value, *rule.message);
  const std::string* text = value.as_string();
  if (text == nullptr) return fail(ErrorCode::kMalformed, "a field is no text");
  if (rule.kind == FieldKind::kText) return core::to_bytes(std::string_view(*text));
  auto bytes = core::from_base64(*text);
  if (!bytes) return fail(ErrorCode::kMalformed, "a field is no base64");
  return *std::move(bytes);
}

Result<Bytes> packed_of(const Value& value) {
  if (value.as_array() == nullptr) return fail(ErrorCode::kMalformed, "a field is no list");
  Bytes packed;
  for (const Value& one : *value.as_array()) {
    const std::int64_t* number = one.as_integer();
    if (number == nullptr || *number < 0) return fail(ErrorCode::kMalformed, "no number in a list");
    put_varint(packed, static_cast<std::uint64_t>(*number));
  }
  return packed;
}

Result<void> put_map(const Value& value, const FieldRule& rule, Bytes& out) {
  if (value.as_object() == nullptr) return fail(ErrorCode::kMalformed, "a field is no object");
  for (const auto& [key, content] : *value.as_object()) {
    HEYAN_TRY(const Bytes bytes, content_of(content, rule.message->fields[1]));
    Bytes entry;
    put_message(entry, 1, core::as_bytes(key));
    put_message(entry, 2, bytes);
    put_message(out, rule.number, entry);
  }
  return {};
}

Result<void> put_field(const Value& value, const FieldRule& rule, Bytes& out) {
  switch (rule.kind) {
    case FieldKind::kUint64:
    case FieldKind::kUint32:
    case FieldKind::kInt64:
    case FieldKind::kInt32: {
      const std::int64_t* number = value.as_integer();
      if (number == nullptr) return fail(ErrorCode::kMalformed, "a field is no number");
      put_number(out, rule.number, static_cast<std::uint64_t>(*number));
      return {};
    }
    case FieldKind::kMap:
      return put_map(value, rule, out);
    case FieldKind::kPacked: {
      HEYAN_TRY(const Bytes packed, packed_of(value));
      put_bytes(out, rule.number, packed);
      return {};
    }
    default: {
      HEYAN_TRY(const Bytes content, content_of(value, rule));
      const bool written = rule.repeated || rule.kind == FieldKind::kMessage;
      if (written) put_message(out, rule.number, content);
      if (!written) put_bytes(out, rule.number, content);
      return {};
    }
  }
}

Result<Bytes> encode(const Value& object, const MessageRule& rule) {
  const Value::Object* members = object.as_object();
  if (members == nullptr) return fail(ErrorCode::kMalformed, "a message is no object");
  for (const auto& [name, value] : *members) {
    if (std::ranges::find(rule.fields, std::string_view(name), &FieldRule::name) ==
        rule.fields.end())
      return fail(ErrorCode::kUnknown, "a message has an unknown member");
  }
  Bytes out;
  for (const FieldRule& field : rule.fields) {
    const Value* value = object.find(field.name);
    if (value == nullptr) continue;
    if (!field.repeated || field.kind == FieldKind::kMap) {
      HEYAN_CHECK_OK(put_field(*value, field, out));
      continue;
    }
    if (value->as_array() == nullptr) return fail(ErrorCode::kMalformed, "a field is no list");
    for (const Value& one : *value->as_array()) HEYAN_CHECK_OK(put_field(one, field, out));
  }
  return out;
}

}  // namespace

Result<Bytes> encode_json(ByteView json, const MessageRule& rule, const core::Limits& limits) {
  const auto document = core::json::parse(json, limits);
  if (!document) return std::unexpected(document.error().error);
  return encode(*document, rule);
}

}  // namespace heyan::ledgers::chainmaker
