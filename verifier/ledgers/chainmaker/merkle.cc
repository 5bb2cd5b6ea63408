#include "verifier/ledgers/chainmaker/merkle.h"

#include <algorithm>
#include <array>

namespace heyan::ledgers::chainmaker {
namespace {

Bytes parent(ByteView left, ByteView right, Verifier& verifier) {
  const std::array<ByteView, 2> both{left, right};
  return verifier.digest(both);
}

}  // namespace

PathEnd end_of_path(ByteView leaf, std::uint64_t index, std::uint64_t count,
                    std::span<const Bytes> siblings, Verifier& verifier) {
  if (index >= count || siblings.size() > kMaxPath) return {};
  PathEnd end{.root = core::to_bytes(leaf), .well_formed = true};
  const std::size_t digest_bytes = crypto::digest_bytes(verifier.chain_hash());
  for (const Bytes& sibling : siblings) {
    if (count <= 1 || sibling.size() != digest_bytes) return {};
    const bool alone = index % 2 == 0 && index + 1 >= count;
    if (alone && sibling != end.root) end.well_formed = false;
    end.root = index % 2 == 1 ? parent(sibling, end.root, verifier)
                              : parent(end.root, alone ? end.root : sibling, verifier);
    index /= 2;
    count = (count + 1) / 2;
  }
  if (count != 1) return {};
  return end;
}

std::vector<std::vector<Bytes>> tree_over(std::vector<Bytes> leaves, Verifier& verifier) {
  std::vector<std::vector<Bytes>> levels;
  if (leaves.empty()) return levels;
  levels.push_back(std::move(leaves));
  while (levels.back().size() > 1) {
    const std::vector<Bytes>& below = levels.back();
    std::vector<Bytes> level;
    level.reserve((below.size() + 1) / 2);
    for (std::size_t i = 0; i < below.size(); i += 2) {
      const Bytes& right = i + 1 < below.size() ? below[i + 1] : below[i];
      level.push_back(parent(below[i], right, verifier));
    }
    levels.push_back(std::move(level));
  }
  return levels;
}

std::vector<Bytes> path_to(const std::vector<std::vector<Bytes>>& tree, std::size_t index) {
  std::vector<Bytes> path;
  for (const std::vector<Bytes>& level : tree) {
    if (level.size() == 1) break;
    const std::size_t sibling = index % 2 == 1 ? index - 1 : std::min(index + 1, level.size() - 1);
    path.push_back(level[sibling]);
    index /= 2;
  }
  return path;
}

}  // namespace heyan::ledgers::chainmaker
