// Proofs of both generations and both sets of algorithms, each with just the signatures that the
// chain's quorum needs, and without members that nobody reads.
#include <algorithm>
#include <set>

#include "tests/unit/ledgers/sample.h"
#include "tests/vectors/fisco_bundle.h"

namespace heyan::conformance::fisco_bcos {
namespace {

using core::json::Value;

// What a proof must have. Of 3.x left out: `from`, without which a proof holds too, and what only
// later versions of transactions hash.
const std::set<std::string, std::less<>> kDecisive = {
    // 2.x
    "parentHash", "stateRoot", "transactionsRoot", "receiptsRoot", "dbHash", "logsBloom", "number",
    "gasLimit", "gasUsed", "timestamp", "extraData", "sealer", "sealerList", "hash",
    "signatureList", "index", "signature", "nonce", "gasPrice", "gas", "blockLimit", "to", "value",
    "input", "chainId", "groupId", "v", "r", "s", "from", "transactionIndex", "left", "right",
    "root", "contractAddress", "status", "output", "remainGas", "logs", "address", "topics", "data",
    // 3.x
    "version", "parentInfo", "blockNumber", "blockHash", "txsRoot", "consensusWeights",
    "sealerIndex", "chainID", "groupID", "abi", "txProof", "logEntries", "txReceiptProof",
    // the proof itself
    "schema", "block_header", "transaction", "tx_proof", "receipt", "receipt_proof"};

bool is_kept(std::string_view name, std::string_view owner, bool second) {
  static const std::set<std::string, std::less<>> kUnread = {"extraData", "gasPrice", "value"};
  if (!second && owner == "transaction" && kUnread.contains(name)) return false;
  if (!second && name == "gasLimit") return false;
  if (second && owner == "transaction" && (name == "blockHash" || name == "blockNumber"))
    return false;
  if (second && owner == "receipt" && !kDecisive.contains(name)) return false;
  const bool repeated = owner == "receipt" && (name == "from" || name == "to" || name == "input" ||
                                               name == "transactionIndex");
  return kDecisive.contains(name) && !(owner == "signature" && name == "signature") && !repeated;
}

Value stripped(const Value& value, std::string_view owner, bool second) {
  if (const auto* array = value.as_array()) {
    Value result{Value::Array{}};
    for (const Value& one : *array) result.push(stripped(one, owner, second));
    return result;
  }
  if (const auto* object = value.as_object()) {
    Value result{Value::Object{}};
    for (const auto& [name, member] : *object) {
      if (is_kept(name, owner, second)) result.set(name, stripped(member, name, second));
    }
    return result;
  }
  return value;
}

// The schema first, as files have it that are to be recognised.
core::Bytes proof_bytes(const Value& bundle) {
  const bool second = vectors::is_second_generation(bundle);
  std::string text = "{\"schema\":\"heyan.fisco-proof.v1\"";
  for (const char* name : {"block_header", "transaction", "tx_proof", "receipt", "receipt_proof"}) {
    const Value* member = bundle.find(name);
    if (member == nullptr) continue;
    text += ",\"" + std::string(name) +
            "\":" + core::json::write_canonical(stripped(*member, name, second));
  }
  return core::to_bytes(text + "}");
}

Sample sample_of(const std::string& name, const vectors::FiscoPlaces& places) {
  const std::string path = std::string(HEYAN_VECTORS) + "/chains-cn/fisco/" + name + ".json";
  const auto bundle = core::json::parse(read_test_file(path), {});
  Sample sample;
  sample.name = name;
  sample.ledger = "chain";
  sample.trust_files["trust.toml"] = core::to_bytes(vectors::fisco_trust_list(*bundle, places));
  sample.item.set_id("E1");
  sample.proof = proof_bytes(*bundle);
  // White space may follow a JSON text.
  sample.is_unsigned = [end = sample.proof.size()](std::size_t at) { return at == end; };
  return sample;
}

}  // namespace

std::vector<Sample> samples() {
  const std::string with_signature = "newEvidence(string,string,string,uint8,bytes32,bytes32)";
  const std::string plain = "storeEvidence(bytes32,string)";
  return {sample_of("fisco2sm-v02-20tx-idx17-3of4",
                    {"0xdf765823bf0ab557bfe32e1d41c05b8aa0953602", plain, "1"}),
          sample_of("fisco2ec-v03-300tx-idx255-5of7",
                    {"0x54dab63bdd14e19f6794c1f38f7a8dc9525682b8", with_signature, "0"}),
          sample_of("fisco3sm-v02-5tx-idx4",
                    {"0x2687e1cfce2b3259db9949bd542f77bd6a6b8655", plain, "1"}),
          sample_of("fisco3ec-v05-v300-nonce-ascii",
                    {"0xf264c3948a6f6d24b9e7fd19aeb300aeaef7f1dd", plain, "1"})};
}

}  // namespace heyan::conformance::fisco_bcos
