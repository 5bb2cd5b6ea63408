// From the time stamps that were filed for one item to their attestations: one for each token, of
// tier TIME_PROOF. A record stands in it, and a time, only where the token holds for this very file
// under an authority of the trust list.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "heyan/v1/attestation.pb.h"
#include "verifier/judging.h"
#include "verifier/ledgers/ledger.h"

namespace heyan::ledgers::rfc3161 {

// An Error only where we could not work: the budget is spent.
core::Result<std::vector<v1::Attestation>> attest(std::span<const ProofView> proofs,
                                                  const v1::ItemRecord& measured,
                                                  const Judging& judging);

// Of the imprint of a token or of a request; nothing where there is none, or it is not known here.
std::optional<crypto::Hash> hash_named(core::ByteView proof);

// Is this a token that can be read, or a request for one, and nothing beside it?
bool is_whole(core::ByteView proof, const Judging& judging);

}  // namespace heyan::ledgers::rfc3161
