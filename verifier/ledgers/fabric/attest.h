// From the proofs of one item to its attestations: evaluate, count, say.
#pragma once

#include <span>
#include <vector>

#include "verifier/judging.h"
#include "verifier/ledgers/fabric/trust_config.h"
#include "verifier/ledgers/ledger.h"

namespace heyan::ledgers::fabric {

// One for each record that item and hints name (at least one), in that order: by position, by key,
// by the item. An Error only where we could not work: a budget is spent, or two libraries compute
// different digests.
core::Result<std::vector<v1::Attestation>> attest(
    std::span<const ProofView> proofs, const v1::Item& item, const v1::ItemRecord& measured,
    const trust::LedgerEntry& entry, const FabricConfig& config, const Judging& judging);

}  // namespace heyan::ledgers::fabric
