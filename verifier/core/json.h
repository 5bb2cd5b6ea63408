// JSON, strictly: a reader that refuses what two readers could understand differently, and a
// canonical writer.
//
// Reader: RFC 8259, UTF-8 without BOM, no duplicate names, integers in the 64-bit range, bounded
// depth, size and node count, nothing after the value. A fault names the JSON pointer (RFC 6901) of
// the place. Writer: RFC 8785 (JSON Canonicalization Scheme) for the values that we write; integers
// must lie within +-(2^53-1). Pure, any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/core/limits.h"

namespace heyan::core::json {

class Value;
using Member = std::pair<std::string, Value>;

class Value {
 public:
  using Array = std::vector<Value>;
  using Object = std::vector<Member>;  // in the order of the document; names are unique

  Value() = default;  // null
  Value(std::nullptr_t) {}
  Value(bool value) : data_(value) {}
  Value(int value) : data_(std::int64_t{value}) {}
  Value(std::int64_t value) : data_(value) {}
  Value(std::uint64_t value);  // aborts above 2^63-1: ours to write, never input
  Value(double value) : data_(value) {}
  Value(std::string value) : data_(std::move(value)) {}
  Value(std::string_view value) : data_(std::string(value)) {}
  Value(const char* value) : data_(std::string(value)) {}
  Value(Array value) : data_(std::move(value)) {}
  Value(Object value) : data_(std::move(value)) {}

  bool is_null() const { return std::holds_alternative<std::monostate>(data_); }
  const bool* as_bool() const { return std::get_if<bool>(&data_); }
  const std::int64_t* as_integer() const { return std::get_if<std::int64_t>(&data_); }
  const double* as_double() const { return std::get_if<double>(&data_); }
  const std::string* as_string() const { return std::get_if<std::string>(&data_); }
  const Array* as_array() const { return std::get_if<Array>(&data_); }
  const Object* as_object() const { return std::get_if<Object>(&data_); }

  // The member of that name, or null where this is no object or has none.
  const Value* find(std::string_view name) const;
  // The value at a JSON pointer (RFC 6901), or null.
  const Value* at(std::string_view pointer) const;

  // Building: this must be null or an object (an array for push). Setting a name twice aborts.
  Value& set(std::string_view name, Value value);
  Value& push(Value value);

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> data_;
};

struct ParseError {
  Error error;
  std::string pointer;  // where, as RFC 6901; names longer than 64 bytes cut, controls made visible
};

// Reads one document. Numbers with fraction or exponent become double; "-0" and integers beyond 64
// bits are kMalformed.
std::expected<Value, ParseError> parse(ByteView text, const Limits& limits);

// Canonical JSON. Aborts on a double, on an integer beyond +-(2^53-1), on text that is not UTF-8:
// ours to write.
std::string write_canonical(const Value& value);

// Whether it is a JSON pointer: empty, or "/" before each name, "~" only as "~0" and "~1" (RFC 6901
// section 3).
bool is_pointer(std::string_view text);

// A JSON pointer reference token: "~" and "/" escaped (RFC 6901 section 3).
std::string escape_pointer_token(std::string_view token);

// The same for a name from outside that is shown to people: cut after 64 bytes, controls visible.
std::string shown_pointer_token(std::string_view name);

}  // namespace heyan::core::json
