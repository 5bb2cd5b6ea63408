#include "verifier/ledgers/fabric/verifier.h"

namespace heyan::ledgers::fabric {

using crypto::SignatureOutcome;

Bytes Verifier::digest(crypto::Hash hash, std::span<const ByteView> pieces) {
  auto result = checker_.digest(hash, pieces);
  if (!result) {
    fault_ = core::Error{core::ErrorCode::kInternal, "two libraries compute different digests"};
    return {};
  }
  return *std::move(result);
}

Bytes Verifier::digest(crypto::Hash hash, ByteView bytes) {
  return digest(hash, std::span<const ByteView>(&bytes, 1));
}

SignatureOutcome Verifier::note(SignatureOutcome outcome) {
  if (outcome == SignatureOutcome::kBudgetSpent) {
    fault_ = core::Error{core::ErrorCode::kLimit, "more signatures than one judgement verifies"};
  }
  if (outcome == SignatureOutcome::kEnginesDisagree) {
    saw_disagreement_ = true;
    if (count_disagreeing_) return SignatureOutcome::kValid;
  }
  return outcome;
}

SignatureOutcome Verifier::verify(const crypto::PublicKey& key, bool v3,
                                  std::span<const ByteView> message, ByteView signature) {
  const auto scheme = signature_scheme(profile_, key.algorithm(), v3);
  if (!scheme) return SignatureOutcome::kInvalid;
  if (profile_.sm2 && profile_.prehash) {
    const Bytes hashed = digest(crypto::Hash::kSm3, message);
    return note(checker_.verify(key, *scheme, hashed, signature));
  }
  return note(checker_.verify(key, *scheme, message, signature));
}

void Verifier::spend(std::size_t transactions) {
  work_.transactions += transactions;
  if (work_.is_over())
    fault_ = core::Error{core::ErrorCode::kLimit, "more transactions than one judgement checks"};
}

std::optional<core::Error> Verifier::fault() const {
  if (fault_) return fault_;
  // Chains of certificates spend the same budget without telling us.
  if (checker_.verifications() >= limits_.signatures) {
    return core::Error{core::ErrorCode::kLimit, "more signatures than one judgement verifies"};
  }
  return std::nullopt;
}

}  // namespace heyan::ledgers::fabric
