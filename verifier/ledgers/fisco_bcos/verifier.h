// Every digest and signature of one judgement of a FISCO BCOS chain.
//
// Both libraries must agree (security decision 21). A signature on which they differ is not
// counted; what the outcome would be if it were is asked by judging again with `count_disagreeing`.
// Where work stopped on our side (budget spent, digests differ), `fault()` says so and nothing may
// be concluded. One per judgement; one thread.
#pragma once

#include <optional>

#include "verifier/core/error.h"
#include "verifier/crypto/signature.h"
#include "verifier/ledgers/fisco_bcos/form.h"
#include "verifier/ledgers/fisco_bcos/transaction.h"

namespace heyan::ledgers::fisco_bcos {

class Verifier {
 public:
  Verifier(crypto::SignatureChecker& checker, const Form& form, bool count_disagreeing = false)
      : checker_(checker), form_(form), count_disagreeing_(count_disagreeing) {}
  Verifier(const Verifier&) = delete;
  Verifier& operator=(const Verifier&) = delete;

  // Keccak-256 or SM3. Empty (so that it equals no digest) where the libraries disagree.
  Bytes digest(ByteView bytes);

  // A sealer's signature over a header hash, in the encoding of this chain's block signatures.
  crypto::SignatureOutcome verify_sealer(const crypto::PublicKey& key, ByteView header_hash,
                                         ByteView signature);

  // The account whose signature over this digest it is; nothing where the signature is none.
  std::optional<Bytes> verify_account(ByteView digest, const AccountSignature& signature);

  const Form& form() const { return form_; }
  bool saw_disagreement() const { return saw_disagreement_; }
  const std::optional<core::Error>& fault() const { return fault_; }

 private:
  crypto::SignatureOutcome verify(const crypto::PublicKey& key, ByteView digest, ByteView rs);
  std::optional<Bytes> recover(ByteView digest, ByteView rs, unsigned recovery_id);
  core::Result<crypto::PublicKey> recover_key(ByteView digest, const AccountSignature& signature);

  crypto::SignatureChecker& checker_;
  const Form form_;
  const bool count_disagreeing_;
  bool saw_disagreement_ = false;
  std::optional<core::Error> fault_;
};

}  // namespace heyan::ledgers::fisco_bcos
