#include "verifier/ledgers/fisco_bcos/header.h"

#include <algorithm>

#include "verifier/ledgers/fisco_bcos/flat.h"
#include "verifier/ledgers/fisco_bcos/rlp.h"

namespace heyan::ledgers::fisco_bcos {
namespace {

constexpr std::size_t kMostSealers = 1'000;
constexpr std::uint64_t kMostWeight = 1ULL << 32;  // so that sums of weights do not overflow
constexpr std::uint64_t kFirstRelease = 0x03000000;
constexpr std::uint64_t kAfterGeneration3 = 0x04000000;
constexpr std::size_t kMostGasDigits = 20;

Result<void> read_sealers(const Fields& json, Header& header) {
  HEYAN_TRY(header.sealers, json.bytes_list("sealerList", kNodeIdBytes));
  if (header.sealers.empty()) return core::fail(core::ErrorCode::kMalformed, "sealerList");
  if (header.sealers.size() > kMostSealers)
    return core::fail(core::ErrorCode::kLimit, "sealerList");
  return {};
}

Result<void> read_signatures(const Fields& json, std::string_view index_name, Header& header) {
  HEYAN_TRY(const auto* entries, json.array("signatureList"));
  for (const core::json::Value& entry : *entries) {
    HEYAN_TRY(const Fields fields, Fields::of(&entry, "signatureList"));
    SealerSignature signature;
    HEYAN_TRY(signature.index, fields.number(index_name));
    HEYAN_TRY(signature.bytes, fields.bytes("signature"));
    header.signatures.push_back(std::move(signature));
  }
  return {};
}

Result<Header> parse_header_2(const Fields& json) {
  Header header;
  std::vector<Bytes> items;
  const auto put_bytes = [&](std::string_view name, std::size_t size) -> Result<Bytes> {
    HEYAN_TRY(Bytes bytes, json.bytes(name, size));
    items.push_back(encode_rlp_bytes(bytes));
    return bytes;
  };
  const auto put_number = [&](std::string_view name) -> Result<std::uint64_t> {
    HEYAN_TRY(const std::uint64_t number, json.number(name));
    items.push_back(encode_rlp_number(number));
    return number;
  };
  HEYAN_CHECK_OK(put_bytes("parentHash", kHashBytes));
  HEYAN_CHECK_OK(put_bytes("stateRoot", kHashBytes));
  HEYAN_TRY(header.transactions_root, put_bytes("transactionsRoot", kHashBytes));
  HEYAN_TRY(header.receipts_root, put_bytes("receiptsRoot", kHashBytes));
  HEYAN_CHECK_OK(put_bytes("dbHash", kHashBytes));
  HEYAN_CHECK_OK(put_bytes("logsBloom", kBloomBytes));
  HEYAN_TRY(header.number, put_number("number"));
  HEYAN_CHECK_OK(put_number("gasLimit"));
  HEYAN_CHECK_OK(put_number("gasUsed"));
  HEYAN_TRY(header.timestamp_ms, put_number("timestamp"));
  HEYAN_TRY(std::vector<Bytes> extra_data, json.bytes_list("extraData", 0));
  for (Bytes& one : extra_data) one = encode_rlp_bytes(one);
  items.push_back(encode_rlp_list(extra_data));
  HEYAN_CHECK_OK(put_number("sealer"));
  HEYAN_CHECK_OK(read_sealers(json, header));
  std::vector<Bytes> sealers;
  for (const Bytes& sealer : header.sealers) sealers.push_back(encode_rlp_bytes(sealer));
  items.push_back(encode_rlp_list(sealers));
  header.preimage = encode_rlp_list(items);
  header.weights.assign(header.sealers.size(), 1);
  HEYAN_CHECK_OK(read_signatures(json, "index", header));
  return header;
}

// Decimal text, hashed as it stands.
Result<std::string> gas_text(const Fields& json) {
  HEYAN_TRY(std::string text, json.text("gasUsed"));
  const bool decimal =
      std::ranges::all_of(text, [](char digit) { return digit >= '0' && digit <= '9'; });
  if (!decimal || text.empty() || text.size() > kMostGasDigits)
    return core::fail(core::ErrorCode::kMalformed, "gasUsed");
  return text;
}

Result<Header> parse_header_3(const Fields& json) {
  Header header;
  HEYAN_TRY(const std::uint64_t version, json.number("version"));
  if (version < kFirstRelease || version >= kAfterGeneration3)
    return core::fail(core::ErrorCode::kUnsupported, "version");
  Flat flat;
  flat.put_u32(static_cast<std::uint32_t>(version));
  HEYAN_TRY(const auto* parents, json.array("parentInfo"));
  for (const core::json::Value& parent : *parents) {
    HEYAN_TRY(const Fields fields, Fields::of(&parent, "parentInfo"));
    HEYAN_TRY(const std::uint64_t number, fields.number("blockNumber"));
    HEYAN_TRY(const Bytes hash, fields.bytes("blockHash", kHashBytes));
    flat.put_u64(number).put(hash);
  }
  HEYAN_TRY(header.transactions_root, json.bytes("txsRoot", kHashBytes));
  HEYAN_TRY(header.receipts_root, json.bytes("receiptsRoot", kHashBytes));
  HEYAN_TRY(const Bytes state_root, json.bytes("stateRoot", kHashBytes));
  HEYAN_TRY(header.number, json.number("number"));
  HEYAN_TRY(const std::string gas_used, gas_text(json));
  HEYAN_TRY(header.timestamp_ms, json.number("timestamp"));
  HEYAN_TRY(const std::uint64_t sealer, json.number("sealer"));
  HEYAN_TRY(const Bytes extra_data, json.bytes("extraData"));
  HEYAN_CHECK_OK(read_sealers(json, header));
  HEYAN_TRY(header.weights, json.number_list("consensusWeights"));
  const bool fits = header.weights.size() == header.sealers.size() &&
                    std::ranges::all_of(header.weights,
                                        [](std::uint64_t weight) { return weight <= kMostWeight; });
  if (!fits) return core::fail(core::ErrorCode::kMalformed, "consensusWeights");
  flat.put(header.transactions_root).put(header.receipts_root).put(state_root);
  flat.put_u64(header.number).put(gas_used).put_u64(header.timestamp_ms).put_u64(sealer);
  for (const Bytes& one : header.sealers) flat.put(one);
  flat.put(extra_data);
  for (const std::uint64_t weight : header.weights) flat.put_u64(weight);
  header.preimage = std::move(flat).take();
  HEYAN_CHECK_OK(read_signatures(json, "sealerIndex", header));
  return header;
}

}  // namespace

Result<Header> parse_header(const Fields& json, Generation generation) {
  HEYAN_TRY(Header header,
            generation == Generation::k2 ? parse_header_2(json) : parse_header_3(json));
  HEYAN_TRY(header.stated_hash, json.bytes("hash", kHashBytes));
  return header;
}

}  // namespace heyan::ledgers::fisco_bcos
