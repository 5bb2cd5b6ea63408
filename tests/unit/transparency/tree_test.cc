#include "verifier/transparency/tree.h"

#include <gtest/gtest.h>

#include <bit>

#include "tests/unit/transparency/vectors.h"
#include "verifier/transparency/checkpoint.h"
#include "verifier/transparency/lines.h"
#include "verifier/transparency/log_proof.h"
#include "verifier/transparency/note.h"

namespace heyan::transparency {
namespace {

using core::ErrorCode;
using test::Checker;
using test::EqualLeaves;
using test::MemoryTree;
using test::TileFiles;
using Hashes = std::vector<TreeHash>;

std::vector<TreeHash> leaves(std::size_t count) {
  Hashes hashes;
  for (std::size_t i = 0; i < count; ++i) {
    hashes.push_back(leaf_hash(core::as_bytes("entry " + std::to_string(i))));
  }
  return hashes;
}

MemoryTree tree_of(std::span<const TreeHash> leaves) {
  MemoryTree tree;
  for (const TreeHash& leaf : leaves) tree.append(leaf);
  return tree;
}

// RFC 6962 2.1, word for word.
TreeHash mth(std::span<const TreeHash> leaves) {
  if (leaves.empty()) return empty_root();
  if (leaves.size() == 1) return leaves.front();
  const std::size_t k = std::bit_floor(leaves.size() - 1);
  return node_hash(mth(leaves.first(k)), mth(leaves.subspan(k)));
}

// RFC 6962 2.1.1.
Hashes path(std::size_t m, std::span<const TreeHash> leaves) {
  if (leaves.size() == 1) return {};
  const std::size_t k = std::bit_floor(leaves.size() - 1);
  Hashes hashes = m < k ? path(m, leaves.first(k)) : path(m - k, leaves.subspan(k));
  hashes.push_back(m < k ? mth(leaves.subspan(k)) : mth(leaves.first(k)));
  return hashes;
}

// RFC 6962 2.1.2.
Hashes subproof(std::size_t m, std::span<const TreeHash> leaves, bool whole) {
  if (m == leaves.size()) return whole ? Hashes() : Hashes{mth(leaves)};
  const std::size_t k = std::bit_floor(leaves.size() - 1);
  Hashes hashes =
      m <= k ? subproof(m, leaves.first(k), whole) : subproof(m - k, leaves.subspan(k), false);
  hashes.push_back(m <= k ? mth(leaves.subspan(k)) : mth(leaves.first(k)));
  return hashes;
}

constexpr std::size_t kMost = 40;

TEST(Tree, RootsAndPathsAreThoseOfTheRfc) {
  const Hashes all = leaves(kMost);
  const MemoryTree tree = tree_of(all);
  Checker checker;
  for (std::size_t size = 0; size <= kMost; ++size) {
    const std::span<const TreeHash> some = std::span(all).first(size);
    ASSERT_EQ(root(size, tree), mth(some)) << size;
    for (std::size_t index = 0; index < size; ++index) {
      const auto proof = inclusion_proof(index, size, tree);
      ASSERT_EQ(proof, path(index, some)) << index << " of " << size;
      ASSERT_EQ(inclusion_path_length(index, size), proof->size());
      ASSERT_TRUE(verify_inclusion(all[index], index, size, *proof, mth(some), checker));
    }
  }
}

TEST(Tree, ConsistencyProofsAreThoseOfTheRfc) {
  const Hashes all = leaves(kMost);
  const MemoryTree tree = tree_of(all);
  Checker checker;
  for (std::size_t now = 0; now <= kMost; ++now) {
    const std::span<const TreeHash> some = std::span(all).first(now);
    for (std::size_t old = 0; old <= now; ++old) {
      const auto proof = consistency_proof(old, now, tree);
      ASSERT_EQ(proof, old == 0 ? Hashes() : subproof(old, some, true)) << old << " to " << now;
      ASSERT_TRUE(verify_consistency(old, mth(some.first(old)), now, mth(some), *proof, checker));
    }
  }
}

TEST(Tree, AChangedLeafLeavesNoOldRootConsistent) {
  Hashes all = leaves(23);
  const TreeHash old_root = mth(std::span(all).first(11));
  all[5] = leaf_hash(core::as_bytes("rewritten"));
  const MemoryTree forked = tree_of(all);
  Checker checker;
  const auto proof = consistency_proof(11, 23, forked).value();
  EXPECT_FALSE(verify_consistency(11, old_root, 23, mth(all), proof, checker));
  EXPECT_TRUE(verify_consistency(11, mth(std::span(all).first(11)), 23, mth(all), proof, checker));
}

TEST(Tree, EveryChangeOfAProofIsRefused) {
  const Hashes all = leaves(27);
  const MemoryTree tree = tree_of(all);
  const TreeHash now = mth(all);
  const TreeHash old = mth(std::span(all).first(13));
  Checker checker;
  for (const std::uint64_t index : {0u, 12u, 25u, 26u}) {
    const Hashes good = inclusion_proof(index, 27, tree).value();
    for (std::size_t i = 0; i < good.size(); ++i) {
      Hashes bad = good;
      bad[i][31] ^= 1;
      EXPECT_FALSE(verify_inclusion(all[index], index, 27, bad, now, checker)) << index << " " << i;
      bad = good;
      bad.erase(bad.begin() + static_cast<std::ptrdiff_t>(i));
      EXPECT_FALSE(verify_inclusion(all[index], index, 27, bad, now, checker)) << index << " " << i;
    }
    for (std::uint64_t other = 0; other < 27; ++other) {
      EXPECT_EQ(verify_inclusion(all[index], other, 27, good, now, checker), other == index);
    }
  }
  const Hashes good = consistency_proof(13, 27, tree).value();
  for (std::size_t i = 0; i < good.size(); ++i) {
    Hashes bad = good;
    bad[i][0] ^= 0x80;
    EXPECT_FALSE(verify_consistency(13, old, 27, now, bad, checker)) << i;
  }
  for (std::uint64_t other = 0; other <= 27; ++other) {
    EXPECT_EQ(verify_consistency(other, old, 27, now, good, checker), other == 13) << other;
  }
}

TEST(Tree, OfTheLargestSize) {
  const EqualLeaves tree("same");
  Checker checker;
  const TreeHash leaf = tree.subtree(0, 0).value();
  const TreeHash now = root(kMaxTreeSize, tree).value();
  for (const std::uint64_t index : {std::uint64_t{0}, kMaxTreeSize / 2, kMaxTreeSize - 1}) {
    const Hashes proof = inclusion_proof(index, kMaxTreeSize, tree).value();
    EXPECT_TRUE(verify_inclusion(leaf, index, kMaxTreeSize, proof, now, checker)) << index;
  }
  // Its proof has one hash more than any inclusion path.
  Hashes growth = consistency_proof(3, kMaxTreeSize, tree).value();
  const TreeHash old = root(3, tree).value();
  EXPECT_EQ(growth.size(), 64u);
  EXPECT_TRUE(verify_consistency(3, old, kMaxTreeSize, now, growth, checker));
  EXPECT_FALSE(verify_consistency(3, old, kMaxTreeSize / 2, now, growth, checker));
  EXPECT_FALSE(verify_consistency(2, old, kMaxTreeSize, now, growth, checker));
  growth.push_back(now);
  EXPECT_FALSE(verify_consistency(3, old, kMaxTreeSize, now, growth, checker));
}

// Why the size must come from a signature.
TEST(Tree, AProofDoesNotBindTheSize) {
  const Hashes all = leaves(3);
  const Hashes proof = inclusion_proof(0, 3, tree_of(all)).value();
  Checker checker;
  EXPECT_TRUE(verify_inclusion(all[0], 0, 3, proof, mth(all), checker));
  EXPECT_TRUE(verify_inclusion(all[0], 0, 4, proof, mth(all), checker));
  EXPECT_FALSE(verify_inclusion(all[0], 0, 5, proof, mth(all), checker));
}

TEST(Tree, RefusesWhatIsNoSizeOrIndex) {
  const EqualLeaves tree("same");
  const std::uint64_t beyond = kMaxTreeSize + 1;
  EXPECT_EQ(root(beyond, tree).error().code, ErrorCode::kLimit);
  EXPECT_EQ(inclusion_proof(0, 0, tree).error().code, ErrorCode::kLimit);
  EXPECT_EQ(inclusion_proof(5, 5, tree).error().code, ErrorCode::kLimit);
  EXPECT_EQ(inclusion_proof(0, beyond, tree).error().code, ErrorCode::kLimit);
  EXPECT_EQ(consistency_proof(6, 5, tree).error().code, ErrorCode::kLimit);
  EXPECT_EQ(consistency_proof(5, beyond, tree).error().code, ErrorCode::kLimit);
  EXPECT_EQ(hashes_to_store(kMaxTreeSize, {}, tree).error().code, ErrorCode::kLimit);
}

TEST(Tree, AHashThatIsNotStoredIsTheReadersError) {
  const MemoryTree tree = tree_of(leaves(5));
  EXPECT_EQ(root(6, tree).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(inclusion_proof(4, 6, tree).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(consistency_proof(5, 7, tree).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(hashes_to_store(7, {}, tree).error().code, ErrorCode::kNotFound);
}

TEST(Tree, StoresTheSubtreesThatALeafCompletes) {
  const Hashes all = leaves(8);
  const MemoryTree tree = tree_of(std::span(all).first(7));
  EXPECT_EQ(hashes_to_store(6, all[6], tree), (std::vector<SubtreeHash>{{0, 6, all[6]}}));
  const auto stored = hashes_to_store(7, all[7], tree).value();
  ASSERT_EQ(stored.size(), 4u);
  EXPECT_EQ(stored[1], (SubtreeHash{1, 3, node_hash(all[6], all[7])}));
  EXPECT_EQ(stored[3], (SubtreeHash{3, 0, mth(all)}));
}

TEST(Tree, RealTilesGiveTheSignedRootAndTheKnownPath) {
  for (const auto& line : test::cases("tiles-log")) {
    const std::string folder = test::text(line, "/inputs/dir");
    const auto size = static_cast<std::uint64_t>(*line.at("/inputs/size")->as_integer());
    const auto note = parse_note(test::read_file(test::text(line, "/inputs/checkpoint")));
    const auto checkpoint = parse_checkpoint(note.value().text);
    EXPECT_EQ(checkpoint.value().size, size);
    EXPECT_EQ(root(size, TileFiles(folder, size)), checkpoint->root) << folder;
  }
  for (const auto& line : test::cases("tiles-inclusion")) {
    const auto index = static_cast<std::uint64_t>(*line.at("/inputs/index")->as_integer());
    const auto size = static_cast<std::uint64_t>(*line.at("/inputs/size")->as_integer());
    const auto known = parse_log_proof(test::read_file(test::text(line, "/inputs/expect_proof")));
    const TileFiles tiles(test::text(line, "/inputs/tiles"), size);
    EXPECT_EQ(inclusion_proof(index, size, tiles), known.value().path);
  }
}

}  // namespace
}  // namespace heyan::transparency
