// From the proofs of one item to its attestations: check, count, say.
#pragma once

#include <span>
#include <vector>

#include "verifier/judging.h"
#include "verifier/ledgers/chainmaker/trust_config.h"
#include "verifier/ledgers/ledger.h"

namespace heyan::ledgers::chainmaker {

// One for each distinct proof, in order. An Error only where we could not work: a budget is spent,
// or two libraries compute different digests.
core::Result<std::vector<v1::Attestation>> attest(std::span<const ProofView> proofs,
                                                  const v1::Item& item,
                                                  const trust::LedgerEntry& entry,
                                                  const ChainmakerConfig& config,
                                                  const Judging& judging);

}  // namespace heyan::ledgers::chainmaker
