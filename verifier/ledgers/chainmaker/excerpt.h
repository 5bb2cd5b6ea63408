// What a party may hold of a proof or of a whole block: header, votes, one transaction and its path
// to the root (docs/chainmaker.md). A block holds strangers' transactions, a path only their
// digests. Pure, any thread.
#pragma once

#include <optional>
#include <string>

#include "verifier/ledgers/chainmaker/trust_config.h"
#include "verifier/ledgers/ledger.h"

namespace heyan::ledgers::chainmaker {

// The proof itself where it is JSON with nothing more. Nothing where the transaction that is meant
// does not stand in a block of this chain, in order, or a read-write set is not its own: unverified
// bytes may be anybody's.
std::optional<std::string> excerpt_of(const ProofView& proof, const v1::Item& item,
                                      const trust::LedgerEntry& entry,
                                      const ChainmakerConfig& config, const Judging& judging);

}  // namespace heyan::ledgers::chainmaker
