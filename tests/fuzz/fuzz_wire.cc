// The protobuf wire reader on any bytes: what it accepts has one encoding, so that encoding it
// again gives the same bytes. Nested messages are followed as far as they can be read.
#include <cstdlib>

#include "verifier/core/limits.h"
#include "verifier/core/wire.h"

namespace {

using heyan::core::Bytes;
using heyan::core::ByteView;
using heyan::core::WireField;
using heyan::core::WireType;

void require(bool condition) {
  if (!condition) std::abort();
}

void put_varint(std::uint64_t value, Bytes& out) {
  for (; value > 0x7f; value >>= 7) out.push_back(static_cast<std::uint8_t>(value | 0x80));
  out.push_back(static_cast<std::uint8_t>(value));
}

void put(const WireField& field, Bytes& out) {
  put_varint(std::uint64_t{field.number} << 3 | static_cast<unsigned>(field.type), out);
  if (field.type == WireType::kVarint) return put_varint(field.value, out);
  if (field.type == WireType::kBytes) {
    put_varint(field.bytes.size(), out);
    out.insert(out.end(), field.bytes.begin(), field.bytes.end());
    return;
  }
  const int width = field.type == WireType::kFixed64 ? 8 : 4;
  for (int i = 0; i < width; ++i) out.push_back(static_cast<std::uint8_t>(field.value >> (8 * i)));
}

void read(ByteView message, std::size_t depth) {
  heyan::core::WireReader reader(message);
  heyan::core::WireReader lenient(message, {.minimal_values = false});
  heyan::core::FieldsSeen seen;
  Bytes again;
  while (true) {
    const auto field = reader.next();
    if (!field) return;
    const auto same = lenient.next();
    require(same.has_value() && same->has_value() == field->has_value());
    if (!*field) break;
    require((*field)->offset == again.size() && (*same)->value == (*field)->value);
    put(**field, again);
    const bool repeated = seen.has((*field)->number);
    require(seen.once(**field).has_value() == ((*field)->number < 64 && !repeated));
    if ((*field)->type == WireType::kBytes && depth > 0) read((*field)->bytes, depth - 1);
  }
  require(heyan::core::equal(again, message));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  read({data, size}, heyan::core::Limits().wire_depth);
  return 0;
}
