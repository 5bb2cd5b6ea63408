#include "verifier/transparency/tile.h"

#include <fmt/core.h>

#include <algorithm>

#include "verifier/core/cursor.h"

namespace heyan::transparency {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr unsigned kLevelBits = 8;  // a tile spans as many levels of the tree

std::string grouped(std::uint64_t index) {
  std::string path = fmt::format("{:03}", index % 1000);
  for (index /= 1000; index != 0; index /= 1000) {
    path.insert(0, fmt::format("x{:03}/", index % 1000));
  }
  return path;
}

std::string path_of(std::string_view kind, std::uint64_t index, unsigned width) {
  const std::string path = fmt::format("tile/{}/{}", kind, grouped(index));
  return width == kTileWidth ? path : fmt::format("{}.p/{}", path, width);
}

}  // namespace

std::string tile_path(const Tile& tile) {
  return path_of(std::to_string(tile.level), tile.index, tile.width);
}

std::string entry_bundle_path(std::uint64_t index, unsigned width) {
  return path_of("entries", index, width);
}

std::vector<Tile> changed_tiles(std::uint64_t old_size, std::uint64_t new_size) {
  std::vector<Tile> tiles;
  if (old_size > new_size || new_size > kMaxTreeSize) return tiles;
  for (unsigned level = 0; level < kTileLevels; ++level) {
    const std::uint64_t before = old_size >> (kLevelBits * level);
    const std::uint64_t now = new_size >> (kLevelBits * level);
    if (before == now) break;  // then no level above has grown either
    for (std::uint64_t index = before / kTileWidth; index * kTileWidth < now; ++index) {
      const std::uint64_t width = std::min<std::uint64_t>(now - index * kTileWidth, kTileWidth);
      tiles.push_back({level, index, static_cast<unsigned>(width)});
    }
  }
  return tiles;
}

Result<Bytes> encode_tile(const Tile& tile, const HashReader& reader) {
  const bool in_range = tile.level < kTileLevels && tile.width >= 1 && tile.width <= kTileWidth &&
                        tile.index <= (kMaxTreeSize >> (kLevelBits * tile.level)) / kTileWidth;
  if (!in_range) return fail(ErrorCode::kLimit, "not a tile of a log");
  Bytes bytes;
  bytes.reserve(tile.width * sizeof(TreeHash));
  for (unsigned i = 0; i < tile.width; ++i) {
    HEYAN_TRY(const TreeHash hash,
              reader.subtree(kLevelBits * tile.level, tile.index * kTileWidth + i));
    bytes.insert(bytes.end(), hash.begin(), hash.end());
  }
  return bytes;
}

Result<Bytes> encode_entry_bundle(std::span<const ByteView> entries) {
  if (entries.empty() || entries.size() > kTileWidth) {
    return fail(ErrorCode::kLimit, "not 1 to 256 entries");
  }
  Bytes bytes;
  for (const ByteView entry : entries) {
    if (entry.size() > kEntryBytes) return fail(ErrorCode::kLimit, "entry is above 65535 bytes");
    bytes.push_back(static_cast<std::uint8_t>(entry.size() >> 8));
    bytes.push_back(static_cast<std::uint8_t>(entry.size() & 0xff));
    bytes.insert(bytes.end(), entry.begin(), entry.end());
  }
  return bytes;
}

Result<std::vector<ByteView>> parse_entry_bundle(ByteView bundle) {
  core::Cursor rest(bundle);
  std::vector<ByteView> entries;
  while (!rest.at_end()) {
    if (entries.size() == kTileWidth) return fail(ErrorCode::kLimit, "more than 256 entries");
    HEYAN_TRY(const std::uint16_t length, rest.take_u16());
    HEYAN_TRY(const ByteView entry, rest.take(length));
    entries.push_back(entry);
  }
  if (entries.empty()) return fail(ErrorCode::kMalformed, "a bundle without entries");
  return entries;
}

}  // namespace heyan::transparency
