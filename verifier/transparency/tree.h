// Making proofs: what a log computes from the hashes that it has stored.
//
// Stored are the hashes of complete subtrees, and only those: (level, index) covers the leaves
// [index * 2^level, (index + 1) * 2^level). They never change, so appending one leaf only adds
// some, and every root and proof of every size can be computed from them with a logarithmic number
// of reads. Sources: RFC 6962 2.1.1 and 2.1.2; the layout is that of Go's sumdb (tlog
// StoredHashesForRecordHash). Errors: kLimit for what is no size or index of a tree, and whatever
// the reader gives.
#pragma once

#include <cstdint>
#include <vector>

#include "verifier/core/error.h"
#include "verifier/transparency/merkle.h"

namespace heyan::transparency {

class HashReader {
 public:
  virtual ~HashReader() = default;
  // The hash of a complete subtree of the log; level 0 are the leaf hashes.
  virtual core::Result<TreeHash> subtree(unsigned level, std::uint64_t index) const = 0;
};

struct SubtreeHash {
  unsigned level = 0;
  std::uint64_t index = 0;
  TreeHash hash{};
  bool operator==(const SubtreeHash&) const = default;
};

// What to store when `leaf` becomes entry number `index`: itself, and every subtree that it
// completes, from below. The reader needs the hashes of the entries before it.
core::Result<std::vector<SubtreeHash>> hashes_to_store(std::uint64_t index, const TreeHash& leaf,
                                                       const HashReader& reader);

// The root of the first `size` leaves.
core::Result<TreeHash> root(std::uint64_t size, const HashReader& reader);

// The path of that leaf in the tree of that size, leaf's sibling first. Needs index < size.
core::Result<std::vector<TreeHash>> inclusion_proof(std::uint64_t index, std::uint64_t size,
                                                    const HashReader& reader);

// That the tree of `old_size` begins the tree of `new_size`. Empty where they are equal or the old
// size is 0. Needs old_size <= new_size.
core::Result<std::vector<TreeHash>> consistency_proof(std::uint64_t old_size,
                                                      std::uint64_t new_size,
                                                      const HashReader& reader);

}  // namespace heyan::transparency
