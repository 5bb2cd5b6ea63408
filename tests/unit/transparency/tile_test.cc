#include "verifier/transparency/tile.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/unit/transparency/vectors.h"
#include "verifier/core/cursor.h"

namespace heyan::transparency {
namespace {

using core::ErrorCode;
using Tiles = std::vector<Tile>;

TEST(TilePath, ThreeDigitGroups) {
  EXPECT_EQ(tile_path({0, 0}), "tile/0/000");
  EXPECT_EQ(tile_path({0, 999}), "tile/0/999");
  EXPECT_EQ(tile_path({0, 1000}), "tile/0/x001/000");
  EXPECT_EQ(tile_path({1, 1'234'067}), "tile/1/x001/x234/067");  // of the specification
  EXPECT_EQ(tile_path({2, 5, 1}), "tile/2/005.p/1");
  EXPECT_EQ(tile_path({0, 41'865, 103}), "tile/0/x041/865.p/103");
  EXPECT_EQ(tile_path({0, kMaxTreeSize / 256}), "tile/0/x036/x028/x797/x018/x963/967");
  EXPECT_EQ(entry_bundle_path(0), "tile/entries/000");
  EXPECT_EQ(entry_bundle_path(1, 44), "tile/entries/001.p/44");
  EXPECT_EQ(entry_bundle_path(1'000'000, 255), "tile/entries/x001/x000/000.p/255");
}

TEST(ChangedTiles, OfTheSpecificationsExample) {
  // 70 000: 273 full and one of 112; one full and one of 17; one of 1.
  const Tiles tiles = changed_tiles(0, 70'000);
  ASSERT_EQ(tiles.size(), 277u);
  EXPECT_EQ(tiles[272], (Tile{0, 272, 256}));
  EXPECT_EQ(tiles[273], (Tile{0, 273, 112}));
  EXPECT_EQ(tiles[274], (Tile{1, 0, 256}));
  EXPECT_EQ(tiles[275], (Tile{1, 1, 17}));
  EXPECT_EQ(tiles[276], (Tile{2, 0, 1}));
  EXPECT_EQ(changed_tiles(0, 256), (Tiles{{0, 0, 256}, {1, 0, 1}}));
}

TEST(ChangedTiles, OnlyWhatGrew) {
  EXPECT_EQ(changed_tiles(0, 1), (Tiles{{0, 0, 1}}));
  EXPECT_EQ(changed_tiles(1, 3), (Tiles{{0, 0, 3}}));
  EXPECT_EQ(changed_tiles(255, 256), (Tiles{{0, 0, 256}, {1, 0, 1}}));
  EXPECT_EQ(changed_tiles(256, 257), (Tiles{{0, 1, 1}}));
  EXPECT_EQ(changed_tiles(256, 256), Tiles{});
  EXPECT_EQ(changed_tiles(0, 0), Tiles{});
  EXPECT_EQ(changed_tiles(65'535, 65'536), (Tiles{{0, 255, 256}, {1, 0, 256}, {2, 0, 1}}));
  const Tiles last = changed_tiles(kMaxTreeSize - 1, kMaxTreeSize);
  EXPECT_EQ(last, (Tiles{{0, kMaxTreeSize / 256, 255}}));
  EXPECT_EQ(changed_tiles(2, 1), Tiles{});
  EXPECT_EQ(changed_tiles(kMaxTreeSize, kMaxTreeSize + 1), Tiles{});
}

TEST(ChangedTiles, StepByStepNothingIsMissed) {
  std::set<std::string> stepwise;
  for (std::uint64_t size = 0; size < 1'000; size += 7) {
    for (const Tile& tile : changed_tiles(size, size + 7)) stepwise.insert(tile_path(tile));
  }
  for (const Tile& tile : changed_tiles(0, 1'001)) {
    EXPECT_TRUE(stepwise.contains(tile_path(tile))) << tile_path(tile);
  }
}

// Entries out of a bundle file.
std::vector<core::Bytes> entries_of(const std::string& bundle) {
  std::vector<core::Bytes> entries;
  core::Cursor cursor(core::as_bytes(bundle));
  while (!cursor.at_end()) {
    entries.push_back(core::to_bytes(cursor.take(cursor.take_u16().value()).value()));
  }
  return entries;
}

// The files of a log are what its own entries give.
void expect_same_files(const std::string& folder, std::uint64_t size) {
  std::vector<core::Bytes> entries;
  for (const Tile& tile : changed_tiles(0, size)) {
    if (tile.level != 0) continue;
    const std::string bundle = test::read_file(folder + entry_bundle_path(tile.index, tile.width));
    const std::vector<core::Bytes> read = entries_of(bundle);
    EXPECT_EQ(read.size(), tile.width);
    const std::vector<core::ByteView> views(read.begin(), read.end());
    EXPECT_EQ(encode_entry_bundle(views), core::to_bytes(bundle));
    entries.insert(entries.end(), read.begin(), read.end());
  }
  test::MemoryTree tree;
  for (const core::Bytes& entry : entries) tree.append(leaf_hash(entry));
  ASSERT_EQ(tree.size(), size);
  for (const Tile& tile : changed_tiles(0, size)) {
    EXPECT_EQ(encode_tile(tile, tree), core::to_bytes(test::read_file(folder + tile_path(tile))))
        << tile_path(tile);
  }
}

TEST(Tiles, AreTheFilesOfOtherLogs) {
  expect_same_files("court-log/", 300);
  for (std::uint64_t size = 1; size <= 15; ++size) expect_same_files("tessera-log/", size);
}

TEST(Tiles, OutsideTheRangeAreRefused) {
  const test::EqualLeaves log("same");
  EXPECT_TRUE(encode_tile({7, 0, 127}, log));
  for (const Tile& bad : Tiles{{8, 0, 1},
                               {64, 0, 1},
                               {0, 0, 0},
                               {0, 0, 257},
                               {7, 1, 1},
                               {0, kMaxTreeSize / 256 + 1, 1},
                               {0, ~std::uint64_t{0}, 1}}) {
    EXPECT_EQ(encode_tile(bad, log).error().code, ErrorCode::kLimit) << tile_path(bad);
  }
  const test::MemoryTree empty;
  EXPECT_EQ(encode_tile({0, 0, 1}, empty).error().code, ErrorCode::kNotFound);
}

TEST(EntryBundle, EntriesBeyondTheLimitsAreRefused) {
  const core::Bytes longest(kEntryBytes);
  const core::Bytes longer(kEntryBytes + 1);
  const core::ByteView one(longest);
  EXPECT_EQ(encode_entry_bundle(std::vector{one}).value().size(), kEntryBytes + 2);
  EXPECT_EQ(encode_entry_bundle(std::vector{core::ByteView()}), core::Bytes(2));
  EXPECT_EQ(encode_entry_bundle(std::vector{core::ByteView(longer)}).error().code,
            ErrorCode::kLimit);
  EXPECT_EQ(encode_entry_bundle({}).error().code, ErrorCode::kLimit);
  EXPECT_TRUE(encode_entry_bundle(std::vector<core::ByteView>(256)));
  EXPECT_EQ(encode_entry_bundle(std::vector<core::ByteView>(257)).error().code, ErrorCode::kLimit);
}

}  // namespace
}  // namespace heyan::transparency
