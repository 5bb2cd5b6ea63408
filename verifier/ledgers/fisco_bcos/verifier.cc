#include "verifier/ledgers/fisco_bcos/verifier.h"

namespace heyan::ledgers::fisco_bcos {
namespace {

using crypto::SignatureOutcome;

constexpr std::size_t kRsBytes = 64;

core::Error spent() {
  return {core::ErrorCode::kLimit, "more signatures than one judgement verifies"};
}

core::Result<crypto::PublicKey> key_of(ByteView x_and_y) {
  Bytes point{0x04};
  point.insert(point.end(), x_and_y.begin(), x_and_y.end());
  return crypto::PublicKey::from_point(crypto::KeyAlgorithm::kSm2, point);
}

}  // namespace

Bytes Verifier::digest(ByteView bytes) {
  auto result =
      checker_.digest(form_.is_sm() ? crypto::Hash::kSm3 : crypto::Hash::kKeccak256, bytes);
  if (!result) {
    fault_ = core::Error{core::ErrorCode::kInternal, "two libraries compute different digests"};
    return {};
  }
  return *std::move(result);
}

// SM2 signs the digest as if it were the message (GB/T 32918.2, user id of the standard); ECDSA
// signs it as it is.
SignatureOutcome Verifier::verify(const crypto::PublicKey& key, ByteView digest, ByteView rs) {
  const crypto::Scheme scheme{
      .kind = form_.is_sm() ? crypto::SignatureKind::kSm2 : crypto::SignatureKind::kEcdsaRaw,
      .hash = form_.is_sm() ? crypto::Hash::kSm3 : crypto::Hash::kSha256,
      .encoding = crypto::SignatureEncoding::kRs};
  const SignatureOutcome outcome = checker_.verify(key, scheme, digest, rs);
  if (outcome == SignatureOutcome::kBudgetSpent) fault_ = spent();
  if (outcome != SignatureOutcome::kEnginesDisagree) return outcome;
  saw_disagreement_ = true;
  return count_disagreeing_ ? SignatureOutcome::kValid : outcome;
}

std::optional<Bytes> Verifier::recover(ByteView digest, ByteView rs, unsigned recovery_id) {
  auto point = checker_.recover(digest, rs, recovery_id);
  if (point) return *std::move(point);
  if (point.error() == SignatureOutcome::kBudgetSpent) fault_ = spent();
  return std::nullopt;
}

core::Result<crypto::PublicKey> Verifier::recover_key(ByteView digest,
                                                      const AccountSignature& signature) {
  const auto point = recover(digest, signature.rs, signature.recovery_id);
  if (!point) return core::fail(core::ErrorCode::kMalformed, "no key has this signature");
  return crypto::PublicKey::from_point(crypto::KeyAlgorithm::kSecp256k1, *point);
}

SignatureOutcome Verifier::verify_sealer(const crypto::PublicKey& key, ByteView header_hash,
                                         ByteView signature) {
  const bool bare = form_.is_sm() && form_.generation == Generation::k3;
  const std::size_t rest = bare ? 0 : (form_.is_sm() ? kNodeIdBytes : 1);
  if (signature.size() != kRsBytes + rest) return SignatureOutcome::kInvalid;
  const ByteView rs = signature.first(kRsBytes);
  if (form_.is_sm()) {
    const bool own = bare || core::equal(signature.subspan(kRsBytes), key.point().subspan(1));
    return own ? verify(key, header_hash, rs) : SignatureOutcome::kInvalid;
  }
  // The chain verifies by recovery: the id that goes with the signature must lead to this key.
  const auto recovered = recover(header_hash, rs, signature.back());
  if (!recovered || !core::equal(*recovered, key.point())) return SignatureOutcome::kInvalid;
  return verify(key, header_hash, rs);
}

std::optional<Bytes> Verifier::verify_account(ByteView digest, const AccountSignature& signature) {
  const auto key = form_.is_sm() ? key_of(signature.public_key) : recover_key(digest, signature);
  if (!key || verify(*key, digest, signature.rs) != SignatureOutcome::kValid) return std::nullopt;
  const Bytes hash = this->digest(key->point().subspan(1));
  if (hash.size() < kAddressBytes) return std::nullopt;
  return core::to_bytes(ByteView(hash).last(kAddressBytes));
}

}  // namespace heyan::ledgers::fisco_bcos
