// The files that a log publishes: its hashes and its entries, 256 to a file.
//
//   tile/L/N[.p/W]         W hashes of complete subtrees of 256^L leaves each, 256 where no W
//   stands tile/entries/N[.p/W]   as many entries, each after its length (u16, big-endian) N in
//   groups of three digits, "x" before all but the last: 1234067 is x001/x234/067
//
// A full tile never changes. Only full tiles are hashed into the level above, so a partial one is
// written anew under another name as the log grows. Source: C2SP tlog-tiles "Merkle Tree", "Partial
// Tiles", "Log entries". Errors: kLimit (an entry above 65 535 bytes, more than 256 of them, a tile
// outside the range), and whatever the reader gives. Pure, any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/transparency/tree.h"

namespace heyan::transparency {

inline constexpr unsigned kTileWidth = 256;
inline constexpr unsigned kTileLevels = 8;  // 256^8 is beyond kMaxTreeSize
inline constexpr std::size_t kEntryBytes = 65'535;

struct Tile {
  unsigned level = 0;
  std::uint64_t index = 0;
  unsigned width = kTileWidth;  // 1 to kTileWidth
  bool operator==(const Tile&) const = default;
};

// "tile/0/x001/234.p/112"
std::string tile_path(const Tile& tile);
// "tile/entries/x001/234.p/112"; for the entries whose hashes the tile of level 0 holds.
std::string entry_bundle_path(std::uint64_t index, unsigned width = kTileWidth);

// The tiles of a log of `new_size` that a log of `old_size` had not, or had narrower: lowest level
// first, each level from the left. Those of level 0 are the entry bundles to write too. Needs
// old_size <= new_size <= kMaxTreeSize (nothing otherwise); as long as the growth / 255.
std::vector<Tile> changed_tiles(std::uint64_t old_size, std::uint64_t new_size);

// The bytes of a tile.
core::Result<core::Bytes> encode_tile(const Tile& tile, const HashReader& reader);
core::Result<core::Bytes> encode_entry_bundle(std::span<const core::ByteView> entries);

// The entries of a bundle, views into it: 1 to kTileWidth, and nothing after them. kTruncated,
// kLimit, kMalformed (none).
core::Result<std::vector<core::ByteView>> parse_entry_bundle(core::ByteView bundle);

}  // namespace heyan::transparency
