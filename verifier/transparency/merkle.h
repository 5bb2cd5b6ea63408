// The Merkle tree of transparency logs: hashes, and the two proofs about them.
//
// Leaf = SHA-256(00 || entry), node = SHA-256(01 || left || right), empty tree = SHA-256(""); a
// tree of n > 1 leaves splits at the largest power of two below n.
//
// Threat: paths, indexes and sizes are hostile. The length of every path is known before it is
// walked and compared first; nothing is accepted with hashes missing or left over. A path does not
// bind the size: the same one leads to the same root for several sizes, so the size must come from
// the signed checkpoint. Sources: RFC 6962 2.1, RFC 9162 2.1.3 and 2.1.4. Pure, any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/crypto/signature.h"

namespace heyan::transparency {

using TreeHash = std::array<std::uint8_t, 32>;

inline constexpr std::uint64_t kMaxTreeSize = (std::uint64_t{1} << 63) - 1;
inline constexpr std::size_t kMaxInclusionPath = 63;

// Nothing unless there are 32 bytes.
std::optional<TreeHash> tree_hash(core::ByteView bytes);

// By OpenSSL alone: for building a tree of our own.
TreeHash empty_root();
TreeHash leaf_hash(core::ByteView entry);
TreeHash node_hash(const TreeHash& left, const TreeHash& right);

// By both libraries: for what a verdict hangs on. Nothing where they disagree; the checker says so.
std::optional<TreeHash> leaf_hash(core::ByteView entry, crypto::SignatureChecker& checker);

// How many hashes the inclusion path of that leaf has. Nothing unless index < size <= kMaxTreeSize.
std::optional<std::size_t> inclusion_path_length(std::uint64_t index, std::uint64_t size);

// The root that the path, leaf's sibling first, leads to. Nothing where the index or the length of
// the path does not fit the size.
std::optional<TreeHash> root_from_inclusion(const TreeHash& leaf, std::uint64_t index,
                                            std::uint64_t size, std::span<const TreeHash> path,
                                            crypto::SignatureChecker& checker);

// The leaf stands at `index` of the tree of that size and root.
bool verify_inclusion(const TreeHash& leaf, std::uint64_t index, std::uint64_t size,
                      std::span<const TreeHash> path, const TreeHash& root,
                      crypto::SignatureChecker& checker);

// The old tree is the beginning of the new one. Equal sizes need equal roots and no proof. An old
// size of 0 needs the empty root and no proof, as witnesses take it (C2SP tlog-witness); a tree of
// size 0 has the empty root and no other.
bool verify_consistency(std::uint64_t old_size, const TreeHash& old_root, std::uint64_t new_size,
                        const TreeHash& new_root, std::span<const TreeHash> proof,
                        crypto::SignatureChecker& checker);

}  // namespace heyan::transparency
