// [[ledger.ruling]] of a trust list: which of the blocks that contradict each other stand, as a
// court ruled. It counts as everything on the list does: what approves the list approves it, and
// every report names its digest. Source: security decision 22. Pure, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/core/bytes.h"
#include "verifier/trust/table.h"

namespace heyan::trust {

// From `height` up to, and without, `resumes` only the blocks that it names stand; from `resumes`
// on the ledger counts as before. Of a transparency log: sizes and roots.
struct Ruling {
  std::string document;  // by which it can be found, as the court names it
  std::string origin;    // of a log: whose tree; else empty
  std::uint64_t height = 0;
  std::uint64_t resumes = 0;
  std::vector<std::string> stands;  // bytes; each once

  bool covers(std::string_view tree, std::uint64_t at) const {
    return origin == tree && height <= at && at < resumes;
  }
  bool ended(std::string_view tree, std::uint64_t at) const {
    return origin == tree && resumes <= at;
  }
  bool lets_stand(std::string_view hash) const;
};

// Of one ledger's table; defects go to the tables. No two are about one height of one tree.
std::vector<Ruling> read_rulings(Table& ledger);

}  // namespace heyan::trust
