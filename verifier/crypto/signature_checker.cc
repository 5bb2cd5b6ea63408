#include <algorithm>
#include <array>

#include "verifier/crypto/certificate_memo.h"
#include "verifier/crypto/gate.h"
#include "verifier/crypto/recovery.h"
#include "verifier/crypto/signature.h"

namespace heyan::crypto {
namespace {

using core::Bytes;
using core::ByteView;

using Question = std::array<std::uint8_t, 32>;

constexpr std::size_t kRecoverableBytes = 64;
constexpr unsigned kLastRecoveryId = 3;

void put_length(Hasher& hasher, std::size_t length) {
  std::array<std::uint8_t, 8> octets;
  for (std::size_t i = 0; i < octets.size(); ++i) {
    octets.at(i) = static_cast<std::uint8_t>(static_cast<std::uint64_t>(length) >> (8 * i));
  }
  hasher.update(octets);
}

Question finished(Hasher& hasher) {
  const Bytes digest = hasher.finish();
  Question question = {};
  std::ranges::copy(digest, question.begin());
  return question;
}

// Everything that the outcome depends on, each part of known length: no two questions share a key.
Question question_of(const PublicKey& key, const Scheme& scheme, ByteView message,
                     ByteView signature) {
  const std::array<std::uint8_t, 4> fixed = {
      static_cast<std::uint8_t>(scheme.kind), static_cast<std::uint8_t>(scheme.hash),
      static_cast<std::uint8_t>(scheme.encoding), static_cast<std::uint8_t>(scheme.low_s)};
  const auto hasher = openssl_hasher(Hash::kSha256);
  hasher->update(key.sha256());
  hasher->update(fixed);
  put_length(*hasher, scheme.sm2_user_id.size());
  hasher->update(core::as_bytes(scheme.sm2_user_id));
  put_length(*hasher, signature.size());
  hasher->update(signature);
  hasher->update(message);
  return finished(*hasher);
}

SignatureOutcome ask(const Engines& engines, const PublicKey& key, const Scheme& scheme,
                     ByteView message, ByteView signature) {
  const auto passed = pass_gate(key.handles(), scheme, message, signature);
  if (!passed) return SignatureOutcome::kInvalid;
  const bool first = engines.first->verify(key, scheme, message, *passed);
  if (engines.second != nullptr && engines.second->verify(key, scheme, message, *passed) != first) {
    return SignatureOutcome::kEnginesDisagree;
  }
  return first ? SignatureOutcome::kValid : SignatureOutcome::kInvalid;
}

Bytes hash_pieces(const Engine& engine, Hash hash, std::span<const ByteView> pieces) {
  const auto hasher = engine.hasher(hash);
  for (const ByteView piece : pieces) hasher->update(piece);
  return hasher->finish();
}

}  // namespace

SignatureChecker::SignatureChecker(Engines engines, const core::Limits& limits)
    : engines_(engines),
      budget_(limits.signatures),
      certificates_(std::make_unique<Certificates>()) {}

SignatureChecker::~SignatureChecker() = default;

void SignatureChecker::begin_anew() {
  ++judgement_;
  verifications_ = 0;
  disagreed_ = false;
}

template <typename Value, typename Compute>
std::optional<Value> SignatureChecker::answer(Answers<Value>& known, const Question& question,
                                              Compute compute) {
  auto found = known.find(question);
  if (found != known.end() && found->second.judgement == judgement_) return found->second.value;
  if (verifications_ >= budget_) return std::nullopt;
  ++verifications_;
  if (found == known.end()) {
    found = known.emplace(question, Answer<Value>{.value = compute(), .judgement = 0}).first;
  }
  found->second.judgement = judgement_;
  return found->second.value;
}

SignatureOutcome SignatureChecker::verify(const PublicKey& key, const Scheme& scheme,
                                          ByteView message, ByteView signature) {
  const auto outcome = answer(verified_, question_of(key, scheme, message, signature),
                              [&] { return ask(engines_, key, scheme, message, signature); });
  disagreed_ = disagreed_ || outcome == SignatureOutcome::kEnginesDisagree;
  return outcome.value_or(SignatureOutcome::kBudgetSpent);
}

SignatureOutcome SignatureChecker::verify(const PublicKey& key, const Scheme& scheme,
                                          std::span<const ByteView> message, ByteView signature) {
  if (message.size() == 1) return verify(key, scheme, message.front(), signature);
  Bytes whole;
  for (const ByteView piece : message) whole.insert(whole.end(), piece.begin(), piece.end());
  return verify(key, scheme, whole, signature);
}

std::expected<Bytes, SignatureOutcome> SignatureChecker::recover(ByteView digest, ByteView rs,
                                                                 unsigned recovery_id) {
  if (recovery_id > kLastRecoveryId || rs.size() != kRecoverableBytes)
    return std::unexpected(SignatureOutcome::kInvalid);
  const auto hasher = openssl_hasher(Hash::kSha256);
  hasher->update(std::array{static_cast<std::uint8_t>(recovery_id)});
  hasher->update(rs);
  hasher->update(digest);
  auto found = answer(recovered_, finished(*hasher),
                      [&] { return recover_secp256k1(digest, rs, recovery_id); });
  if (!found) return std::unexpected(SignatureOutcome::kBudgetSpent);
  if (!*found) return std::unexpected(SignatureOutcome::kInvalid);
  return **std::move(found);
}

std::optional<Bytes> SignatureChecker::digest(Hash hash, std::span<const ByteView> pieces) {
  Bytes first = hash_pieces(*engines_.first, hash, pieces);
  if (engines_.second != nullptr && hash_pieces(*engines_.second, hash, pieces) != first) {
    disagreed_ = true;
    return std::nullopt;
  }
  return first;
}

std::optional<Bytes> SignatureChecker::digest(Hash hash, ByteView bytes) {
  return digest(hash, std::span(&bytes, 1));
}

}  // namespace heyan::crypto
