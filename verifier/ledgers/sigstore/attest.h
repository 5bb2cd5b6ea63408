// From the bundles offered for an item to their attestations: read, judge, say.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "verifier/ledgers/ledger.h"
#include "verifier/ledgers/sigstore/trust_config.h"
#include "verifier/ledgers/tlog/reason.h"

namespace heyan::ledgers::sigstore {

// One for each file, the same bytes once. An Error only where we could not work.
core::Result<std::vector<v1::Attestation>> attest(
    std::span<const ProofView> proofs, const v1::Item& item, const v1::ItemRecord& measured,
    const trust::LedgerEntry& entry, const SigstoreConfig& config, const Judging& judging);

// The bundle in canonical JSON without what could be anybody's: the hint of the key, time stamps,
// and lines of other keys than the log's. Nothing where it does not hold.
std::optional<std::string> excerpt_of(core::ByteView bytes, const trust::LedgerEntry& entry,
                                      const SigstoreConfig& config, const Judging& judging);

// What a bundle says of a file with that SHA-256, without an item: for the vectors.
core::Result<tlog::Reasons> check(core::ByteView bundle, core::ByteView sha256,
                                  const trust::LedgerEntry& entry, const SigstoreConfig& config,
                                  const Judging& judging);

}  // namespace heyan::ledgers::sigstore
