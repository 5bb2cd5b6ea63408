// Transactions of 3.x: fields one after the other, without lengths.
#include <algorithm>

#include "verifier/ledgers/fisco_bcos/flat.h"
#include "verifier/ledgers/fisco_bcos/transaction_forms.h"

namespace heyan::ledgers::fisco_bcos {
namespace {

constexpr std::uint64_t kLastVersion = 2;
constexpr std::size_t kMostNonceBytes = 78;  // digits of a 256-bit number
constexpr std::size_t kAddressDigits = 2 * kAddressBytes;
constexpr std::size_t kMostNameBytes = 64;
constexpr std::uint64_t kMostBlockLimit = 1ULL << 48;

bool is_digit(std::uint8_t octet) { return octet >= '0' && octet <= '9'; }
bool is_hex_digit(std::uint8_t octet) {
  return is_digit(octet) || (octet >= 'a' && octet <= 'f') || (octet >= 'A' && octet <= 'F');
}

// A nonce that holds what could be an address could be a shorter nonce with another callee behind
// it. Clients use 16 to 32 bytes, or the decimal text of a 256-bit number, which is let through.
bool is_plain_nonce(ByteView nonce) {
  if (nonce.empty() || nonce.size() > kMostNonceBytes) return false;
  if (std::ranges::all_of(nonce, is_digit)) return true;
  std::size_t run = 0;
  for (const std::uint8_t octet : nonce) {
    run = is_hex_digit(octet) ? run + 1 : 0;
    if (run >= kAddressDigits) return false;
  }
  return true;
}

// Chains and groups have names of letters, digits and a few signs: no zero byte, with which the
// block limit begins.
Result<std::string> read_name(const Fields& json, std::string_view name) {
  HEYAN_TRY(std::string text, json.text(name));
  const bool plain = std::ranges::all_of(text, [](char sign) { return sign > ' ' && sign < 0x7f; });
  if (!plain || text.size() > kMostNameBytes) return core::fail(core::ErrorCode::kMalformed, name);
  return text;
}

// The text itself, or what it says in hexadecimal: nodes before 3.3 print the one, later ones the
// other.
Result<std::vector<Bytes>> nonces(const Fields& json) {
  HEYAN_TRY(const std::string text, json.text("nonce"));
  std::vector<Bytes> forms;
  if (is_plain_nonce(core::as_bytes(text))) forms.push_back(core::to_bytes(text));
  const auto decoded = read_hex(text);
  if (decoded && is_plain_nonce(*decoded)) forms.push_back(*decoded);
  if (forms.empty()) return core::fail(core::ErrorCode::kMalformed, "nonce");
  return forms;
}

Result<Bytes> callee(const std::string& text) {
  if (text.empty()) return Bytes();
  auto address = read_hex(text);
  if (!address || address->size() != kAddressBytes)
    return core::fail(core::ErrorCode::kUnsupported, "to");
  return *std::move(address);
}

// Signed characters, as numbers.
Result<Bytes> extension(const Fields& json) {
  HEYAN_TRY(const auto* values, json.array("extension"));
  Bytes bytes;
  for (const core::json::Value& value : *values) {
    const std::int64_t* number = value.as_integer();
    if (number == nullptr || *number < -128 || *number > 255)
      return core::fail(core::ErrorCode::kMalformed, "extension");
    bytes.push_back(static_cast<std::uint8_t>(*number));
  }
  return bytes;
}

// What follows `abi`, in the forms that the JSON leaves open: a node prints an empty value as 0x0.
Result<std::vector<Bytes>> tails(const Fields& json, std::uint64_t version) {
  if (version == 0) return std::vector<Bytes>(1);
  HEYAN_TRY(const std::string value, json.text("value"));
  HEYAN_TRY(const std::string gas_price, json.text("gasPrice"));
  HEYAN_TRY(const std::uint64_t gas_limit, json.number("gasLimit"));
  HEYAN_TRY(const std::string max_fee, json.text("maxFeePerGas"));
  HEYAN_TRY(const std::string max_priority_fee, json.text("maxPriorityFeePerGas"));
  Bytes extra;
  if (version >= 2) {
    HEYAN_TRY(extra, extension(json));
  }
  std::vector<std::string> values{value};
  if (value == "0x0") values.emplace_back();
  std::vector<Bytes> result;
  for (const std::string& one : values) {
    Flat flat;
    flat.put(one).put(gas_price).put_u64(gas_limit).put(max_fee).put(max_priority_fee).put(extra);
    result.push_back(std::move(flat).take());
  }
  return result;
}

}  // namespace

Result<Transaction> parse_transaction_3(const Fields& json, const Form& form) {
  if (json.has("type")) {
    HEYAN_TRY(const std::uint64_t type, json.number("type"));
    if (type != 0) return core::fail(core::ErrorCode::kUnsupported, "type");
  }
  HEYAN_TRY(const std::uint64_t version, json.number("version"));
  if (version > kLastVersion) return core::fail(core::ErrorCode::kUnsupported, "version");
  Transaction transaction;
  HEYAN_TRY(transaction.chain_id, read_name(json, "chainID"));
  HEYAN_TRY(transaction.group_id, read_name(json, "groupID"));
  HEYAN_TRY(const std::uint64_t block_limit, json.number("blockLimit"));
  if (block_limit >= kMostBlockLimit) return core::fail(core::ErrorCode::kMalformed, "blockLimit");
  // A node's JSON shows Web3-type transactions like others; they have no group and no block limit.
  if (block_limit == 0 && transaction.group_id.empty())
    return core::fail(core::ErrorCode::kUnsupported, "type");
  HEYAN_TRY(const std::string to, json.text("to"));
  HEYAN_TRY(transaction.to, callee(to));
  HEYAN_TRY(transaction.input, json.bytes("input"));
  HEYAN_TRY(const std::string abi, json.text("abi"));
  HEYAN_TRY(const std::vector<Bytes> nonce_forms, nonces(json));
  HEYAN_TRY(const std::vector<Bytes> tail_forms, tails(json, version));
  for (const Bytes& nonce : nonce_forms) {
    for (const Bytes& tail : tail_forms) {
      Flat flat;
      flat.put_u32(static_cast<std::uint32_t>(version)).put(transaction.chain_id);
      flat.put(transaction.group_id).put_u64(block_limit).put(nonce).put(to);
      flat.put(transaction.input).put(abi).put(tail);
      transaction.preimages.push_back(std::move(flat).take());
    }
  }
  transaction.signed_preimages = transaction.preimages;
  HEYAN_TRY(transaction.stated_hash, json.bytes("hash", kHashBytes));
  // Every signature recovers to some key: without the account there is nothing to compare.
  HEYAN_TRY(transaction.from, json.bytes("from", kAddressBytes));
  HEYAN_TRY(const Bytes signature, json.bytes("signature"));
  HEYAN_TRY(transaction.signature, read_account_signature(signature, form));
  return transaction;
}

}  // namespace heyan::ledgers::fisco_bcos
