// Does a transaction stand in a block, did it succeed, and who signed it?
//
// Sender and endorsers sign the payload. Institutions sign a record as endorsers of its
// transaction, or one after the other in the system contract MULTI_SIGN, which keeps the first
// payload and all their endorsements in its state. Source: chainmaker utils
// (VerifyTxWithoutPayload), vm-native (multisign). Views live as long as the proof.
#pragma once

#include <optional>
#include <vector>

#include "verifier/ledgers/chainmaker/block_check.h"
#include "verifier/ledgers/chainmaker/proof.h"

namespace heyan::ledgers::chainmaker {

inline constexpr std::string_view kMultiSignContract = "MULTI_SIGN";

struct TransactionSigners {
  SignatureCheck sender;
  std::vector<SignatureCheck> endorsers;  // and those who agreed to a multi-sign request
  Reasons reasons;

  // Does a signature fail, as opposed to a signer whom nobody here knows?
  bool any_is_bad() const;
};

struct TransactionCheck {
  std::optional<Transaction> transaction;  // nothing where it cannot be read
  std::optional<RwSet> rw_set;
  std::optional<MultiSign> multi_sign;  // as the transaction left it
  Bytes hash;
  TransactionSigners signers;
  Reasons reasons;  // the signers' too

  // The call that holds the record: its own, or the one that multi-sign carried out. Nothing where
  // there is no such call, or multi-sign did not carry it out.
  std::optional<Payload> record_call() const;
};

// `block` with a header. `proof` must outlive the result.
TransactionCheck check_transaction(const Proof& proof, const BlockCheck& block, Signers& signers);

// The parts, for those who have no block. `at`, `height`: of the block.
TransactionSigners check_signers(const Transaction& transaction, const RwSet* state,
                                 const MultiSign* multi_sign, core::UtcTime at,
                                 std::uint64_t height, Signers& signers);

}  // namespace heyan::ledgers::chainmaker
