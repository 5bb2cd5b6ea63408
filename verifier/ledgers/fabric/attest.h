// From the proofs of one item to its attestation: evaluate, count, say.
#pragma once

#include <span>

#include "verifier/judging.h"
#include "verifier/ledgers/fabric/trust_config.h"
#include "verifier/ledgers/ledger.h"

namespace heyan::ledgers::fabric {

// An Error only where we could not work: the budget is spent, or two libraries compute different
// digests.
core::Result<v1::Attestation> attest(std::span<const ProofView> proofs, const v1::Item& item,
                                     const v1::ItemRecord& measured,
                                     const trust::LedgerEntry& entry, const FabricConfig& config,
                                     const Judging& judging);

}  // namespace heyan::ledgers::fabric
