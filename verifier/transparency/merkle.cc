#include "verifier/transparency/merkle.h"

#include <algorithm>
#include <bit>

#include "verifier/crypto/digest.h"

namespace heyan::transparency {
namespace {

using core::ByteView;
using crypto::SignatureChecker;
using MaybeHash = std::optional<TreeHash>;

// What makes an entry something else than a pair of hashes (RFC 6962 2.1).
constexpr std::array<std::uint8_t, 1> kLeafPrefix = {0x00};
constexpr std::array<std::uint8_t, 1> kNodePrefix = {0x01};

TreeHash one_library(std::span<const ByteView> pieces) {
  const auto hasher = crypto::openssl_hasher(crypto::Hash::kSha256);
  for (const ByteView piece : pieces) hasher->update(piece);
  return *tree_hash(hasher->finish());
}

MaybeHash both_libraries(std::span<const ByteView> pieces, SignatureChecker& checker) {
  const auto digest = checker.digest(crypto::Hash::kSha256, pieces);
  return digest ? tree_hash(*digest) : std::nullopt;
}

MaybeHash checked_node(const TreeHash& left, const TreeHash& right, SignatureChecker& checker) {
  const std::array<ByteView, 3> pieces = {kNodePrefix, left, right};
  return both_libraries(pieces, checker);
}

// A path from bottom to top has two parts: as long as the leaf's subtree and the right edge of the
// tree are apart, bit i of the position says on which side the leaf is; above, it stands on the
// right edge itself, and every further hash is on its left.
struct PathShape {
  std::size_t inner = 0;   // hashes up to the right edge
  std::size_t border = 0;  // hashes along it
  std::size_t length() const { return inner + border; }
};

// Needs position < size.
PathShape shape_of(std::uint64_t position, std::uint64_t size) {
  const auto inner = static_cast<unsigned>(std::bit_width(position ^ (size - 1)));
  return {inner, static_cast<std::size_t>(std::popcount(position >> inner))};
}

// From `hash` at `position` up to the root of the whole tree.
MaybeHash climb(TreeHash hash, std::uint64_t position, PathShape shape,
                std::span<const TreeHash> path, SignatureChecker& checker) {
  for (std::size_t i = 0; i < path.size(); ++i) {
    const bool on_the_left = i >= shape.inner || (position >> i & 1) != 0;
    const MaybeHash next =
        on_the_left ? checked_node(path[i], hash, checker) : checked_node(hash, path[i], checker);
    if (!next) return std::nullopt;
    hash = *next;
  }
  return hash;
}

// The same, using only what is on the left: the root of the tree that ended with `hash`.
MaybeHash climb_left(TreeHash hash, std::uint64_t position, PathShape shape,
                     std::span<const TreeHash> path, SignatureChecker& checker) {
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (i < shape.inner && (position >> i & 1) == 0) continue;
    const MaybeHash next = checked_node(path[i], hash, checker);
    if (!next) return std::nullopt;
    hash = *next;
  }
  return hash;
}

// 0 < old_size < new_size.
bool verify_growth(std::uint64_t old_size, const TreeHash& old_root, std::uint64_t new_size,
                   const TreeHash& new_root, std::span<const TreeHash> proof,
                   SignatureChecker& checker) {
  // Both trees hold the largest complete subtree that ends the old one; the proof starts at its
  // hash, or, where it is the whole old tree, at the old root, which is then not repeated.
  const auto level = static_cast<unsigned>(std::countr_zero(old_size));
  const bool old_is_complete = std::has_single_bit(old_size);
  const std::uint64_t position = (old_size - 1) >> level;
  const PathShape shape = shape_of(position, ((new_size - 1) >> level) + 1);
  if (proof.size() != shape.length() + (old_is_complete ? 0 : 1)) return false;
  const TreeHash start = old_is_complete ? old_root : proof.front();
  const std::span<const TreeHash> path = old_is_complete ? proof : proof.subspan(1);
  return climb_left(start, position, shape, path, checker) == old_root &&
         climb(start, position, shape, path, checker) == new_root;
}

}  // namespace

MaybeHash tree_hash(ByteView bytes) {
  TreeHash hash;
  if (bytes.size() != hash.size()) return std::nullopt;
  std::ranges::copy(bytes, hash.begin());
  return hash;
}

TreeHash empty_root() { return one_library({}); }

TreeHash leaf_hash(ByteView entry) {
  const std::array<ByteView, 2> pieces = {kLeafPrefix, entry};
  return one_library(pieces);
}

TreeHash node_hash(const TreeHash& left, const TreeHash& right) {
  const std::array<ByteView, 3> pieces = {kNodePrefix, left, right};
  return one_library(pieces);
}

MaybeHash leaf_hash(ByteView entry, SignatureChecker& checker) {
  const std::array<ByteView, 2> pieces = {kLeafPrefix, entry};
  return both_libraries(pieces, checker);
}

std::optional<std::size_t> inclusion_path_length(std::uint64_t index, std::uint64_t size) {
  if (size > kMaxTreeSize || index >= size) return std::nullopt;
  return shape_of(index, size).length();
}

MaybeHash root_from_inclusion(const TreeHash& leaf, std::uint64_t index, std::uint64_t size,
                              std::span<const TreeHash> path, SignatureChecker& checker) {
  if (inclusion_path_length(index, size) != path.size()) return std::nullopt;
  return climb(leaf, index, shape_of(index, size), path, checker);
}

bool verify_inclusion(const TreeHash& leaf, std::uint64_t index, std::uint64_t size,
                      std::span<const TreeHash> path, const TreeHash& root,
                      SignatureChecker& checker) {
  return root_from_inclusion(leaf, index, size, path, checker) == root;
}

bool verify_consistency(std::uint64_t old_size, const TreeHash& old_root, std::uint64_t new_size,
                        const TreeHash& new_root, std::span<const TreeHash> proof,
                        SignatureChecker& checker) {
  if (new_size > kMaxTreeSize || old_size > new_size) return false;
  if (old_size == 0 && old_root != empty_root()) return false;
  if (old_size == new_size) return proof.empty() && old_root == new_root;
  if (old_size == 0) return proof.empty();
  return verify_growth(old_size, old_root, new_size, new_root, proof, checker);
}

}  // namespace heyan::transparency
