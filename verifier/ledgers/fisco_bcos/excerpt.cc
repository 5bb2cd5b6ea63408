#include "verifier/ledgers/fisco_bcos/excerpt.h"

#include <algorithm>
#include <array>
#include <span>

#include "verifier/core/json.h"
#include "verifier/ledgers/fisco_bcos/evaluation.h"

namespace heyan::ledgers::fisco_bcos {
namespace {

using core::json::Value;

// A member that is read, of either generation; `inner`: those of its own objects, where it is one
// or a list of them.
struct Member {
  std::string_view name;
  std::span<const Member> inner;
};

constexpr auto kSealerSignature =
    std::to_array<Member>({{"index", {}}, {"sealerIndex", {}}, {"signature", {}}});
constexpr auto kParent = std::to_array<Member>({{"blockNumber", {}}, {"blockHash", {}}});
constexpr auto kHeader = std::to_array<Member>({{"hash", {}},
                                                {"version", {}},
                                                {"number", {}},
                                                {"timestamp", {}},
                                                {"parentHash", {}},
                                                {"parentInfo", kParent},
                                                {"stateRoot", {}},
                                                {"transactionsRoot", {}},
                                                {"txsRoot", {}},
                                                {"receiptsRoot", {}},
                                                {"dbHash", {}},
                                                {"logsBloom", {}},
                                                {"gasLimit", {}},
                                                {"gasUsed", {}},
                                                {"extraData", {}},
                                                {"sealer", {}},
                                                {"sealerList", {}},
                                                {"consensusWeights", {}},
                                                {"signatureList", kSealerSignature}});
constexpr auto kAccountSignature = std::to_array<Member>({{"r", {}}, {"s", {}}, {"v", {}}});
constexpr auto kTransaction = std::to_array<Member>({{"hash", {}},
                                                     {"type", {}},
                                                     {"version", {}},
                                                     {"nonce", {}},
                                                     {"gas", {}},
                                                     {"gasPrice", {}},
                                                     {"gasLimit", {}},
                                                     {"maxFeePerGas", {}},
                                                     {"maxPriorityFeePerGas", {}},
                                                     {"blockLimit", {}},
                                                     {"from", {}},
                                                     {"to", {}},
                                                     {"value", {}},
                                                     {"input", {}},
                                                     {"abi", {}},
                                                     {"extension", {}},
                                                     {"extraData", {}},
                                                     {"chainId", {}},
                                                     {"chainID", {}},
                                                     {"groupId", {}},
                                                     {"groupID", {}},
                                                     {"transactionIndex", {}},
                                                     {"signature", kAccountSignature},
                                                     {"txProof", {}}});
constexpr auto kLog = std::to_array<Member>({{"address", {}}, {"topics", {}}, {"data", {}}});
constexpr auto kReceipt = std::to_array<Member>({{"hash", {}},
                                                 {"version", {}},
                                                 {"root", {}},
                                                 {"gasUsed", {}},
                                                 {"effectiveGasPrice", {}},
                                                 {"remainGas", {}},
                                                 {"contractAddress", {}},
                                                 {"logsBloom", {}},
                                                 {"status", {}},
                                                 {"output", {}},
                                                 {"logs", kLog},
                                                 {"logEntries", kLog},
                                                 {"blockNumber", {}},
                                                 {"transactionHash", {}},
                                                 {"transactionIndex", {}},
                                                 {"txReceiptProof", {}}});
constexpr auto kLevel = std::to_array<Member>({{"left", {}}, {"right", {}}});
constexpr auto kProof = std::to_array<Member>({{"schema", {}},
                                               {"engine", {}},
                                               {"crypto", {}},
                                               {"node_version", {}},
                                               {"chain_id", {}},
                                               {"group_id", {}},
                                               {"block_header", kHeader},
                                               {"transaction", kTransaction},
                                               {"raw_transaction", {}},
                                               {"transaction_index", {}},
                                               {"tx_proof", kLevel},
                                               {"receipt", kReceipt},
                                               {"receipt_proof", kLevel}});

// What does not show that these transaction and receipt stand in this block.
constexpr std::array kUnverified = {Reason::kParse,
                                    Reason::kBadProof,
                                    Reason::kUnsupported,
                                    Reason::kChainMismatch,
                                    Reason::kBlockHashMismatch,
                                    Reason::kTxHashMismatch,
                                    Reason::kTxNotInBlock,
                                    Reason::kReceiptHashMismatch,
                                    Reason::kReceiptNotInBlock,
                                    Reason::kReceiptOfOtherTx,
                                    Reason::kNoTransaction};

struct Kept {
  Value value;
  bool whole = true;     // nothing was left out
  bool writable = true;  // in canonical JSON
};

bool is_writable(const Value& value) {
  constexpr std::int64_t kMostExact = (std::int64_t{1} << 53) - 1;
  if (const std::int64_t* integer = value.as_integer()) {
    return *integer >= -kMostExact && *integer <= kMostExact;
  }
  return value.as_double() == nullptr;
}

Value keep(const Value& value, std::span<const Member> members, Kept& all) {
  if (const Value::Array* list = value.as_array()) {
    Value kept{Value::Array{}};
    for (const Value& one : *list) kept.push(keep(one, members, all));
    return kept;
  }
  if (value.as_object() == nullptr) {
    all.writable = all.writable && is_writable(value);
    return value;
  }
  Value kept{Value::Object{}};
  for (const auto& [name, inner] : *value.as_object()) {
    const auto member = std::ranges::find(members, name, &Member::name);
    if (member == members.end()) {
      all.whole = false;
    } else {
      kept.set(name, keep(inner, member->inner, all));
    }
  }
  return kept;
}

}  // namespace

std::optional<std::string> excerpt_of(ByteView proof, const FiscoConfig& config,
                                      const Judging& judging) {
  const auto evaluation = evaluate(proof, config, judging.checker, judging.limits);
  if (!evaluation || !evaluation->header.authenticated() || !evaluation->transaction.included) {
    return std::nullopt;
  }
  const bool verified = std::ranges::none_of(
      kUnverified, [&](Reason reason) { return evaluation->reasons.contains(reason); });
  const auto document = core::json::parse(proof, judging.limits);
  if (!verified || !document) return std::nullopt;
  Kept kept;
  kept.value = keep(*document, kProof, kept);
  if (kept.whole) return core::to_string(proof);
  if (!kept.writable) return std::nullopt;
  return core::json::write_canonical(kept.value);
}

}  // namespace heyan::ledgers::fisco_bcos
