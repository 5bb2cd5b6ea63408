// From the evidence records that were filed for one item to their attestations: one for each
// record, of tier TIME_PROOF. A fingerprint stands in it, and a time, only where every stamp of the
// record holds and every chain covers this very file.
#pragma once

#include <span>
#include <vector>

#include "heyan/v1/attestation.pb.h"
#include "verifier/judging.h"
#include "verifier/ledgers/ledger.h"

namespace heyan::ledgers::evidence_record {

// An Error only where we could not work: the budget is spent.
core::Result<std::vector<v1::Attestation>> attest(std::span<const ProofView> proofs,
                                                  const v1::ItemRecord& measured,
                                                  const Judging& judging);

}  // namespace heyan::ledgers::evidence_record
