#include "verifier/transparency/merkle.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/transparency/vectors.h"

namespace heyan::transparency {
namespace {

using core::json::Value;
using test::Checker;
using test::hash;
using test::hashes;
using test::number;
using test::read_json_lines;

// Accepted and refused vectors of a file, all judged as its lines say.
using Tally = std::pair<std::size_t, std::size_t>;

Tally run(const std::string& file, bool (*verify)(const Value&, Checker&)) {
  Tally tally;
  Checker checker;
  for (const Value& line : read_json_lines(file)) {
    const bool bad = *line.find("wantErr")->as_bool();
    EXPECT_EQ(verify(line, checker), !bad) << file << ": " << test::text(line, "/desc");
    ++(bad ? tally.second : tally.first);
  }
  EXPECT_FALSE(checker.disagreed());
  return tally;
}

// Some of these vectors have hashes of another length: refused before they are hashes of a tree.
bool are_hashes(const Value& line, std::string_view first, std::string_view second) {
  std::vector<Value> values = {*line.find(first), *line.find(second)};
  if (const auto* proof = line.find("proof")->as_array()) {
    values.insert(values.end(), proof->begin(), proof->end());
  }
  return std::ranges::all_of(values, [](const Value& value) {
    const auto bytes = core::from_base64(*value.as_string());
    return bytes && tree_hash(*bytes);
  });
}

bool included(const Value& line, Checker& checker) {
  return are_hashes(line, "root", "leafHash") &&
         verify_inclusion(hash(line, "leafHash"), number(line, "leafIdx"), number(line, "treeSize"),
                          hashes(line, "proof"), hash(line, "root"), checker);
}

bool consistent(const Value& line, Checker& checker) {
  return are_hashes(line, "root1", "root2") &&
         verify_consistency(number(line, "size1"), hash(line, "root1"), number(line, "size2"),
                            hash(line, "root2"), hashes(line, "proof"), checker);
}

TEST(Inclusion, VectorsOfTransparencyDev) {
  EXPECT_EQ(run("merkle/tdev-inclusion.jsonl", included), Tally(3, 48));
}

TEST(Inclusion, VectorsUpToTheLargestSize) {
  EXPECT_EQ(run("merkle/gen-inclusion.jsonl", included), Tally(78, 616));
}

TEST(Consistency, VectorsOfTransparencyDev) {
  EXPECT_EQ(run("merkle/tdev-consistency.jsonl", consistent), Tally(2, 53));
}

TEST(Consistency, VectorsUpToTheLargestSize) {
  EXPECT_EQ(run("merkle/gen-consistency.jsonl", consistent), Tally(19, 147));
}

TEST(Hashes, OfTheEightLeafTree) {
  const auto file = test::read_file("merkle/ct-reference-tree.json");
  const auto tree = core::json::parse(core::as_bytes(file), {});
  ASSERT_TRUE(tree);
  const auto& leaves = *tree->find("leaves_hex")->as_array();
  const auto& leaf_hashes = *tree->find("leaf_hashes_hex")->as_array();
  ASSERT_EQ(leaves.size(), 8u);
  Checker checker;
  test::MemoryTree log;
  for (std::size_t i = 0; i <= leaves.size(); ++i) {
    const std::string root_hex = test::text(*tree, "/roots_hex/" + std::to_string(i));
    EXPECT_EQ(root(i, log), test::hash_of_hex(root_hex)) << i;
    if (i == leaves.size()) break;
    const core::Bytes entry = core::from_hex(*leaves[i].as_string()).value();
    EXPECT_EQ(leaf_hash(entry), test::hash_of_hex(*leaf_hashes[i].as_string()));
    EXPECT_EQ(leaf_hash(entry, checker), leaf_hash(entry));
    log.append(leaf_hash(entry));
  }
}

TEST(Hashes, AnEntryIsNoPairOfHashes) {
  const TreeHash a = leaf_hash(core::as_bytes("a"));
  const TreeHash b = leaf_hash(core::as_bytes("b"));
  core::Bytes pair = core::to_bytes(a);
  pair.insert(pair.end(), b.begin(), b.end());
  EXPECT_NE(leaf_hash(pair), node_hash(a, b));
  pair.insert(pair.begin(), 0x01);
  EXPECT_NE(leaf_hash(pair), node_hash(a, b));
  EXPECT_NE(node_hash(a, b), node_hash(b, a));
  EXPECT_NE(leaf_hash({}), empty_root());
}

TEST(Hashes, HaveThirtyTwoBytes) {
  EXPECT_FALSE(tree_hash(core::Bytes(31)));
  EXPECT_FALSE(tree_hash(core::Bytes(33)));
  EXPECT_FALSE(tree_hash({}));
  EXPECT_EQ(tree_hash(core::Bytes(32)), TreeHash{});
}

TEST(Inclusion, LengthOfThePathIsKnown) {
  EXPECT_EQ(inclusion_path_length(0, 1), 0u);
  EXPECT_EQ(inclusion_path_length(6, 7), 2u);
  EXPECT_EQ(inclusion_path_length(0, 7), 3u);
  EXPECT_EQ(inclusion_path_length(0, kMaxTreeSize), kMaxInclusionPath);
  EXPECT_EQ(inclusion_path_length(kMaxTreeSize - 1, kMaxTreeSize), 62u);
  EXPECT_FALSE(inclusion_path_length(0, 0));
  EXPECT_FALSE(inclusion_path_length(7, 7));
  EXPECT_FALSE(inclusion_path_length(0, kMaxTreeSize + 1));
  EXPECT_FALSE(inclusion_path_length(0, ~std::uint64_t{0}));
  EXPECT_FALSE(inclusion_path_length(~std::uint64_t{0}, ~std::uint64_t{0}));
}

TEST(Inclusion, NothingIsHashedWhereTheLengthIsWrong) {
  Checker checker;
  const TreeHash leaf = leaf_hash(core::as_bytes("a"));
  for (const std::size_t length : {0u, 2u, 4u, 63u, 64u, 1000u}) {
    EXPECT_FALSE(root_from_inclusion(leaf, 0, 7, std::vector<TreeHash>(length), checker)) << length;
  }
  EXPECT_TRUE(root_from_inclusion(leaf, 0, 7, std::vector<TreeHash>(3), checker));
}

TEST(Consistency, OfTheEmptyTree) {
  Checker checker;
  const TreeHash some = leaf_hash(core::as_bytes("a"));
  const std::vector<TreeHash> one = {some};
  EXPECT_TRUE(verify_consistency(0, empty_root(), 0, empty_root(), {}, checker));
  EXPECT_TRUE(verify_consistency(0, empty_root(), 1, some, {}, checker));
  EXPECT_FALSE(verify_consistency(0, some, 1, some, {}, checker));
  EXPECT_FALSE(verify_consistency(0, some, 0, some, {}, checker));
  EXPECT_FALSE(verify_consistency(0, empty_root(), 0, some, {}, checker));
  EXPECT_FALSE(verify_consistency(0, empty_root(), 1, some, one, checker));
  EXPECT_FALSE(verify_consistency(0, empty_root(), 0, empty_root(), one, checker));
  EXPECT_FALSE(verify_consistency(1, some, 0, empty_root(), {}, checker));
}

TEST(Consistency, SizesBeyondTheLargestAreRefused) {
  Checker checker;
  const TreeHash some{};
  const std::uint64_t beyond = kMaxTreeSize + 1;
  EXPECT_TRUE(verify_consistency(kMaxTreeSize, some, kMaxTreeSize, some, {}, checker));
  EXPECT_FALSE(verify_consistency(beyond, some, beyond, some, {}, checker));
  EXPECT_FALSE(verify_consistency(0, empty_root(), beyond, some, {}, checker));
  EXPECT_FALSE(verify_consistency(beyond, some, 1, some, {}, checker));
}

TEST(Inclusion, LibrariesThatDifferProveNothing) {
  const test::WrongEngine wrong;
  crypto::SignatureChecker checker({crypto::production_engines().first, &wrong}, {});
  const TreeHash a = leaf_hash(core::as_bytes("a"));
  const TreeHash b = leaf_hash(core::as_bytes("b"));
  EXPECT_FALSE(verify_inclusion(a, 0, 2, std::vector{b}, node_hash(a, b), checker));
  EXPECT_FALSE(verify_consistency(1, a, 2, node_hash(a, b), std::vector{b}, checker));
  EXPECT_FALSE(leaf_hash(core::as_bytes("a"), checker));
  EXPECT_TRUE(checker.disagreed());
}

}  // namespace
}  // namespace heyan::transparency
