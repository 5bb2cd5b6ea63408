// Who signed, whether it counts and why not; and the quorums that those make which count. Inside
// this folder only.
#pragma once

#include <span>

#include "verifier/ledgers/fisco_bcos/judgement.h"

namespace heyan::ledgers::fisco_bcos {

// Sealers of the block, role VALIDATOR. Reached: the chain's own weight and the trust list's quorum
// of institutions; again without institutions linked to a party.
void judge_sealers(const trust::LedgerEntry& entry, const Judging& judging, Judgement& judgement);

// Who sent the transaction, role CREATOR; never counted.
void judge_sender(Judgement& judgement);

// Institutions that signed the record itself, role ENDORSER: in its own transaction, and in those
// of `proofs` that add a signature and hold by themselves.
void judge_record_signers(std::span<const JudgedProof* const> proofs, const FiscoConfig& config,
                          const Judging& judging, Verifier& verifier, Judgement& judgement);

}  // namespace heyan::ledgers::fisco_bcos
