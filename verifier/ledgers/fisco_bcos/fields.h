// The members of an RPC answer in the spellings that nodes and SDKs use: bytes as hexadecimal with
// or without "0x"; numbers as "0x…", as decimal text or as JSON numbers.
//
// Threat: every member is the submitter's. A member that is missing or of another kind is an Error
// whose text is the member's name. Pure, any thread; values view the document.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/core/json.h"

namespace heyan::ledgers::fisco_bcos {

// Hexadecimal of either case, with or without "0x"; an even number of digits.
std::optional<core::Bytes> read_hex(std::string_view text);

class Fields {
 public:
  // kMalformed where `value` is null or no object. `name` is a literal.
  static core::Result<Fields> of(const core::json::Value* value, std::string_view name);

  // False where the member is absent or null. Names are literals: errors carry them.
  bool has(std::string_view name) const;
  core::Result<std::string> text(std::string_view name) const;
  core::Result<core::Bytes> bytes(std::string_view name) const;
  core::Result<core::Bytes> bytes(std::string_view name, std::size_t size) const;
  core::Result<std::uint64_t> number(std::string_view name) const;
  // A number of up to 256 bits, big-endian without leading zeros.
  core::Result<core::Bytes> quantity(std::string_view name) const;
  core::Result<const core::json::Value::Array*> array(std::string_view name) const;
  core::Result<Fields> object(std::string_view name) const;

  // Each element of an array of hexadecimal texts. `size` 0: of any size.
  core::Result<std::vector<core::Bytes>> bytes_list(std::string_view name, std::size_t size) const;
  core::Result<std::vector<std::uint64_t>> number_list(std::string_view name) const;

 private:
  explicit Fields(const core::json::Value& object) : object_(&object) {}
  const core::json::Value* object_;
};

}  // namespace heyan::ledgers::fisco_bcos
