#include "verifier/ers/hash_tree.h"

#include <algorithm>

namespace heyan::ers {

std::optional<core::Bytes> root_of(const std::vector<std::vector<core::ByteView>>& tree,
                                   crypto::Hash hash, crypto::SignatureChecker& checker) {
  std::optional<core::Bytes> value;
  for (std::vector<core::ByteView> list : tree) {
    if (value) list.emplace_back(*value);
    if (list.size() == 1) {
      value = core::to_bytes(list.front());
      continue;
    }
    std::ranges::sort(list, [](core::ByteView a, core::ByteView b) {
      return std::ranges::lexicographical_compare(a, b);
    });
    auto next = checker.digest(hash, list);
    if (!next) return std::nullopt;
    value = std::move(next);
  }
  return value;
}

bool has_digests_only(const std::vector<std::vector<core::ByteView>>& tree, crypto::Hash hash) {
  return std::ranges::all_of(tree, [&](const std::vector<core::ByteView>& list) {
    return std::ranges::all_of(
        list, [&](core::ByteView value) { return value.size() == crypto::digest_bytes(hash); });
  });
}

}  // namespace heyan::ers
