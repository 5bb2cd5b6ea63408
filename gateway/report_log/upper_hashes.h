// Hashes of subtrees of 256 leaves or more, kept in memory once they were read: every proof and
// every root needs some, and more the larger the log. A quarter of a byte a leaf, 64 MB at most.
// Only of what is committed: that never changes. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "verifier/transparency/merkle.h"

namespace heyan::report_log {

class UpperHashes {
 public:
  // Nothing of what is below, not yet kept, or beyond.
  const transparency::TreeHash* find(unsigned level, std::uint64_t index) const {
    if (level < kLowest || index >= levels_[level - kLowest].size()) return nullptr;
    const transparency::TreeHash& hash = levels_[level - kLowest][index];
    return hash == kNone ? nullptr : &hash;
  }
  void keep(unsigned level, std::uint64_t index, const transparency::TreeHash& hash) {
    if (level < kLowest || index >= kMost) return;
    std::vector<transparency::TreeHash>& hashes = levels_[level - kLowest];
    if (index >= hashes.size()) hashes.resize(index + 1, kNone);
    hashes[index] = hash;
  }
  void forget() { levels_ = {}; }

 private:
  static constexpr unsigned kLowest = 8;
  static constexpr std::uint64_t kMost = 1u << 20;  // of one level
  static constexpr transparency::TreeHash kNone{};

  std::array<std::vector<transparency::TreeHash>, 64 - kLowest> levels_;
};

}  // namespace heyan::report_log
