// The proof system's own reasons, and its own strict outcome.
//
// Names are those of schemas/catalogue/reason-map.tsv.
#pragma once

#include <set>
#include <string_view>

#include "heyan/v1/attestation.pb.h"

namespace heyan::ledgers::chainmaker {

enum class Reason : std::uint8_t {
  kParse,              // cannot be read, or is not the canonical encoding
  kUnsupported,        // MaxBFT, or a kind of member that is not verified here
  kChainMismatch,      // header or payload name another chain
  kConfigMismatch,     // the last config block is not the one that the trust list knows
  kBlockHashMismatch,  // the stated hash of the header does not recompute
  kBadProof,           // index or path have an impossible shape
  kTxNotInBlock,       // the path does not lead to the root
  kTxFailed,           // the result of the transaction is not success
  kRwSetMismatch,      // the read-write set is not the one of the result
  kQcHashMismatch,     // a vote is for another block
  kBadSignature,       // a vote does not verify
  kSignerNotTrusted,   // certificate, role, organisation or key are not as in the trust list
  kNoQuorum,           // fewer votes counted than the consensus needs
  kBadProposerSignature,
  kBadSender,
  kBadEndorsement,
  kNotCosigned,  // Raft and Solo: one node signs
};

using Reasons = std::set<Reason>;

std::string_view name(Reason reason);
// Without what only explains votes that were not counted.
Reasons without_uncounted(Reasons reasons);

v1::ProofOutcome outcome(const Reasons& reasons);

}  // namespace heyan::ledgers::chainmaker
