// The proofs of one item, sorted: which transaction each speaks of, and what the party said of it.
//
// Hint "transaction": the position of a transaction in its block, or its id; of a whole block it
// says which transaction is meant, of a proof it must agree.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "verifier/ledgers/chainmaker/whole_block.h"
#include "verifier/ledgers/ledger.h"

namespace heyan::ledgers::chainmaker {

struct Offered {
  std::string sha256;          // of the bytes offered
  std::optional<Proof> proof;  // nothing: unreadable, or the block does not have what is named
  bool readable = false;
  Reasons reasons;    // of the whole block that it stands in
  std::string unmet;  // a hint that names another transaction, or none that there is
};

// Each distinct proof with its hint once, in order; at least one.
std::vector<Offered> sort_proofs(std::span<const ProofView> proofs, const v1::Item& item,
                                 const ChainmakerConfig& config, Verifier& verifier,
                                 KnownWholeBlocks& known);

}  // namespace heyan::ledgers::chainmaker
