// Hashes of the log that are kept in memory: every proof and every root needs some, and more the
// larger the log, each on another page of the disk.
//
// Of subtrees of 256 leaves or more all (a byte for four leaves, 64 MB at most); of smaller ones
// those of the block of 256 leaves that was asked for last, computed from its leaves, which lie
// side by side. Only of what is committed: that never changes. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "verifier/transparency/merkle.h"

namespace heyan::report_log {

class KeptHashes {
 public:
  static constexpr unsigned kBlockLevel = 8;
  static constexpr std::size_t kBlock = 1u << kBlockLevel;
  static constexpr std::uint64_t kMost = 1u << 20;  // of one level

  // Nothing where it is not kept.
  const transparency::TreeHash* find(unsigned level, std::uint64_t index) const {
    if (level < kBlockLevel) {
      const unsigned below = kBlockLevel - level;
      if (block_number_ != index >> below) return nullptr;
      return &block_[level][index & ((1u << below) - 1)];
    }
    const std::vector<transparency::TreeHash>& hashes = levels_[level - kBlockLevel];
    if (index >= hashes.size() || hashes[index] == kNone) return nullptr;
    return &hashes[index];
  }
  // Of kBlockLevel or above; of others nothing.
  void keep(unsigned level, std::uint64_t index, const transparency::TreeHash& hash) {
    if (level < kBlockLevel || index >= kMost) return;
    std::vector<transparency::TreeHash>& hashes = levels_[level - kBlockLevel];
    if (index >= hashes.size()) hashes.resize(index + 1, kNone);
    hashes[index] = hash;
  }
  void keep_block(std::uint64_t number, std::span<const transparency::TreeHash, kBlock> leaves) {
    block_number_ = number;
    block_[0].assign(leaves.begin(), leaves.end());
    for (unsigned level = 1; level < kBlockLevel; ++level) {
      const std::vector<transparency::TreeHash>& below = block_[level - 1];
      block_[level].clear();
      for (std::size_t i = 0; i < below.size(); i += 2) {
        block_[level].push_back(transparency::node_hash(below[i], below[i + 1]));
      }
    }
  }
  void forget() {
    levels_ = {};
    block_number_.reset();
  }

 private:
  static constexpr transparency::TreeHash kNone{};

  std::array<std::vector<transparency::TreeHash>, 64 - kBlockLevel> levels_;
  std::optional<std::uint64_t> block_number_;
  std::array<std::vector<transparency::TreeHash>, kBlockLevel> block_;
};

}  // namespace heyan::report_log
