// Logs to hold vectors against: one in memory, and one that stands in files as tiles.
#pragma once

#include <filesystem>
#include <map>
#include <utility>

#include "tests/vectors/tlogs_case.h"
#include "verifier/transparency/tile.h"
#include "verifier/transparency/tree.h"

namespace heyan::vectors::tlogs {

class MemoryLog : public transparency::HashReader {
 public:
  bool append(const transparency::TreeHash& leaf) {
    const auto stored = transparency::hashes_to_store(size_, leaf, *this);
    if (!stored) return false;
    for (const auto& one : *stored) hashes_[{one.level, one.index}] = one.hash;
    ++size_;
    return true;
  }
  std::uint64_t size() const { return size_; }
  core::Result<transparency::TreeHash> subtree(unsigned level, std::uint64_t index) const override {
    const auto hash = hashes_.find({level, index});
    if (hash == hashes_.end()) return core::fail(core::ErrorCode::kNotFound, "no such subtree");
    return hash->second;
  }

 private:
  std::uint64_t size_ = 0;
  std::map<std::pair<unsigned, std::uint64_t>, transparency::TreeHash> hashes_;
};

// The tile of a log of that size at that place, as it is named.
inline transparency::Tile tile_at(unsigned level, std::uint64_t index, std::uint64_t size) {
  constexpr unsigned kLevelBits = 8;
  const std::uint64_t hashes = size >> (kLevelBits * level);
  const bool full = (index + 1) * transparency::kTileWidth <= hashes;
  const auto width =
      full ? transparency::kTileWidth : static_cast<unsigned>(hashes % transparency::kTileWidth);
  return {.level = level, .index = index, .width = width};
}

class TileFolder : public transparency::HashReader {
 public:
  TileFolder(std::filesystem::path folder, std::uint64_t size)
      : folder_(std::move(folder)), size_(size) {}

  core::Result<transparency::TreeHash> subtree(unsigned level, std::uint64_t index) const override {
    constexpr unsigned kLevelBits = 8;
    if (level % kLevelBits != 0) {  // between the levels that tiles hold
      HEYAN_TRY(const auto left, subtree(level - 1, 2 * index));
      HEYAN_TRY(const auto right, subtree(level - 1, 2 * index + 1));
      return transparency::node_hash(left, right);
    }
    const auto tile = tile_at(level / kLevelBits, index / transparency::kTileWidth, size_);
    const auto bytes = read_text(folder_ / transparency::tile_path(tile));
    const std::size_t at = index % transparency::kTileWidth;
    if (!bytes || bytes->size() != tile.width * sizeof(transparency::TreeHash) || at >= tile.width)
      return core::fail(core::ErrorCode::kNotFound, "no such hash in the tiles");
    constexpr std::size_t kHash = sizeof(transparency::TreeHash);
    return *transparency::tree_hash(
        core::as_bytes(std::string_view(*bytes).substr(at * kHash, kHash)));
  }

 private:
  std::filesystem::path folder_;
  std::uint64_t size_;
};

}  // namespace heyan::vectors::tlogs
