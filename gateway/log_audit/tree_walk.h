// Hashes all entries of a log again, in their order, and tells each tile as it becomes whole.
//
// What is kept is the growing tile of each level, so that a log of any size is walked in the memory
// of a few thousand hashes. Source: RFC 6962 2.1, C2SP tlog-tiles "Merkle Tree". One thread.
#pragma once

#include <functional>
#include <vector>

#include "verifier/transparency/merkle.h"
#include "verifier/transparency/tile.h"

namespace heyan::log_audit {

using TileSeen =
    std::function<void(const transparency::Tile&, std::span<const transparency::TreeHash>)>;

class TreeWalk {
 public:
  explicit TreeWalk(TileSeen seen) : seen_(std::move(seen)) {}

  void add(const transparency::TreeHash& leaf) { add(0, leaf); }
  // The root of what was added so far.
  transparency::TreeHash root() const;
  // Tells the tiles that are not whole: after the last leaf.
  void finish() const;

 private:
  struct Level {
    std::uint64_t whole_tiles = 0;
    std::vector<transparency::TreeHash> hashes;  // of the growing tile
  };
  void add(std::size_t level, const transparency::TreeHash& hash);

  TileSeen seen_;
  std::vector<Level> levels_;
};

}  // namespace heyan::log_audit
