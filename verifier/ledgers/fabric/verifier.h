// Every digest and signature of one Fabric judgement, under one profile.
//
// Both libraries must agree (security decision 21). A signature on which they differ is not
// counted; what the outcome would be if it were is asked by running the same judgement again with
// `count_disagreeing`. Where work stopped on our side (budget spent, digests differ), `fault()`
// says so and nothing may be concluded. One per judgement; one thread.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "verifier/core/error.h"
#include "verifier/crypto/signature.h"
#include "verifier/ledgers/fabric/message.h"
#include "verifier/ledgers/fabric/profile.h"

namespace heyan::ledgers::fabric {

// Transactions checked in one judgement, over all items. Signatures that were verified before cost
// little but not nothing, and a block may make each of its transactions depend on all others.
struct WorkDone {
  static constexpr std::size_t kMost = 1'000'000;
  std::size_t transactions = 0;
  bool is_over() const { return transactions > kMost; }
};

class Verifier {
 public:
  // `work`: of the judgement; null: counted for this object alone.
  Verifier(crypto::SignatureChecker& checker, const Profile& profile, const core::Limits& limits,
           bool count_disagreeing = false, WorkDone* work = nullptr)
      : checker_(checker),
        profile_(profile),
        limits_(limits),
        count_disagreeing_(count_disagreeing),
        work_(work != nullptr ? *work : own_work_) {}
  Verifier(const Verifier&) = delete;
  Verifier& operator=(const Verifier&) = delete;

  // Empty (so that it equals no digest) where the libraries disagree; fault() is set then.
  Bytes digest(crypto::Hash hash, std::span<const ByteView> pieces);
  Bytes digest(crypto::Hash hash, ByteView bytes);

  // kEnginesDisagree comes out as kValid while disagreeing signatures are counted.
  crypto::SignatureOutcome verify(const crypto::PublicKey& key, bool v3,
                                  std::span<const ByteView> message, ByteView signature);

  // What certificates are checked with; outcomes go through note().
  crypto::SignatureChecker& checker() { return checker_; }
  crypto::SignatureOutcome note(crypto::SignatureOutcome outcome);

  // Counts transactions against the judgement's budget; beyond it, fault() is set.
  void spend(std::size_t transactions);

  const Profile& profile() const { return profile_; }
  const core::Limits& limits() const { return limits_; }
  bool saw_disagreement() const { return saw_disagreement_; }
  // Set where nothing may be concluded from what was computed so far.
  std::optional<core::Error> fault() const;

 private:
  crypto::SignatureChecker& checker_;
  const Profile& profile_;
  const core::Limits& limits_;
  bool count_disagreeing_;
  WorkDone own_work_;
  WorkDone& work_;
  bool saw_disagreement_ = false;
  std::optional<core::Error> fault_;
};

}  // namespace heyan::ledgers::fabric
