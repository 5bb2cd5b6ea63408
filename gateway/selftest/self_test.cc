#include "gateway/selftest/self_test.h"

#include <algorithm>
#include <array>

#include "gateway/selftest/known_answers.h"
#include "verifier/crypto/signing.h"

namespace heyan::selftest {
namespace {

using crypto::KeyAlgorithm;
using crypto::SignatureOutcome;

Outcome test_digest(const DigestAnswer& answer) {
  const auto wanted = core::from_hex(answer.digest_hex);
  bool passed = wanted.has_value();
  const crypto::Engines both = crypto::production_engines();
  for (const crypto::Engine* engine : {both.first, both.second}) {
    const auto hasher = engine->hasher(answer.hash);
    hasher->update(core::as_bytes(answer.message));
    passed = passed && hasher->finish() == *wanted;
  }
  return {.name = std::string(crypto::name(answer.hash)), .passed = passed};
}

core::Result<crypto::PublicKey> key_of(const SignatureAnswer& answer) {
  const core::Bytes bytes = core::from_hex(answer.key_hex).value_or(core::Bytes{});
  if (answer.algorithm == KeyAlgorithm::kRsa) return crypto::PublicKey::from_spki(bytes);
  return crypto::PublicKey::from_point(answer.algorithm, bytes);
}

// By these engines: this is valid, and neither another message nor another signature is.
bool holds(const crypto::PublicKey& key, const crypto::Scheme& scheme, core::Bytes message,
           core::Bytes signature, crypto::Engines engines) {
  if (message.empty() || signature.empty()) return false;
  crypto::SignatureChecker checker(engines, core::Limits());
  if (checker.verify(key, scheme, message, signature) != SignatureOutcome::kValid) return false;
  message.back() ^= 1;
  if (checker.verify(key, scheme, message, signature) != SignatureOutcome::kInvalid) return false;
  message.back() ^= 1;
  signature.at(signature.size() / 2) ^= 1;
  return checker.verify(key, scheme, message, signature) == SignatureOutcome::kInvalid;
}

Outcome test_signature(const SignatureAnswer& answer) {
  Outcome outcome{.name = std::string(answer.name)};
  const auto key = key_of(answer);
  if (!key) return outcome;
  const crypto::Scheme scheme{
      .kind = answer.kind, .hash = answer.hash, .encoding = crypto::SignatureEncoding::kRs};
  const core::Bytes message = core::from_hex(answer.message_hex).value_or(core::Bytes{});
  const core::Bytes signature = core::from_hex(answer.signature_hex).value_or(core::Bytes{});
  const crypto::Engines both = crypto::production_engines();
  const std::array<crypto::Engines, 3> each = {crypto::Engines{.first = both.first},
                                               crypto::Engines{.first = both.second}, both};
  outcome.passed = both.second != nullptr;
  for (const crypto::Engines& engines : each) {
    outcome.passed = outcome.passed && holds(*key, scheme, message, signature, engines);
  }
  return outcome;
}

Outcome test_signing(KeyAlgorithm algorithm, const crypto::Scheme& scheme) {
  Outcome outcome{.name = std::string(crypto::name(algorithm))};
  const auto key = crypto::SigningKey::generate(algorithm);
  if (!key) return outcome;
  const core::Bytes message = core::to_bytes(std::string_view("heyan self-test"));
  const auto signature = key->sign(scheme, message);
  outcome.passed = signature && holds(key->public_key(), scheme, message, *signature,
                                      crypto::production_engines());
  return outcome;
}

}  // namespace

std::vector<Outcome> run_known_answers() {
  std::vector<Outcome> outcomes;
  for (const DigestAnswer& answer : digest_answers()) outcomes.push_back(test_digest(answer));
  for (const SignatureAnswer& answer : signature_answers()) {
    outcomes.push_back(test_signature(answer));
  }
  return outcomes;
}

std::vector<Outcome> run_signing() {
  using crypto::Hash;
  using crypto::SignatureEncoding;
  using crypto::SignatureKind;
  return {test_signing(KeyAlgorithm::kEcdsaP256, {.kind = SignatureKind::kEcdsa,
                                                  .hash = Hash::kSha256,
                                                  .encoding = SignatureEncoding::kRs}),
          test_signing(KeyAlgorithm::kSm2, {.kind = SignatureKind::kSm2,
                                            .hash = Hash::kSm3,
                                            .encoding = SignatureEncoding::kRs}),
          test_signing(KeyAlgorithm::kEd25519, {.kind = SignatureKind::kEd25519,
                                                .hash = Hash::kSha512,
                                                .encoding = SignatureEncoding::kRs})};
}

bool all_passed(std::span<const Outcome> outcomes) {
  return !outcomes.empty() && std::ranges::all_of(outcomes, &Outcome::passed);
}

}  // namespace heyan::selftest
