// Messages of ChainMaker on the wire: a table of rules for each, a check of bytes against it, and
// access to the fields of bytes that passed.
//
// Threat: what is hashed is the encoding that the engine's own encoder would write. Whatever could
// be read and written otherwise is refused: fields out of order, zero or empty scalars that are
// written, unknown fields, padded numbers. Then the bytes offered are the canonical ones, and what
// was hashed and what was read are one thing. Source: Protocol Buffers, "Encoding"; gogo/protobuf
// (the encoder of chainmaker pb-go). Pure, any thread; views live as long as the bytes.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/core/wire.h"

namespace heyan::ledgers::chainmaker {

using core::Bytes;
using core::ByteView;
using core::Result;

enum class FieldKind : std::uint8_t {
  kUint64,
  kUint32,
  kInt64,
  kInt32,
  kText,
  kBytes,
  kMessage,
  kMap,
  kPacked
};

struct MessageRule;

struct FieldRule {
  std::uint32_t number = 0;
  FieldKind kind = FieldKind::kBytes;
  std::string_view name;  // as protobuf and Go's JSON have it
  bool repeated = false;
  const MessageRule* message = nullptr;  // of kMessage, and of an entry of kMap
};

struct MessageRule {
  std::span<const FieldRule> fields;  // in ascending order
};

enum class Form : std::uint8_t {
  kCanonical,  // as the encoder writes it, to the byte
  kLoose,      // known fields in any order, zeros written or not; still each at most once
};

// Everything beneath too. kNotCanonical, kDuplicate, kUnknown, or what the reader refuses.
Result<void> check_message(ByteView bytes, const MessageRule& rule, Form form = Form::kCanonical);

// The fields of a message that check_message passed; of any other message, those before the fault.
class Fields {
 public:
  explicit Fields(ByteView checked);

  bool has(std::uint32_t number) const { return find(number) != nullptr; }
  // Empty or zero where the field is absent.
  ByteView bytes(std::uint32_t number) const;
  std::string_view text(std::uint32_t number) const { return core::as_text(bytes(number)); }
  std::uint64_t number(std::uint32_t number) const;
  std::int64_t signed_number(std::uint32_t number) const;
  std::vector<ByteView> all(std::uint32_t number) const;

 private:
  const core::WireField* find(std::uint32_t number) const;

  std::vector<core::WireField> fields_;
};

// The message without those fields; the others as they stand.
Bytes without(ByteView message, std::initializer_list<std::uint32_t> numbers);
// The message with another content of that field, which it has.
Bytes with(ByteView message, std::uint32_t number, ByteView content);

// Writing. A zero or empty scalar is left out; a message is written even where it is empty.
void put_varint(Bytes& out, std::uint64_t value);
void put_number(Bytes& out, std::uint32_t number, std::uint64_t value);
void put_bytes(Bytes& out, std::uint32_t number, ByteView value);
void put_message(Bytes& out, std::uint32_t number, ByteView value);

}  // namespace heyan::ledgers::chainmaker
