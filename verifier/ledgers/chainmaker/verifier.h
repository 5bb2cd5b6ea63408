// Every digest and signature of one ChainMaker judgement.
//
// Both libraries must agree (security decision 21). A signature on which they differ is not
// counted; what the outcome would be if it were is asked by running the same judgement again with
// `count_disagreeing`. Where work stopped on our side, `fault()` says so and nothing may be
// concluded. One per judgement of an item; one thread.
#pragma once

#include <optional>
#include <span>

#include "verifier/core/error.h"
#include "verifier/core/limits.h"
#include "verifier/crypto/signature.h"

namespace heyan::ledgers::chainmaker {

using core::Bytes;
using core::ByteView;

class Verifier {
 public:
  // `chain_hash`: the digest of blocks, transactions and trees (crypto.hash of the chain's config).
  Verifier(crypto::SignatureChecker& checker, crypto::Hash chain_hash, const core::Limits& limits,
           bool count_disagreeing = false)
      : checker_(checker),
        chain_hash_(chain_hash),
        limits_(limits),
        count_disagreeing_(count_disagreeing) {}
  Verifier(const Verifier&) = delete;
  Verifier& operator=(const Verifier&) = delete;

  // By the chain's hash. Empty (so that it equals no digest) where the libraries disagree; fault()
  // is set then.
  Bytes digest(std::span<const ByteView> pieces);
  Bytes digest(ByteView bytes);

  // What ChainMaker makes of a key and a hash: SM2 with SM3 hashes with the user id, SM2 with
  // another hash signs that digest bare, everything else signs the digest. kEnginesDisagree comes
  // out as kValid while disagreeing signatures are counted.
  crypto::SignatureOutcome verify(const crypto::PublicKey& key, crypto::Hash hash, ByteView message,
                                  ByteView signature);

  // What certificates are checked with; outcomes go through note().
  crypto::SignatureChecker& checker() { return checker_; }
  crypto::SignatureOutcome note(crypto::SignatureOutcome outcome);

  crypto::Hash chain_hash() const { return chain_hash_; }
  const core::Limits& limits() const { return limits_; }
  bool counts_disagreeing() const { return count_disagreeing_; }
  bool saw_disagreement() const { return saw_disagreement_; }
  // Set where nothing may be concluded from what was computed so far.
  std::optional<core::Error> fault() const;

 private:
  Bytes digest_of(crypto::Hash hash, std::span<const ByteView> pieces);

  crypto::SignatureChecker& checker_;
  crypto::Hash chain_hash_;
  const core::Limits& limits_;
  bool count_disagreeing_;
  bool saw_disagreement_ = false;
  std::optional<core::Error> fault_;
};

}  // namespace heyan::ledgers::chainmaker
