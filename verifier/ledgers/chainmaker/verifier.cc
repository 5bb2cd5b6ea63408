#include "verifier/ledgers/chainmaker/verifier.h"

namespace heyan::ledgers::chainmaker {

using crypto::KeyAlgorithm;
using crypto::SignatureKind;
using crypto::SignatureOutcome;

Bytes Verifier::digest_of(crypto::Hash hash, std::span<const ByteView> pieces) {
  auto result = checker_.digest(hash, pieces);
  if (result) return *std::move(result);
  fault_ = core::Error{core::ErrorCode::kInternal, "two libraries compute different digests"};
  return {};
}

Bytes Verifier::digest(std::span<const ByteView> pieces) { return digest_of(chain_hash_, pieces); }

Bytes Verifier::digest(ByteView bytes) {
  return digest_of(chain_hash_, std::span<const ByteView>(&bytes, 1));
}

SignatureOutcome Verifier::note(SignatureOutcome outcome) {
  if (outcome == SignatureOutcome::kBudgetSpent)
    fault_ = core::Error{core::ErrorCode::kLimit, "more signatures than one judgement verifies"};
  if (outcome == SignatureOutcome::kEnginesDisagree) {
    saw_disagreement_ = true;
    if (count_disagreeing_) return SignatureOutcome::kValid;
  }
  return outcome;
}

SignatureOutcome Verifier::verify(const crypto::PublicKey& key, crypto::Hash hash, ByteView message,
                                  ByteView signature) {
  crypto::Scheme scheme{.kind = SignatureKind::kEcdsa, .hash = hash};
  if (key.algorithm() == KeyAlgorithm::kEd25519) return SignatureOutcome::kInvalid;
  if (key.algorithm() == KeyAlgorithm::kRsa) scheme.kind = SignatureKind::kRsaPkcs1;
  if (key.algorithm() == KeyAlgorithm::kSm2) scheme.kind = SignatureKind::kSm2;
  if (key.algorithm() == KeyAlgorithm::kSm2 && hash != crypto::Hash::kSm3) {
    scheme.kind = SignatureKind::kSm2Raw;
    const Bytes digest = digest_of(hash, std::span<const ByteView>(&message, 1));
    return note(checker_.verify(key, scheme, digest, signature));
  }
  return note(checker_.verify(key, scheme, message, signature));
}

std::optional<core::Error> Verifier::fault() const {
  if (fault_) return fault_;
  // Chains of certificates spend the same budget without telling us.
  if (checker_.verifications() >= limits_.signatures)
    return core::Error{core::ErrorCode::kLimit, "more signatures than one judgement verifies"};
  return std::nullopt;
}

}  // namespace heyan::ledgers::chainmaker
