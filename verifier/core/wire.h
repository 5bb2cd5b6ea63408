// A strict reader of the protobuf wire format that hands out views and never copies.
//
// Threat: the bytes are an attacker's. Two readers must not understand one message differently, so
// what generated parsers forgive is refused: tags and lengths that are not minimal varints, groups,
// reserved wire types, numbers outside 1..2^29-1, lengths beyond what remains. Nothing is
// allocated. Nesting is the caller's recursion; bound it with Limits::wire_depth. Meaning is the
// caller's too: which fields are known, which may stand once (FieldsSeen).
//
//   core::WireReader reader(message);
//   core::FieldsSeen seen;
//   while (true) {
//     HEYAN_TRY(const auto field, reader.next());
//     if (!field) break;                                   // the message was consumed exactly
//     HEYAN_CHECK_OK(seen.once(*field));                   // for fields that are not repeated
//     if (field->number == 1) { HEYAN_TRY(header, field->as_bytes()); }
//   }
//
// Source: Protocol Buffers documentation, "Encoding". Value type, any thread; views live as long as
// the input.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "verifier/core/bytes.h"
#include "verifier/core/cursor.h"
#include "verifier/core/error.h"

namespace heyan::core {

// The numbers are those of the encoding; 3 and 4 (groups), 6 and 7 do not exist here.
enum class WireType : std::uint8_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

struct WireField {
  std::uint32_t number = 0;
  WireType type = WireType::kVarint;
  std::uint64_t value = 0;  // of kVarint, kFixed64 and kFixed32
  ByteView bytes;           // of kBytes: bytes, string, a nested message or packed numbers
  std::size_t offset = 0;   // of the tag in the message

  // The value as the type that a schema wants; kMalformed where the wire has another type, or the
  // number does not fit.
  Result<ByteView> as_bytes() const;
  Result<std::string_view> as_utf8() const;  // proto3 string: well-formed UTF-8
  Result<std::uint64_t> as_uint64() const;   // varint: uint64, or int64 in two's complement
  Result<std::uint32_t> as_uint32() const;   // varint: uint32
  Result<std::int32_t> as_int32()
      const;                     // varint: int32 and enum (negative: ten bytes, sign-extended)
  Result<bool> as_bool() const;  // varint: 0 or 1
};

struct WireOptions {
  // false: values of kVarint fields may have padding bytes, as some encoders of signed numbers
  // write them. Tags and lengths are minimal in any case.
  bool minimal_values = true;
};

class WireReader {
 public:
  explicit WireReader(ByteView message, WireOptions options = {})
      : cursor_(message), options_(options) {}

  // The next field, or nothing at the exact end of the message. After an error the reader stands
  // nowhere in particular: do not call it again.
  Result<std::optional<WireField>> next();

 private:
  Result<std::uint64_t> take_value();

  Cursor cursor_;
  WireOptions options_;
};

// Which field numbers below 64 have been met: a field that is not repeated must stand once, since
// generated parsers take the last one (or merge) where another reader takes the first.
class FieldsSeen {
 public:
  // kDuplicate where the field's number was met before. Numbers from 64 on are kUnsupported.
  Result<void> once(const WireField& field);
  bool has(std::uint32_t number) const { return number < 64 && (seen_ >> number & 1u) != 0; }

 private:
  std::uint64_t seen_ = 0;
};

}  // namespace heyan::core
