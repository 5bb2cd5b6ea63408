#include "gateway/log_audit/tree_walk.h"

namespace heyan::log_audit {
namespace {

using transparency::kTileWidth;
using transparency::node_hash;
using transparency::TreeHash;

constexpr unsigned kLevelBits = 8;

// Complete subtrees, from the left, each smaller than the one before it.
class Range {
 public:
  void add(unsigned height, TreeHash hash) {
    while (!subtrees_.empty() && subtrees_.back().height == height) {
      hash = node_hash(subtrees_.back().hash, hash);
      subtrees_.pop_back();
      ++height;
    }
    subtrees_.push_back({height, hash});
  }
  TreeHash root() const {
    if (subtrees_.empty()) return transparency::empty_root();
    TreeHash root = subtrees_.back().hash;
    for (std::size_t i = subtrees_.size() - 1; i-- > 0;) root = node_hash(subtrees_[i].hash, root);
    return root;
  }

 private:
  struct Subtree {
    unsigned height;
    TreeHash hash;
  };
  std::vector<Subtree> subtrees_;
};

}  // namespace

void TreeWalk::add(std::size_t level, const TreeHash& hash) {
  if (levels_.size() == level) levels_.emplace_back();
  std::vector<TreeHash>& hashes = levels_[level].hashes;
  hashes.push_back(hash);
  if (hashes.size() < kTileWidth) return;
  seen_({static_cast<unsigned>(level), levels_[level].whole_tiles}, hashes);
  Range range;
  for (const TreeHash& each : hashes) range.add(0, each);
  hashes.clear();
  ++levels_[level].whole_tiles;
  add(level + 1, range.root());
}

TreeHash TreeWalk::root() const {
  Range range;
  for (std::size_t level = levels_.size(); level-- > 0;) {
    for (const TreeHash& hash : levels_[level].hashes) {
      range.add(static_cast<unsigned>(level) * kLevelBits, hash);
    }
  }
  return range.root();
}

void TreeWalk::finish() const {
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    const Level& one = levels_[level];
    if (one.hashes.empty()) continue;
    seen_({static_cast<unsigned>(level), one.whole_tiles, static_cast<unsigned>(one.hashes.size())},
          one.hashes);
  }
}

}  // namespace heyan::log_audit
