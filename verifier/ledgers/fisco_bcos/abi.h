// Contract ABI: the arguments of a call, strictly.
//
// Threat: a lax decoder lets one call be read in two ways. Accepted is only the encoding that
// compilers write: heads and tails in order, nothing between, padding of zeros, nothing after.
// Source: Solidity documentation, Contract ABI Specification ("Strict Encoding Mode"). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/ledgers/fisco_bcos/form.h"

namespace heyan::ledgers::fisco_bcos {

enum class AbiKind : std::uint8_t {
  kUnsigned,
  kSigned,
  kAddress,
  kBool,
  kFixedBytes,
  kBytes,
  kString
};

struct AbiType {
  AbiKind kind = AbiKind::kBytes;
  std::size_t bytes = 32;  // of a value with a fixed size
  bool operator==(const AbiType&) const = default;
};

struct Method {
  std::string signature;  // canonical: "newEvidence(string,uint8)"
  std::vector<AbiType> types;
  // Nothing where the text is no method: names of letters, digits, "_" and "$"; canonical type
  // names without white space ("uint256", not "uint"); no arrays or tuples.
  static std::optional<Method> parse(std::string_view text);
};

struct Argument {
  AbiType type;
  Bytes value;  // without padding: `bytes` octets of a fixed type, else the content
};

// `data`: what follows the selector.
Result<std::vector<Argument>> decode_arguments(const Method& method, ByteView data);

// As people read it: text as it stands, numbers in decimal up to 64 bits, everything else in
// hexadecimal with "0x".
std::string to_text(const Argument& argument);

}  // namespace heyan::ledgers::fisco_bcos
