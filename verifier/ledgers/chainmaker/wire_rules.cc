#include "verifier/ledgers/chainmaker/wire_rules.h"

#include <algorithm>

#include "verifier/core/limits.h"

namespace heyan::ledgers::chainmaker {
namespace {

using core::ErrorCode;
using core::fail;
using core::WireField;
using core::WireType;

Result<void> check_packed(ByteView bytes) {
  core::Cursor cursor(bytes);
  while (!cursor.at_end()) {
    HEYAN_TRY(const std::uint64_t value, cursor.take_varint());
    if (value > 0xffffffffu) return fail(ErrorCode::kMalformed, "number beyond its type");
  }
  return {};
}

// Has the field the type of its rule? Says whether it holds what an encoder leaves out.
Result<bool> check_scalar(const WireField& field, FieldKind kind) {
  switch (kind) {
    case FieldKind::kUint64:
    case FieldKind::kInt64: {
      HEYAN_TRY(const std::uint64_t value, field.as_uint64());
      return value == 0;
    }
    case FieldKind::kUint32: {
      HEYAN_TRY(const std::uint32_t value, field.as_uint32());
      return value == 0;
    }
    case FieldKind::kInt32: {
      HEYAN_TRY(const std::int32_t value, field.as_int32());
      return value == 0;
    }
    case FieldKind::kText: {
      HEYAN_TRY(const std::string_view value, field.as_utf8());
      return value.empty();
    }
    case FieldKind::kPacked: {
      HEYAN_TRY(const ByteView value, field.as_bytes());
      HEYAN_CHECK_OK(check_packed(value));
      return value.empty();
    }
    case FieldKind::kBytes:
    case FieldKind::kMap:
    case FieldKind::kMessage: {
      HEYAN_TRY(const ByteView value, field.as_bytes());
      return value.empty() && kind == FieldKind::kBytes;
    }
  }
  return fail(ErrorCode::kInternal, "no such kind of field");
}

Result<void> check(ByteView bytes, const MessageRule& rule, Form form, std::size_t depth) {
  if (depth > core::Limits{}.wire_depth) return fail(ErrorCode::kLimit, "nested too deep");
  core::WireReader reader(bytes);
  core::FieldsSeen seen;
  std::uint32_t last = 0;
  while (true) {
    HEYAN_TRY(const auto field, reader.next());
    if (!field) return {};
    const auto known = std::ranges::find(rule.fields, field->number, &FieldRule::number);
    if (known == rule.fields.end())
      return fail(ErrorCode::kUnknown, "unknown field", field->offset);
    if (!known->repeated) HEYAN_CHECK_OK(seen.once(*field));
    if (form == Form::kCanonical && field->number < last)
      return fail(ErrorCode::kNotCanonical, "fields out of order", field->offset);
    last = field->number;
    HEYAN_TRY(const bool empty, check_scalar(*field, known->kind));
    if (form == Form::kCanonical && empty && !known->repeated)
      return fail(ErrorCode::kNotCanonical, "an empty field is written", field->offset);
    if (known->message != nullptr)
      HEYAN_CHECK_OK(check(field->bytes, *known->message, form, depth + 1));
  }
}

void put_tag(Bytes& out, std::uint32_t number, WireType type) {
  put_varint(out, std::uint64_t{number} << 3 | static_cast<std::uint8_t>(type));
}

void append(Bytes& out, ByteView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

// Each field with all its bytes, tag included.
template <typename Visit>
void for_each_field(ByteView message, Visit visit) {
  core::WireReader reader(message);
  std::optional<WireField> pending;
  while (true) {
    const auto field = reader.next();
    if (!field) return;
    const std::size_t end = *field ? (*field)->offset : message.size();
    if (pending) visit(*pending, message.subspan(pending->offset, end - pending->offset));
    if (!*field) return;
    pending = **field;
  }
}

}  // namespace

Result<void> check_message(ByteView bytes, const MessageRule& rule, Form form) {
  return check(bytes, rule, form, 0);
}

Fields::Fields(ByteView checked) {
  for_each_field(checked, [this](const WireField& field, ByteView) { fields_.push_back(field); });
}

const WireField* Fields::find(std::uint32_t number) const {
  const auto found = std::ranges::find(fields_, number, &WireField::number);
  return found == fields_.end() ? nullptr : &*found;
}

ByteView Fields::bytes(std::uint32_t number) const {
  const WireField* field = find(number);
  return field == nullptr ? ByteView() : field->bytes;
}

std::uint64_t Fields::number(std::uint32_t number) const {
  const WireField* field = find(number);
  return field == nullptr ? 0 : field->value;
}

std::int64_t Fields::signed_number(std::uint32_t number) const {
  return static_cast<std::int64_t>(this->number(number));
}

std::vector<ByteView> Fields::all(std::uint32_t number) const {
  std::vector<ByteView> result;
  for (const WireField& field : fields_) {
    if (field.number == number) result.push_back(field.bytes);
  }
  return result;
}

Bytes without(ByteView message, std::initializer_list<std::uint32_t> numbers) {
  Bytes out;
  for_each_field(message, [&](const WireField& field, ByteView whole) {
    if (std::ranges::find(numbers, field.number) == numbers.end()) append(out, whole);
  });
  return out;
}

Bytes with(ByteView message, std::uint32_t number, ByteView content) {
  Bytes out;
  for_each_field(message, [&](const WireField& field, ByteView whole) {
    if (field.number == number) {
      put_message(out, number, content);
    } else {
      append(out, whole);
    }
  });
  return out;
}

void put_varint(Bytes& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<std::uint8_t>(value | 0x80));
  out.push_back(static_cast<std::uint8_t>(value));
}

void put_number(Bytes& out, std::uint32_t number, std::uint64_t value) {
  if (value == 0) return;
  put_tag(out, number, WireType::kVarint);
  put_varint(out, value);
}

void put_bytes(Bytes& out, std::uint32_t number, ByteView value) {
  if (!value.empty()) put_message(out, number, value);
}

void put_message(Bytes& out, std::uint32_t number, ByteView value) {
  put_tag(out, number, WireType::kBytes);
  put_varint(out, value.size());
  append(out, value);
}

}  // namespace heyan::ledgers::chainmaker
