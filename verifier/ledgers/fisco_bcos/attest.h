// From the proofs of one item to its attestations.
#pragma once

#include <span>
#include <vector>

#include "verifier/judging.h"
#include "verifier/ledgers/fisco_bcos/trust_config.h"
#include "verifier/ledgers/ledger.h"

namespace heyan::ledgers::fisco_bcos {

// One for each distinct proof in the order offered, but for those that only add a signature to a
// record; at least one. An Error only where we could not work: a budget is spent, or two libraries
// compute different digests.
core::Result<std::vector<v1::Attestation>> attest(
    std::span<const ProofView> proofs, const v1::Item& item, const v1::ItemRecord& measured,
    const trust::LedgerEntry& entry, const FiscoConfig& config, const Judging& judging);

}  // namespace heyan::ledgers::fisco_bcos
