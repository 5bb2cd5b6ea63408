// Reading one protobuf message of Fabric field by field: strict, by view, every field number known.
//
// Threat: blocks are hostile. Signatures cover the bytes as received, so nothing is ever encoded
// again; a field that stands twice, or that the tables do not name, is refused, because two readers
// could understand it differently. Source: hyperledger/fabric-protos; docs/fabric.md. Pure,
// any thread; views live as long as the input.
#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "verifier/core/wire.h"

namespace heyan::ledgers::fabric {

using core::Bytes;
using core::ByteView;
using core::Result;
using Field = core::WireField;

// A set of field numbers that may stand more than once.
struct Repeated {
  std::uint64_t bits = 0;
  constexpr Repeated(std::initializer_list<unsigned> numbers) {
    for (const unsigned number : numbers) bits |= std::uint64_t{1} << number;
  }
  constexpr bool has(std::uint32_t number) const {
    return number < 64 && (bits >> number & 1u) != 0;
  }
};

// Calls `visit(field)` (a Result<void>) for each field of `message` and consumes it exactly.
template <typename Visit>
Result<void> read_fields(ByteView message, Repeated repeated, Visit&& visit) {
  core::WireReader reader(message);
  core::FieldsSeen seen;
  while (true) {
    HEYAN_TRY(const auto field, reader.next());
    if (!field) return {};
    if (!repeated.has(field->number)) HEYAN_CHECK_OK(seen.once(*field));
    HEYAN_CHECK_OK(visit(*field));
  }
}

// Puts a field where it belongs; kMalformed where the wire has another type.
Result<void> put(ByteView& out, const Field& field);
Result<void> put(std::optional<ByteView>& out, const Field& field);
Result<void> put(std::string_view& out, const Field& field);  // UTF-8
Result<void> put(std::uint64_t& out, const Field& field);
Result<void> put(std::uint32_t& out, const Field& field);
Result<void> put(std::int32_t& out, const Field& field);
Result<void> put(std::int64_t& out, const Field& field);
Result<void> put(bool& out, const Field& field);
Result<void> put(std::vector<ByteView>& out, const Field& field);  // appends
Result<void> put(std::vector<std::string_view>& out, const Field& field);

// The field is known and of no interest here; it still has to be of that wire type.
Result<void> skip_bytes(const Field& field);
Result<void> skip_number(const Field& field);

// kUnknown: the tables do not name this field.
std::unexpected<core::Error> unknown(const Field& field);

// One entry of a protobuf map with text keys.
struct MapEntry {
  std::string_view key;
  ByteView value;
};
Result<MapEntry> read_map_entry(const Field& field);

}  // namespace heyan::ledgers::fabric
