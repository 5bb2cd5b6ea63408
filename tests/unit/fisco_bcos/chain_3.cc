// Blocks of generation 3: flat concatenation, pairs of nodes.
#include "tests/unit/fisco_bcos/chain.h"

namespace heyan::ledgers::fisco_bcos::testing {
namespace {

using core::json::Value;

std::string raw(ByteView bytes) { return core::to_string(bytes); }

struct Tree {
  Bytes root;
  std::vector<Value> paths;  // of each leaf: before the nodes of a level stands their count
};

Tree tree_over(const Chain& chain, std::vector<Bytes> level) {
  Tree tree;
  std::vector<std::size_t> at(level.size());
  for (std::size_t i = 0; i < at.size(); ++i) at[i] = i;
  tree.paths.assign(level.size(), Value{Value::Array{}});
  if (level.size() == 1) tree.paths.front().push(core::to_hex(level.front()));
  while (level.size() > 1) {
    std::vector<Bytes> above;
    for (std::size_t i = 0; i < level.size(); i += 2) {
      Bytes pair = level[i];
      if (i + 1 < level.size()) pair.insert(pair.end(), level[i + 1].begin(), level[i + 1].end());
      above.push_back(chain.digest(pair));
    }
    for (std::size_t leaf = 0; leaf < at.size(); ++leaf) {
      const std::size_t first = at[leaf] / 2 * 2;
      const std::size_t count = first + 1 < level.size() ? 2 : 1;
      tree.paths[leaf].push(
          core::to_hex(core::as_bytes(big_endian(count, 4) + std::string(28, '\0'))));
      for (std::size_t i = 0; i < count; ++i) tree.paths[leaf].push(core::to_hex(level[first + i]));
      at[leaf] /= 2;
    }
    level = std::move(above);
  }
  tree.root = level.front();
  return tree;
}

Value header_of(const Chain& chain, const Spec& block, const Bytes& transactions,
                const Bytes& receipts, Bytes& hash) {
  std::string header = big_endian(0x03020000, 4) + big_endian(block.number - 1, 8) +
                       std::string(32, 'p') + raw(transactions) + raw(receipts) +
                       std::string(32, 's') + big_endian(block.number, 8) + "21000" +
                       big_endian(block.timestamp_ms, 8) + big_endian(0, 8);
  Value sealers{Value::Array{}};
  Value weights{Value::Array{}};
  for (std::size_t i = 0; i < chain.sealers(); ++i) {
    header += raw(chain.sealer(i).xy);
    sealers.push(hex(chain.sealer(i).xy));
  }
  for (std::size_t i = 0; i < chain.sealers(); ++i) {
    const std::uint64_t weight = block.weights.empty() ? 1 : block.weights.at(i);
    header += big_endian(weight, 8);
    weights.push(weight);
  }
  hash = chain.digest(core::as_bytes(header));
  Value parent;
  parent.set("blockNumber", block.number - 1).set("blockHash", hex(Bytes(32, 'p')));
  Value parents{Value::Array{}};
  parents.push(std::move(parent));
  Value value;
  value.set("version", std::uint64_t{0x03020000}).set("parentInfo", std::move(parents));
  value.set("txsRoot", hex(transactions)).set("receiptsRoot", hex(receipts));
  value.set("stateRoot", hex(Bytes(32, 's'))).set("number", block.number).set("gasUsed", "21000");
  value.set("timestamp", block.timestamp_ms).set("sealer", 0).set("extraData", "0x");
  value.set("sealerList", std::move(sealers)).set("consensusWeights", std::move(weights));
  value.set("hash", hex(hash));
  return value;
}

}  // namespace

std::vector<Value> Chain::proofs_3(const Spec& block,
                                   const std::vector<std::string>& inputs) const {
  const Account& sender = block.sender != nullptr ? *block.sender : client();
  std::vector<Bytes> hashes;
  for (const std::string& input : inputs) {
    hashes.push_back(digest(core::as_bytes(big_endian(0, 4) + block.chain_id + "group0" +
                                           big_endian(600, 8) + block.nonce + block.to + input)));
  }
  const Bytes receipt_hash =
      digest(core::as_bytes(big_endian(0, 4) + "21000" + block.created +
                            big_endian(block.status, 4) + big_endian(block.number, 8)));
  const Tree transactions = tree_over(*this, hashes);
  const Tree receipts = tree_over(*this, std::vector<Bytes>(inputs.size(), receipt_hash));
  Bytes header_hash;
  Value header = header_of(*this, block, transactions.root, receipts.root, header_hash);
  header.set("signatureList", signature_list(block, header_hash, "sealerIndex"));
  std::vector<Value> all;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    Value transaction;
    transaction.set("version", 0).set("chainID", block.chain_id).set("groupID", "group0");
    transaction.set("blockLimit", 600).set("nonce", block.nonce).set("to", block.to);
    transaction.set("input", hex(core::as_bytes(inputs[i]))).set("abi", "");
    transaction.set("from", hex(sender.address)).set("hash", hex(hashes[i]));
    transaction.set("signature", hex(sign(sender, hashes[i])));
    transaction.set("txProof", transactions.paths[i]);
    Value receipt;
    receipt.set("version", 0).set("gasUsed", "21000").set("contractAddress", block.created);
    receipt.set("status", std::uint64_t{block.status}).set("output", "0x");
    receipt.set("logEntries", Value{Value::Array{}}).set("blockNumber", block.number);
    receipt.set("hash", hex(receipt_hash)).set("txReceiptProof", receipts.paths[i]);
    Value proof;
    proof.set("schema", "heyan.fisco-proof.v1").set("block_header", header);
    proof.set("transaction", std::move(transaction)).set("receipt", std::move(receipt));
    all.push_back(std::move(proof));
  }
  return all;
}

}  // namespace heyan::ledgers::fisco_bcos::testing
