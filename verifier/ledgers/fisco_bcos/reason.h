// FISCO BCOS proofs in their own words (docs/fisco-bcos.md): the strict outcome of one proof,
// before any verdict of a report.
#pragma once

#include <set>
#include <string_view>

#include "heyan/v1/attestation.pb.h"

namespace heyan::ledgers::fisco_bcos {

enum class Reason : std::uint8_t {
  kParse,        // not the JSON of a proof
  kBadProof,     // a path of impossible shape
  kUnsupported,  // a form that is known and not verified
  kChainMismatch,
  kBlockHashMismatch,
  kTxHashMismatch,
  kTxNotInBlock,
  kReceiptHashMismatch,
  kReceiptNotInBlock,
  kReceiptOfOtherTx,
  kTxFailed,
  kSignerNotTrusted,  // sealers or weights are not those of the trust list
  kBadSignature,      // a sealer's; not counted
  kNoQuorum,
  kBadSender,
  kBadEndorsement,  // an institution's signature inside the transaction
  kNamespace,       // another contract or method than the trust list's
  kCallUnreadable,  // the right method, with arguments that are none of it
  kEvidenceHashMismatch,
  kNoReceipt,      // not offered: whether the call succeeded is not shown
  kNoTransaction,  // only a header was offered
};

// "BLOCK_HASH_MISMATCH", ...
std::string_view name(Reason reason);

using Reasons = std::set<Reason>;

// ACCEPT where nothing is wrong but single signatures that were not counted; INCOMPLETE where
// something was not offered; UNSUPPORTED where nothing but the form is wrong; REJECT otherwise.
v1::ProofOutcome outcome(Reasons reasons);

}  // namespace heyan::ledgers::fisco_bcos
