#include "gateway/signer/canary_watch.h"

#include "gateway/canary/canary.h"
#include "gateway/signer/checks.h"
#include "verifier/report/payload.h"

namespace heyan::signer {
namespace {

// Of the test certificates: whatever the clock says now, and may be set to.
constexpr core::UtcTime kNotBefore = std::chrono::sys_days(std::chrono::year(1970) / 1 / 1);
constexpr core::UtcTime kNotAfter = std::chrono::sys_days(std::chrono::year(9999) / 12 / 31);

}  // namespace

core::Result<void> CanaryWatch::start() {
  for (const auto algorithm : {crypto::KeyAlgorithm::kEcdsaP256, crypto::KeyAlgorithm::kSm2}) {
    HEYAN_TRY(auto key, crypto::SigningKey::generate(algorithm));
    HEYAN_TRY(auto certificate,
              key.self_signed("Canary: test key, signs no report", kNotBefore, kNotAfter));
    test_keys_.push_back({std::move(key), {std::move(certificate)}});
  }
  return {};
}

std::optional<std::string> CanaryWatch::hear(const v1::CanaryRound& round, core::UtcTime time,
                                             Clock::Steady now) {
  auto wrong = first_wrong(round, time);
  if (!wrong) {
    sang_at_ = time;
    heard_ = now;
  }
  return wrong;
}

std::optional<std::string> CanaryWatch::first_wrong(const v1::CanaryRound& round,
                                                    core::UtcTime time) const {
  if (auto wrong = canary::first_wrong(round)) return wrong;
  for (const v1::CanaryAnswer& answer : round.answers()) {
    if (!check_folds(answer.report())) return answer.canary() + ": a verdict does not follow";
    if (!signs(answer.report(), time)) return answer.canary() + ": it cannot be signed";
  }
  return std::nullopt;
}

// As a report is: encoded, signed twice, and verified by both libraries.
bool CanaryWatch::signs(const v1::Report& report, core::UtcTime time) const {
  const core::Bytes payload = core::to_bytes(std::string_view(report::encode_payload(report)));
  const auto jws = report::sign_report(payload, test_keys_, time);
  if (!jws) return false;
  const std::vector<crypto::PublicKey> pinned = {test_keys_[0].key.public_key(),
                                                 test_keys_[1].key.public_key()};
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  const auto verdict = report::verify_report(core::as_bytes(*jws), pinned, checker);
  return verdict.outcome == report::JwsOutcome::kValid && core::equal(verdict.payload, payload);
}

}  // namespace heyan::signer
