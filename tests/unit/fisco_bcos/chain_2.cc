// Blocks of generation 2: RLP, groups of up to 16 nodes.
#include <algorithm>
#include <cstdlib>

#include "tests/unit/fisco_bcos/chain.h"

namespace heyan::ledgers::fisco_bcos::testing {
namespace {

using core::json::Value;

constexpr std::size_t kMostLeaves = 16;

std::string raw(ByteView bytes) { return core::to_string(bytes); }

std::string without_zeros(std::string octets) {
  octets.erase(0, std::min(octets.find_first_not_of('\0'), octets.size()));
  return octets;
}

std::string with_length(std::size_t base, const std::string& payload) {
  if (payload.size() < 56) return static_cast<char>(base + payload.size()) + payload;
  const std::string length = without_zeros(big_endian(payload.size(), 8));
  return static_cast<char>(base + 55 + length.size()) + length + payload;
}

std::string rlp_text(const std::string& text) {
  const bool itself = text.size() == 1 && static_cast<std::uint8_t>(text.front()) < 0x80;
  return itself ? text : with_length(0x80, text);
}

std::string rlp_bytes(ByteView bytes) { return rlp_text(raw(bytes)); }
std::string rlp_number(std::uint64_t number) {
  return rlp_text(without_zeros(big_endian(number, 8)));
}
std::string rlp_list(const std::string& items) { return with_length(0xc0, items); }

// Leaves of one group, each behind its index; the last level is empty.
struct Group {
  Bytes root;
  std::vector<Value> paths;
};

Group group_over(const Chain& chain, const std::vector<Bytes>& leaves) {
  if (leaves.size() > kMostLeaves) std::abort();
  std::vector<std::string> nodes;
  std::string all;
  for (const Bytes& leaf : leaves) {
    nodes.push_back(rlp_number(nodes.size()) + raw(leaf));
    all += nodes.back();
  }
  const auto level = [&](std::size_t at, std::size_t count) {
    Value left{Value::Array{}};
    Value right{Value::Array{}};
    for (std::size_t i = 0; i < count; ++i) {
      if (i != at) (i < at ? left : right).push(core::to_hex(core::as_bytes(nodes[i])));
    }
    Value value;
    value.set("left", std::move(left)).set("right", std::move(right));
    return value;
  };
  Group group;
  group.root = chain.digest(core::as_bytes(all));
  if (leaves.size() > 1) group.root = chain.digest(group.root);
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    Value path{Value::Array{}};
    if (leaves.size() > 1) path.push(level(i, leaves.size()));
    path.push(level(0, 0));
    group.paths.push_back(std::move(path));
  }
  return group;
}

Value header_of(const Chain& chain, const Spec& block, const Bytes& transactions,
                const Bytes& receipts, Bytes& hash) {
  const Bytes filled(32, 'p');
  const Bytes bloom(256);
  std::string sealers;
  Value list{Value::Array{}};
  for (std::size_t i = 0; i < chain.sealers(); ++i) {
    sealers += rlp_bytes(chain.sealer(i).xy);
    list.push(core::to_hex(chain.sealer(i).xy));
  }
  hash = chain.digest(core::as_bytes(
      rlp_list(rlp_bytes(filled) + rlp_bytes(filled) + rlp_bytes(transactions) +
               rlp_bytes(receipts) + rlp_bytes(filled) + rlp_bytes(bloom) +
               rlp_number(block.number) + rlp_number(0) + rlp_number(0) +
               rlp_number(block.timestamp_ms) + rlp_list("") + rlp_number(0) + rlp_list(sealers))));
  Value value;
  value.set("parentHash", hex(filled)).set("stateRoot", hex(filled)).set("dbHash", hex(filled));
  value.set("transactionsRoot", hex(transactions)).set("receiptsRoot", hex(receipts));
  value.set("logsBloom", hex(bloom)).set("number", block.number);
  value.set("gasLimit", "0x0").set("gasUsed", "0x0").set("timestamp", block.timestamp_ms);
  value.set("extraData", Value{Value::Array{}}).set("sealer", "0x0");
  value.set("sealerList", std::move(list)).set("hash", hex(hash));
  return value;
}

// A transaction of the client, and its hash.
std::pair<Value, Bytes> transaction_of(const Chain& chain, const Spec& block,
                                       const std::string& input, std::uint64_t index) {
  const Account& sender = block.sender != nullptr ? *block.sender : chain.client();
  const std::string signed_items = rlp_number(std::stoull(block.nonce)) + rlp_number(1) +
                                   rlp_number(21'000) + rlp_number(600) +
                                   rlp_bytes(*core::from_hex(block.to.substr(2))) + rlp_number(0) +
                                   rlp_text(input) + rlp_number(1) + rlp_number(1) + rlp_text("");
  const Bytes signature = chain.sign(sender, chain.digest(core::as_bytes(rlp_list(signed_items))));
  const std::string r = raw(ByteView(signature).first(32));
  const std::string s = raw(ByteView(signature).subspan(32, 32));
  const ByteView rest = ByteView(signature).subspan(64);
  const std::string v =
      chain.crypto() == Crypto::kSm ? rlp_bytes(rest) : rlp_number(27ULL + rest.front());
  Bytes hash = chain.digest(core::as_bytes(
      rlp_list(signed_items + v + rlp_text(without_zeros(r)) + rlp_text(without_zeros(s)))));
  Value written;
  written.set("r", hex(core::as_bytes(r))).set("s", hex(core::as_bytes(s))).set("v", hex(rest));
  Value value;
  value.set("nonce", block.nonce).set("gasPrice", 1).set("gas", 21'000);
  value.set("blockLimit", 600).set("to", block.to).set("value", "0x0");
  value.set("input", hex(core::as_bytes(input))).set("chainId", 1).set("groupId", 1);
  value.set("extraData", "0x").set("signature", std::move(written));
  value.set("hash", hex(hash)).set("from", hex(sender.address)).set("transactionIndex", index);
  return {std::move(value), std::move(hash)};
}

}  // namespace

std::vector<Value> Chain::proofs_2(const Spec& block,
                                   const std::vector<std::string>& inputs) const {
  std::vector<Bytes> hashes;
  std::vector<Value> transactions;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    auto [transaction, hash] = transaction_of(*this, block, inputs[i], i);
    transactions.push_back(std::move(transaction));
    hashes.push_back(std::move(hash));
  }
  const Bytes state(32, 's');
  const Bytes bloom(256);
  const Bytes created =
      block.created.empty() ? Bytes(20) : *core::from_hex(block.created.substr(2));
  const Bytes receipt_hash = digest(core::as_bytes(
      rlp_list(rlp_bytes(state) + rlp_number(21'000) + rlp_bytes(created) + rlp_bytes(bloom) +
               rlp_number(block.status) + rlp_text("") + rlp_list(""))));
  const Group tree = group_over(*this, hashes);
  const Group receipts = group_over(*this, std::vector<Bytes>(inputs.size(), receipt_hash));
  Bytes header_hash;
  Value header = header_of(*this, block, tree.root, receipts.root, header_hash);
  header.set("signatureList", signature_list(block, header_hash, "index"));
  std::vector<Value> all;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    Value receipt;
    receipt.set("root", hex(state)).set("gasUsed", 21'000).set("contractAddress", hex(created));
    receipt.set("logsBloom", hex(bloom)).set("status", std::uint64_t{block.status});
    receipt.set("output", "0x").set("logs", Value{Value::Array{}});
    receipt.set("transactionHash", hex(hashes[i])).set("transactionIndex", std::uint64_t{i});
    Value proof;
    proof.set("schema", "heyan.fisco-proof.v1").set("block_header", header);
    proof.set("transaction", transactions[i]).set("tx_proof", tree.paths[i]);
    proof.set("receipt", std::move(receipt)).set("receipt_proof", receipts.paths[i]);
    all.push_back(std::move(proof));
  }
  return all;
}

}  // namespace heyan::ledgers::fisco_bcos::testing
