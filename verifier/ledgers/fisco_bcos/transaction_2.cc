// Transactions of 2.x: RLP of ten items, then v, r and s.
#include <algorithm>
#include <array>

#include "verifier/ledgers/fisco_bcos/rlp.h"
#include "verifier/ledgers/fisco_bcos/transaction_forms.h"

namespace heyan::ledgers::fisco_bcos {
namespace {

constexpr std::size_t kItems = 13;
constexpr std::size_t kSignedItems = 10;
constexpr std::size_t kNumberBytes = 32;
constexpr std::uint8_t kVBase = 27;  // added to the recovery id where it is hashed

enum Item : std::uint8_t {
  kNonce,
  kGasPrice,
  kGas,
  kBlockLimit,
  kTo,
  kValue,
  kInput,
  kChainId,
  kGroupId,
  kExtraData,
  kV,
  kR,
  kS
};

// Small numbers as text, as trust lists name chains and groups.
Result<std::string> decimal(ByteView number, std::string_view name) {
  if (number.size() > 8) return core::fail(core::ErrorCode::kMalformed, name);
  std::uint64_t value = 0;
  for (const std::uint8_t octet : number) value = value << 8 | octet;
  return std::to_string(value);
}

Bytes padded(ByteView number) {
  Bytes result(kNumberBytes);
  std::ranges::copy(number, result.end() - static_cast<std::ptrdiff_t>(number.size()));
  return result;
}

Result<unsigned> recovery_id(ByteView v) {
  if (v.size() > 1) return core::fail(core::ErrorCode::kMalformed, "v");
  const unsigned value = v.empty() ? 0 : v.front();
  const unsigned id = value >= kVBase ? value - kVBase : value;
  if (id > 1) return core::fail(core::ErrorCode::kMalformed, "v");
  return id;
}

Result<Transaction> from_items(const std::array<Bytes, kItems>& plain, const Form& form) {
  Transaction transaction;
  if (!plain.at(kTo).empty() && plain.at(kTo).size() != kAddressBytes)
    return core::fail(core::ErrorCode::kMalformed, "to");
  transaction.to = plain.at(kTo);
  transaction.input = plain.at(kInput);
  HEYAN_TRY(transaction.chain_id, decimal(plain.at(kChainId), "chainId"));
  HEYAN_TRY(transaction.group_id, decimal(plain.at(kGroupId), "groupId"));
  const Bytes r = padded(plain.at(kR));
  const Bytes s = padded(plain.at(kS));
  transaction.signature.rs = r;
  transaction.signature.rs.insert(transaction.signature.rs.end(), s.begin(), s.end());
  std::vector<Bytes> encoded;
  for (std::size_t item = 0; item < kItems; ++item) {
    const bool is_text = item == kTo || item == kInput || item == kExtraData;
    const bool is_bytes = is_text || (item == kV && form.is_sm());
    encoded.push_back(is_bytes ? encode_rlp_bytes(plain.at(item))
                               : encode_rlp_number(plain.at(item)));
  }
  if (form.is_sm()) {
    if (plain.at(kV).size() != kNodeIdBytes) return core::fail(core::ErrorCode::kMalformed, "v");
    transaction.signature.public_key = plain.at(kV);
  } else {
    HEYAN_TRY(transaction.signature.recovery_id, recovery_id(plain.at(kV)));
    encoded.at(kV) = encode_rlp_number(transaction.signature.recovery_id + kVBase);
  }
  transaction.preimages.push_back(encode_rlp_list(encoded));
  transaction.signed_preimages.push_back(
      encode_rlp_list(std::span<const Bytes>(encoded).first(kSignedItems)));
  return transaction;
}

}  // namespace

Result<Transaction> parse_transaction_2(const Fields& json, const Form& form) {
  if (!json.has("chainId") || !json.has("groupId"))
    return core::fail(core::ErrorCode::kUnsupported, "chainId");
  std::array<Bytes, kItems> plain;
  HEYAN_TRY(plain.at(kNonce), json.quantity("nonce"));
  HEYAN_TRY(plain.at(kGasPrice), json.quantity("gasPrice"));
  HEYAN_TRY(plain.at(kGas), json.quantity("gas"));
  HEYAN_TRY(plain.at(kBlockLimit), json.quantity("blockLimit"));
  if (json.has("to")) {
    HEYAN_TRY(plain.at(kTo), json.bytes("to"));
    // A node prints the creation of a contract as a call of address zero.
    const bool zero = std::ranges::all_of(plain.at(kTo), [](std::uint8_t one) { return one == 0; });
    if (zero) plain.at(kTo).clear();
  }
  HEYAN_TRY(plain.at(kValue), json.quantity("value"));
  HEYAN_TRY(plain.at(kInput), json.bytes("input"));
  HEYAN_TRY(plain.at(kChainId), json.quantity("chainId"));
  HEYAN_TRY(plain.at(kGroupId), json.quantity("groupId"));
  HEYAN_TRY(plain.at(kExtraData), json.bytes("extraData"));
  HEYAN_TRY(const Fields signature, json.object("signature"));
  if (form.is_sm()) {
    HEYAN_TRY(plain.at(kV), signature.bytes("v", kNodeIdBytes));
  } else {
    HEYAN_TRY(plain.at(kV), signature.quantity("v"));
  }
  HEYAN_TRY(plain.at(kR), signature.quantity("r"));
  HEYAN_TRY(plain.at(kS), signature.quantity("s"));
  HEYAN_TRY(Transaction transaction, from_items(plain, form));
  HEYAN_TRY(transaction.stated_hash, json.bytes("hash", kHashBytes));
  HEYAN_TRY(transaction.from, json.bytes("from", kAddressBytes));
  HEYAN_TRY(transaction.index, json.number("transactionIndex"));
  return transaction;
}

Result<Transaction> parse_raw_transaction(ByteView raw, const Form& form) {
  HEYAN_TRY(const std::vector<RlpItem> items, parse_rlp_list(raw, kItems));
  if (items.size() == kItems - 3)  // before chain and group were added
    return core::fail(core::ErrorCode::kUnsupported, "rawTransaction");
  if (items.size() != kItems) return core::fail(core::ErrorCode::kMalformed, "rawTransaction");
  std::array<Bytes, kItems> plain;
  for (std::size_t i = 0; i < kItems; ++i) {
    const bool is_text = i == kTo || i == kInput || i == kExtraData || (i == kV && form.is_sm());
    const ByteView payload = items[i].payload;
    const bool number = payload.size() <= kNumberBytes && (payload.empty() || payload.front() != 0);
    if (items[i].is_list || (!is_text && !number))
      return core::fail(core::ErrorCode::kNotCanonical, "rawTransaction");
    plain.at(i) = core::to_bytes(payload);
  }
  HEYAN_TRY(Transaction transaction, from_items(plain, form));
  // Reading and writing again must give the same bytes, or another transaction was read.
  if (!core::equal(transaction.preimages.front(), raw))
    return core::fail(core::ErrorCode::kNotCanonical, "rawTransaction");
  return transaction;
}

}  // namespace heyan::ledgers::fisco_bcos
