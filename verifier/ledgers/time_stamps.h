// What the proof systems that rest on time-stamp tokens say alike of a token and of its authority.
// For the folders beneath verifier/ledgers. Pure, any thread.
#pragma once

#include <chrono>
#include <set>
#include <vector>

#include "heyan/v1/attestation.pb.h"
#include "heyan/v1/finding.pb.h"
#include "verifier/timestamps/judged.h"

namespace heyan::ledgers {

// The signer of a token that was read; nothing where its certificate is not there.
inline std::optional<v1::Signature> signature_of(const timestamps::Judged& judged, bool counted) {
  if (!judged.token || !judged.token->signer.certificate) return std::nullopt;
  const crypto::Certificate& certificate = *judged.token->signer.certificate;
  const auto names = certificate.subject_values("CN");
  const bool good = judged.token->signer.fault == crypto::SignerFault::kNone;
  v1::Signature signature;
  if (!judged.found.path.empty()) signature.set_institution(judged.authority->institution);
  if (!names.empty()) signature.set_signer(names.back());
  signature.set_role("TIME_STAMP_AUTHORITY");
  signature.set_outcome(good ? v1::OUTCOME_PASS : v1::OUTCOME_FAIL);
  signature.set_counted(counted);
  signature.set_key_sha256(core::to_string(certificate.sha256()));
  signature.set_valid_from_ms(core::to_unix_ms(certificate.not_before()));
  signature.set_valid_until_ms(core::to_unix_ms(certificate.not_after()));
  return signature;
}

// The bytes existed no later than the stamp's time, as far as its authority knows the time. Of a
// token that holds.
inline v1::TimeInterval time_of(const timestamps::Judged& judged, bool independent) {
  const crypto::TimestampInfo& info = *judged.token->info;
  v1::TimeInterval time;
  core::UtcTime not_after = info.time;
  if (info.accuracy) {
    not_after += std::chrono::ceil<std::chrono::milliseconds>(*info.accuracy);
    time.set_accuracy_us(static_cast<std::uint64_t>(info.accuracy->count()));
  }
  time.set_not_after_ms(core::to_unix_ms(not_after));
  time.set_source("tsa:" + judged.authority->institution);
  time.set_independent(independent);
  time.set_policy(info.policy);
  time.set_authority_class(judged.authority->trust_class);
  return time;
}

struct KeyAnswer {
  v1::CheckId check;
  v1::Outcome outcome;
  v1::ReasonCode code;
};

// Whose certificate it is, and whether it was revoked. `known`: a path to an anchor was found.
inline std::vector<KeyAnswer> key_answers(const std::set<timestamps::Reason>& reasons, bool known) {
  using timestamps::Reason;
  const auto has = [&](Reason reason) { return reasons.contains(reason); };
  if (has(Reason::kUntrustedIssuer) || has(Reason::kSignerCertificateMissing) ||
      has(Reason::kNotPinned)) {
    return {{v1::CHECK_KEY_2, v1::OUTCOME_UNDETERMINED, v1::REASON_INSTITUTION_NOT_ON_TRUST_LIST}};
  }
  if (!known) return {};
  KeyAnswer revocation{v1::CHECK_KEY_1, v1::OUTCOME_PASS, v1::REASON_NONE};
  if (has(Reason::kRevokedBefore)) {
    revocation = {v1::CHECK_KEY_1, v1::OUTCOME_FAIL, v1::REASON_NODE_CERT_REVOKED_BEFORE};
  } else if (has(Reason::kRevokedWithKey)) {
    revocation = {v1::CHECK_KEY_1, v1::OUTCOME_FAIL, v1::REASON_NODE_CERT_REVOKED_NO_POE};
  } else if (has(Reason::kRevocationNotChecked)) {
    revocation = {v1::CHECK_KEY_1, v1::OUTCOME_UNDETERMINED, v1::REASON_REVOCATION_UNAVAILABLE};
  }
  return {{v1::CHECK_KEY_2, v1::OUTCOME_PASS, v1::REASON_NONE}, revocation};
}

}  // namespace heyan::ledgers
