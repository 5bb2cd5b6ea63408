// From the files offered for an item to their attestations: read, judge, say.
#pragma once

#include <span>
#include <vector>

#include "verifier/ledgers/ledger.h"
#include "verifier/ledgers/sigsum/trust_config.h"
#include "verifier/ledgers/tlog/reason.h"

namespace heyan::ledgers::sigsum {

// One for each file, the same bytes once. An Error only where we could not work.
core::Result<std::vector<v1::Attestation>> attest(
    std::span<const ProofView> proofs, const v1::Item& item, const v1::ItemRecord& measured,
    const trust::LedgerEntry& entry, const SigsumConfig& config, const Judging& judging);

// The proof written anew without cosignatures of keys that the policy does not know, which could be
// anybody's. Nothing where no log of the policy signed its head, or its path is longer or shorter
// than it must be.
std::optional<std::string> signed_alone(core::ByteView proof, const SigsumConfig& config,
                                        const Judging& judging);

// What a proof says of a message of 32 bytes, without an item: for the vectors.
core::Result<tlog::Reasons> check(core::ByteView proof, core::ByteView message,
                                  const trust::LedgerEntry& entry, const SigsumConfig& config,
                                  const Judging& judging);

}  // namespace heyan::ledgers::sigsum
