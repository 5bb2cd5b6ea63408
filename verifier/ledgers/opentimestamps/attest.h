// From the files offered for an item to their attestations: read, judge, say.
#pragma once

#include <span>
#include <vector>

#include "verifier/judging.h"
#include "verifier/ledgers/ledger.h"
#include "verifier/ledgers/opentimestamps/trust_config.h"

namespace heyan::ledgers::opentimestamps {

// One a file, the same bytes once. A file proved by a block gets the record "its digest", an upper
// bound of its time of a whole day, and the block's position; of everything else it is said why
// not. An Error only where we could not work.
core::Result<std::vector<v1::Attestation>> attest(std::span<const ProofView> proofs,
                                                  const v1::ItemRecord& measured,
                                                  const trust::LedgerEntry& entry,
                                                  const BitcoinConfig& config,
                                                  const Judging& judging);

}  // namespace heyan::ledgers::opentimestamps
