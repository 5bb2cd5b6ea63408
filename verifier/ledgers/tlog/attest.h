// From the files offered for an item to their attestations: read, judge, say.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "verifier/ledgers/ledger.h"
#include "verifier/ledgers/tlog/reason.h"
#include "verifier/ledgers/tlog/trust_config.h"

namespace heyan::ledgers::tlog {

// "c2sp.org/tlog-proof@"
bool looks_like_proof(core::ByteView head);

// One for each proof; files that are none are entries which the others prove. The entry is one of
// those files where the proof has the hint `record`, else the item's own digest, bare. An Error
// only where we could not work.
core::Result<std::vector<v1::Attestation>> attest(std::span<const ProofView> proofs,
                                                  const v1::Item& item,
                                                  const v1::ItemRecord& measured,
                                                  const trust::LedgerEntry& entry,
                                                  const TlogConfig& config, const Judging& judging);

// What shows nobody else: of a proof what was signed (signed_alone), and an entry whole where one
// of the item's proofs proves it.
std::optional<std::string> excerpt_of(const ProofView& proof, const v1::Item& item,
                                      const trust::LedgerEntry& entry, const TlogConfig& config,
                                      const Judging& judging);

// The proof written anew without what could be anybody's: `extra`, and lines of keys that the
// policy does not know. Nothing where its head is not signed as the policy asks, or its path is
// longer or shorter than it must be.
std::optional<std::string> signed_alone(core::ByteView proof, const trust::LedgerEntry& entry,
                                        const TlogConfig& config, const Judging& judging);

// What a proof says of an entry, without an item: for the vectors.
core::Result<Reasons> check(core::ByteView proof, core::ByteView entry_bytes,
                            const trust::LedgerEntry& entry, const TlogConfig& config,
                            const Judging& judging);

}  // namespace heyan::ledgers::tlog
