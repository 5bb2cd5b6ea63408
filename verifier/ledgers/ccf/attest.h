// From the receipts offered for an item to their attestations: read, judge, say.
#pragma once

#include <span>
#include <vector>

#include "verifier/ledgers/ccf/reason.h"
#include "verifier/ledgers/ccf/trust_config.h"
#include "verifier/ledgers/ledger.h"

namespace heyan::ledgers::ccf {

// One for each file, the same bytes once. An Error only where we could not work.
core::Result<std::vector<v1::Attestation>> attest(std::span<const ProofView> proofs,
                                                  const v1::Item& item,
                                                  const v1::ItemRecord& measured,
                                                  const trust::LedgerEntry& entry,
                                                  const CcfConfig& config, const Judging& judging);

// It shows one record, which was verified, and nothing that was not.
bool is_whole(core::ByteView proof, const trust::LedgerEntry& entry, const CcfConfig& config,
              const Judging& judging);

// What a receipt says, without an item: for the vectors. `claims`: JSON that the application
// claims; empty: none to compare.
core::Result<Reasons> check(core::ByteView receipt, core::ByteView claims, const CcfConfig& config,
                            const Judging& judging);

}  // namespace heyan::ledgers::ccf
