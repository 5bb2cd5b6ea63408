// The JSON reader on any bytes: what it accepts is written canonically, reads back, and is then
// stable.
#include <algorithm>
#include <cstdlib>

#include "verifier/core/json.h"
#include "verifier/core/text.h"

namespace {

using heyan::core::json::Value;

void require(bool condition) {
  if (!condition) std::abort();
}

// Canonical JSON of ours has no doubles and only integers that a double holds.
bool is_writable(const Value& value) {
  constexpr std::int64_t kMax = (std::int64_t{1} << 53) - 1;
  if (value.as_double() != nullptr) return false;
  if (const auto* number = value.as_integer()) return *number <= kMax && *number >= -kMax;
  if (const auto* array = value.as_array()) return std::ranges::all_of(*array, is_writable);
  if (const auto* object = value.as_object()) {
    return std::ranges::all_of(*object,
                               [](const auto& member) { return is_writable(member.second); });
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const heyan::core::Limits limits;
  const auto value = heyan::core::json::parse({data, size}, limits);
  if (!value) {
    require(value.error().error.offset <= size);
    require(heyan::core::is_utf8(value.error().pointer));
    require(!heyan::core::has_control(value.error().pointer));
    return 0;
  }
  if (!is_writable(*value)) return 0;
  const std::string text = write_canonical(*value);
  const auto again = heyan::core::json::parse(heyan::core::as_bytes(text), limits);
  require(again.has_value() && write_canonical(*again) == text);
  return 0;
}
