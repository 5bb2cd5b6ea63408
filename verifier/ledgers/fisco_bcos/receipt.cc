#include "verifier/ledgers/fisco_bcos/receipt.h"

#include <algorithm>

#include "verifier/ledgers/fisco_bcos/flat.h"
#include "verifier/ledgers/fisco_bcos/rlp.h"

namespace heyan::ledgers::fisco_bcos {
namespace {

constexpr std::size_t kMostGasDigits = 20;
constexpr std::uint64_t kMostStatus = 1ULL << 24;

struct Log {
  std::string address_text;
  Bytes address;
  std::vector<Bytes> topics;
  Bytes data;
};

Result<std::vector<Log>> read_logs(const Fields& json, std::string_view name) {
  HEYAN_TRY(const auto* entries, json.array(name));
  std::vector<Log> logs;
  for (const core::json::Value& entry : *entries) {
    HEYAN_TRY(const Fields fields, Fields::of(&entry, name));
    Log log;
    HEYAN_TRY(log.address_text, fields.text("address"));
    HEYAN_TRY(log.address, fields.bytes("address", kAddressBytes));
    HEYAN_TRY(log.topics, fields.bytes_list("topics", kHashBytes));
    HEYAN_TRY(log.data, fields.bytes("data"));
    logs.push_back(std::move(log));
  }
  return logs;
}

Bytes encode_logs(const std::vector<Log>& logs) {
  std::vector<Bytes> encoded;
  for (const Log& log : logs) {
    std::vector<Bytes> topics;
    for (const Bytes& topic : log.topics) topics.push_back(encode_rlp_bytes(topic));
    const std::vector<Bytes> parts{encode_rlp_bytes(log.address), encode_rlp_list(topics),
                                   encode_rlp_bytes(log.data)};
    encoded.push_back(encode_rlp_list(parts));
  }
  return encode_rlp_list(encoded);
}

Bytes unless_zero(Bytes address) {
  const bool zero = std::ranges::all_of(address, [](std::uint8_t octet) { return octet == 0; });
  return zero ? Bytes() : address;
}

Result<Receipt> parse_receipt_2(const Fields& json) {
  Receipt receipt;
  HEYAN_TRY(const Bytes root, json.bytes("root", kHashBytes));
  HEYAN_TRY(const Bytes gas_used, json.quantity("gasUsed"));
  HEYAN_TRY(const Bytes contract, json.bytes("contractAddress", kAddressBytes));
  HEYAN_TRY(const Bytes bloom, json.bytes("logsBloom", kBloomBytes));
  HEYAN_TRY(receipt.status, json.number("status"));
  HEYAN_TRY(const Bytes output, json.bytes("output"));
  HEYAN_TRY(const std::vector<Log> logs, read_logs(json, "logs"));
  receipt.contract = unless_zero(contract);
  std::vector<Bytes> items{
      encode_rlp_bytes(root),  encode_rlp_number(gas_used),       encode_rlp_bytes(contract),
      encode_rlp_bytes(bloom), encode_rlp_number(receipt.status), encode_rlp_bytes(output)};
  // From 2.9 on, where the chain's own compatibility says so; JSON alone does not tell.
  if (json.has("remainGas")) {
    HEYAN_TRY(const Bytes remaining, json.quantity("remainGas"));
    std::vector<Bytes> with = items;
    with.push_back(encode_rlp_number(remaining));
    with.push_back(encode_logs(logs));
    receipt.preimages.push_back(encode_rlp_list(with));
  }
  items.push_back(encode_logs(logs));
  receipt.preimages.push_back(encode_rlp_list(items));
  if (json.has("transactionIndex")) {
    HEYAN_TRY(receipt.index, json.number("transactionIndex"));
  }
  if (json.has("blockNumber")) {
    HEYAN_TRY(receipt.block, json.number("blockNumber"));
  }
  return receipt;
}

std::string without_prefix(const std::string& text) {
  return text.starts_with("0x") ? text.substr(2) : text;
}

Result<Receipt> parse_receipt_3(const Fields& json) {
  Receipt receipt;
  HEYAN_TRY(const std::uint64_t version, json.number("version"));
  if (version > 1) return core::fail(core::ErrorCode::kUnsupported, "version");
  HEYAN_TRY(const std::string gas_used, json.text("gasUsed"));
  // Digits only, and few: the address that follows without a length must not look like gas.
  const bool decimal =
      std::ranges::all_of(gas_used, [](char digit) { return digit >= '0' && digit <= '9'; });
  if (!decimal || gas_used.empty() || gas_used.size() > kMostGasDigits)
    return core::fail(core::ErrorCode::kMalformed, "gasUsed");
  HEYAN_TRY(const std::string contract, json.text("contractAddress"));
  const auto address = read_hex(contract);
  if (!address || (!address->empty() && address->size() != kAddressBytes))
    return core::fail(core::ErrorCode::kUnsupported, "contractAddress");
  receipt.contract = unless_zero(*address);
  HEYAN_TRY(receipt.status, json.number("status"));
  if (receipt.status >= kMostStatus) return core::fail(core::ErrorCode::kMalformed, "status");
  HEYAN_TRY(const Bytes output, json.bytes("output"));
  std::string gas_price;
  if (version >= 1) {
    HEYAN_TRY(gas_price, json.text("effectiveGasPrice"));
  }
  HEYAN_TRY(const std::vector<Log> logs, read_logs(json, "logEntries"));
  HEYAN_TRY(receipt.block, json.number("blockNumber"));
  // JSON may show addresses with 0x that are stored without.
  for (const bool stripped_contract : {false, true}) {
    for (const bool stripped_logs : {false, true}) {
      Flat flat;
      flat.put_u32(static_cast<std::uint32_t>(version)).put(gas_used);
      flat.put(stripped_contract ? without_prefix(contract) : contract);
      flat.put_u32(static_cast<std::uint32_t>(receipt.status)).put(output).put(gas_price);
      for (const Log& log : logs) {
        flat.put(stripped_logs ? without_prefix(log.address_text) : log.address_text);
        for (const Bytes& topic : log.topics) flat.put(topic);
        flat.put(log.data);
      }
      flat.put_u64(*receipt.block);
      receipt.preimages.push_back(std::move(flat).take());
    }
  }
  HEYAN_TRY(receipt.stated_hash, json.bytes("hash", kHashBytes));
  return receipt;
}

}  // namespace

Result<Receipt> parse_receipt(const Fields& json, Generation generation) {
  HEYAN_TRY(Receipt receipt,
            generation == Generation::k2 ? parse_receipt_2(json) : parse_receipt_3(json));
  if (json.has("transactionHash")) {
    HEYAN_TRY(receipt.transaction_hash, json.bytes("transactionHash", kHashBytes));
  }
  return receipt;
}

}  // namespace heyan::ledgers::fisco_bcos
