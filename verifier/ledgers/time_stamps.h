// What the proof systems that rest on time-stamp tokens say alike of a token and of its authority.
// For the folders beneath verifier/ledgers. Pure, any thread.
#pragma once

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string>
#include <string_view>
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

// Whose clocks a chain of stamps rests on: the first one states the time, and each later one is
// what still shows the one before it.
struct Clocks {
  std::string first;        // institution; empty: nobody that is known
  std::string trust_class;  // the least of them
  bool linked = false;      // one of them to a party
};

inline Clocks clocks_of(std::span<const timestamps::Judged> stamps,
                        const std::set<std::string>& linked) {
  static constexpr std::array<std::string_view, 3> kLeastFirst = {"private", "licensed-ca",
                                                                  "qualified"};
  const auto rank = [](const std::string& name) { return std::ranges::find(kLeastFirst, name); };
  Clocks clocks;
  for (const timestamps::Judged& one : stamps) {
    if (one.found.path.empty()) continue;
    const timestamps::Authority& authority = *one.authority;
    if (&one == &stamps.front()) clocks.first = authority.institution;
    clocks.linked = clocks.linked || linked.contains(authority.institution);
    if (clocks.trust_class.empty() || rank(authority.trust_class) < rank(clocks.trust_class))
      clocks.trust_class = authority.trust_class;
  }
  return clocks;
}

// The bytes existed no later than the stamp's time, as far as its authority knows the time. Of a
// token that holds.
inline v1::TimeInterval time_of(const timestamps::Judged& judged, bool independent) {
  const crypto::TimestampInfo& info = *judged.token->info;
  v1::TimeInterval time;
  if (info.accuracy) time.set_accuracy_us(static_cast<std::uint64_t>(info.accuracy->count()));
  time.set_not_after_ms(core::to_unix_ms(crypto::existed_by(info)));
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
