// The transaction tree of a block, and the one of its read-write sets.
//
// Leaves in block order, padded with nothing to a power of two; a node whose right child is nothing
// hashes its left child with itself. Leaves and nodes are not told apart, so index and length of a
// path must be exactly those of the tree, and a sibling that the tree does not have must be the
// node itself. ChainMaker's own path helper asks neither. Source: chainmaker utils
// (CalcMerkleRoot). Pure.
#pragma once

#include <span>
#include <vector>

#include "verifier/ledgers/chainmaker/verifier.h"

namespace heyan::ledgers::chainmaker {

inline constexpr std::size_t kMaxPath = 32;  // a block counts its transactions in 32 bits

struct PathEnd {
  Bytes root;                // that the leaf leads to; empty where index or length are impossible
  bool well_formed = false;  // those are possible, and each padding sibling is the node itself
};

// Siblings, the leaf's first. `count`: leaves of the tree. Where the tree has no sibling, the node
// itself is taken, whatever is offered.
PathEnd end_of_path(ByteView leaf, std::uint64_t index, std::uint64_t count,
                    std::span<const Bytes> siblings, Verifier& verifier);

// The whole tree, leaves first, the root alone last; no levels for no leaves. As they are stated.
std::vector<std::vector<Bytes>> tree_over(std::vector<Bytes> leaves, Verifier& verifier);

// The siblings on the way up from a leaf of that tree.
std::vector<Bytes> path_to(const std::vector<std::vector<Bytes>>& tree, std::size_t index);

}  // namespace heyan::ledgers::chainmaker
