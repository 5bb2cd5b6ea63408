#include "verifier/transparency/tree.h"

#include <algorithm>
#include <bit>

namespace heyan::transparency {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;
using Hashes = std::vector<TreeHash>;

// The hash of `count` > 0 leaves from `begin` on, which is a multiple of a power of two not below
// `count`, as every part of RFC 6962's recursion is. Its complete subtrees are the bits of `count`,
// the largest first; from the right each is joined to what follows it.
Result<TreeHash> range_hash(std::uint64_t begin, std::uint64_t count, const HashReader& reader) {
  std::uint64_t end = begin + count;
  auto level = static_cast<unsigned>(std::countr_zero(count));
  HEYAN_TRY(TreeHash hash, reader.subtree(level, (end >> level) - 1));
  for (count &= count - 1; count != 0; count &= count - 1) {
    end = begin + count;
    level = static_cast<unsigned>(std::countr_zero(count));
    HEYAN_TRY(const TreeHash left, reader.subtree(level, (end >> level) - 1));
    hash = node_hash(left, hash);
  }
  return hash;
}

// The left part of a tree of `size` > 1 leaves.
std::uint64_t split(std::uint64_t size) { return std::bit_floor(size - 1); }

}  // namespace

Result<std::vector<SubtreeHash>> hashes_to_store(std::uint64_t index, const TreeHash& leaf,
                                                 const HashReader& reader) {
  if (index >= kMaxTreeSize) return fail(ErrorCode::kLimit, "index is not one of a log");
  std::vector<SubtreeHash> stored = {{0, index, leaf}};
  // A set lowest bit means that the subtree so far is the right half of the next one.
  while ((stored.back().index & 1) != 0) {
    const SubtreeHash right = stored.back();
    HEYAN_TRY(const TreeHash left, reader.subtree(right.level, right.index - 1));
    stored.push_back({right.level + 1, right.index >> 1, node_hash(left, right.hash)});
  }
  return stored;
}

Result<TreeHash> root(std::uint64_t size, const HashReader& reader) {
  if (size > kMaxTreeSize) return fail(ErrorCode::kLimit, "size is not one of a log");
  if (size == 0) return empty_root();
  return range_hash(0, size, reader);
}

Result<Hashes> inclusion_proof(std::uint64_t index, std::uint64_t size, const HashReader& reader) {
  if (size > kMaxTreeSize || index >= size) {
    return fail(ErrorCode::kLimit, "index is not below a size of a log");
  }
  Hashes path;
  std::uint64_t begin = 0;
  while (size > 1) {
    const std::uint64_t left = split(size);
    const bool in_left = index - begin < left;
    const std::uint64_t other = in_left ? begin + left : begin;
    HEYAN_TRY(const TreeHash sibling, range_hash(other, in_left ? size - left : left, reader));
    path.push_back(sibling);
    begin = in_left ? begin : begin + left;
    size = in_left ? left : size - left;
  }
  std::ranges::reverse(path);
  return path;
}

Result<Hashes> consistency_proof(std::uint64_t old_size, std::uint64_t new_size,
                                 const HashReader& reader) {
  if (new_size > kMaxTreeSize || old_size > new_size) {
    return fail(ErrorCode::kLimit, "old size is above the new one, or that is none of a log");
  }
  Hashes proof;
  if (old_size == 0) return proof;
  // SUBPROOF(old, D[begin : begin + size], whole) of RFC 6962 2.1.2, from above.
  std::uint64_t begin = 0;
  std::uint64_t old = old_size;
  std::uint64_t size = new_size;
  while (old != size) {
    const std::uint64_t left = split(size);
    const bool in_left = old <= left;
    const std::uint64_t other = in_left ? begin + left : begin;
    HEYAN_TRY(const TreeHash sibling, range_hash(other, in_left ? size - left : left, reader));
    proof.push_back(sibling);
    size = in_left ? left : size - left;
    if (in_left) continue;
    begin += left;
    old -= left;
  }
  // The verifier has the old root: where this subtree is the old tree, it is not repeated.
  if (begin != 0) {
    HEYAN_TRY(const TreeHash start, range_hash(begin, size, reader));
    proof.push_back(start);
  }
  std::ranges::reverse(proof);
  return proof;
}

}  // namespace heyan::transparency
