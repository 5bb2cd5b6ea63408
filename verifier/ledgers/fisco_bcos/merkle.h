// Paths from a leaf to a root of a block, of both generations, with the position that they bind.
//
// Threat: paths have no lengths inside the hashes, so shape and position are checked before
// anything is hashed. Sources: FISCO-BCOS 2.9.1 libdevcore/TrieHash2.cpp, web3sdk
// MerkleProofUtility; 3.x bcos-crypto/merkle/Merkle.h. Pure, any thread.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "verifier/core/json.h"
#include "verifier/ledgers/fisco_bcos/form.h"

namespace heyan::ledgers::fisco_bcos {

using Digest = std::function<Bytes(ByteView)>;

// 2.x: groups of up to 16, leaf level first; the last level is empty and is hashed all the same.
struct WideLevel {
  std::vector<Bytes> left;
  std::vector<Bytes> right;
};
using WidePath = std::vector<WideLevel>;

Result<WidePath> parse_wide_path(const core::json::Value* json);
// The root to which this path leads from leaf `index`. kMalformed: no tree gives this shape to that
// position; kNotFound: a sibling belongs elsewhere.
Result<Bytes> fold_wide_path(const WidePath& path, ByteView leaf, std::uint64_t index,
                             const Digest& digest);

// 3.x: pairs; a last node without a neighbour is hashed alone.
enum class Side : std::uint8_t { kLeft, kRight, kAlone, kBoth };  // kBoth: the neighbour is equal
struct BinaryLevel {
  Bytes left;
  Bytes right;  // empty where alone
};
using BinaryPath = std::vector<BinaryLevel>;  // empty: the leaf is the root

struct BinaryFold {
  Bytes root;
  std::vector<Side> sides;  // leaf level first: the position
  std::uint64_t position() const;
};

// A flat list: before the nodes of a level stands their count. A single element, the leaf itself,
// must equal `leaf`: kNotFound where it does not.
Result<BinaryPath> parse_binary_path(const core::json::Value* json, ByteView leaf);
// kNotFound where a level does not hold the node that the levels below give.
Result<BinaryFold> fold_binary_path(const BinaryPath& path, ByteView leaf, const Digest& digest);

// Do both paths lead to the same position of trees of the same size? A receipt may equal its
// neighbour, and then stands at either place.
bool same_position(const BinaryFold& transaction, const BinaryFold& receipt);

}  // namespace heyan::ledgers::fisco_bcos
