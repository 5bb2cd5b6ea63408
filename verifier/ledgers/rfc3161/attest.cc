#include "verifier/ledgers/rfc3161/attest.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "verifier/ledgers/rfc3161/findings.h"
#include "verifier/timestamps/judged.h"
#include "verifier/trust/links.h"

namespace heyan::ledgers::rfc3161 {
namespace {

using core::Result;
using timestamps::Envelope;
using timestamps::Judged;
using timestamps::Verdict;
using timestamps::Verification;

struct Algorithm {
  v1::DigestAlgorithm algorithm;
  crypto::Hash hash;
};
constexpr std::array kAlgorithms = {
    Algorithm{v1::DIGEST_ALGORITHM_SHA_256, crypto::Hash::kSha256},
    Algorithm{v1::DIGEST_ALGORITHM_SHA_384, crypto::Hash::kSha384},
    Algorithm{v1::DIGEST_ALGORITHM_SHA_512, crypto::Hash::kSha512},
    Algorithm{v1::DIGEST_ALGORITHM_SM3, crypto::Hash::kSm3},
    Algorithm{v1::DIGEST_ALGORITHM_SHA_1, crypto::Hash::kSha1},
    Algorithm{v1::DIGEST_ALGORITHM_MD5, crypto::Hash::kMd5},
};

// Those on which both libraries agree.
timestamps::Digests digests_of(const v1::Measured& measured) {
  timestamps::Digests digests;
  for (const v1::MeasuredDigest& digest : measured.digests()) {
    const auto row = std::ranges::find(kAlgorithms, digest.algorithm(), &Algorithm::algorithm);
    if (row == kAlgorithms.end() || digest.first() != digest.second()) continue;
    digests[row->hash] = core::to_bytes(std::string_view(digest.first()));
  }
  return digests;
}

// All that one item's tokens are judged against.
class Bench {
 public:
  Bench(const v1::ItemRecord& measured, const Judging& judging)
      : judging_(judging),
        digests_(digests_of(measured.measured())),
        authorities_(timestamps::authorities_of(judging.trust)) {}

  void add(timestamps::Request request) { requests_.push_back(std::move(request)); }

  Judged judge(core::ByteView token) const {
    return timestamps::judge(token, authorities_, digests_, requests_, {judging_.as_of},
                             judging_.checker, judging_.limits);
  }

 private:
  const Judging& judging_;
  timestamps::Digests digests_;
  std::vector<timestamps::Authority> authorities_;
  std::vector<timestamps::Request> requests_;
};

v1::ProofOutcome outcome_of(const Verification& found) {
  switch (found.verdict) {
    case Verdict::kValid:
    case Verdict::kNonconforming:
      return v1::PROOF_OUTCOME_ACCEPT;
    case Verdict::kIndeterminate:
    case Verdict::kUndecided:
      return v1::PROOF_OUTCOME_INCOMPLETE;
    case Verdict::kRefused:
    case Verdict::kInvalid:
    case Verdict::kMalformed:
      break;
  }
  return v1::PROOF_OUTCOME_REJECT;
}

void set_signature(const Judged& judged, v1::Attestation& attestation) {
  if (!judged.token || !judged.token->signer.certificate) return;
  const crypto::Certificate& certificate = *judged.token->signer.certificate;
  const auto names = certificate.subject_values("CN");
  const bool good = judged.token->signer.fault == crypto::SignerFault::kNone;
  v1::Signature& signature = *attestation.add_signatures();
  if (!judged.found.path.empty()) signature.set_institution(judged.authority->institution);
  if (!names.empty()) signature.set_signer(names.back());
  signature.set_role("TIME_STAMP_AUTHORITY");
  signature.set_outcome(good ? v1::OUTCOME_PASS : v1::OUTCOME_FAIL);
  signature.set_counted(shows_time(judged.found));
  signature.set_key_sha256(core::to_string(certificate.sha256()));
  signature.set_valid_from_ms(core::to_unix_ms(certificate.not_before()));
  signature.set_valid_until_ms(core::to_unix_ms(certificate.not_after()));
}

// The file existed no later than the stamp's time, as far as its authority knows the time.
void set_time(const Judged& judged, bool linked, v1::Attestation& attestation) {
  const crypto::TimestampInfo& info = *judged.token->info;
  v1::TimeInterval& time = *attestation.mutable_time();
  core::UtcTime not_after = info.time;
  if (info.accuracy) {
    not_after += std::chrono::ceil<std::chrono::milliseconds>(*info.accuracy);
    time.set_accuracy_us(static_cast<std::uint64_t>(info.accuracy->count()));
  }
  time.set_not_after_ms(core::to_unix_ms(not_after));
  time.set_source("tsa:" + judged.authority->institution);
  time.set_independent(!linked);
  time.set_policy(info.policy);
  time.set_authority_class(judged.authority->trust_class);
}

void set_record(const crypto::TimestampInfo& info, v1::LedgerRecord& record) {
  const auto row = std::ranges::find(kAlgorithms, *info.hash, &Algorithm::hash);
  v1::Digest& digest = *record.add_digests();
  digest.set_algorithm(row->algorithm);
  digest.set_value(core::to_string(info.imprint));
  record.set_id(core::to_hex(info.serial));
}

v1::Attestation describe(const ProofView& proof, const Judged& judged, const Judging& judging) {
  v1::Attestation attestation;
  attestation.set_tier(v1::TIER_TIME_PROOF);
  attestation.add_proofs(core::to_string(proof.sha256));
  attestation.set_proof_outcome(outcome_of(judged.found));
  for (const std::string& name : names_of(judged.found.reasons))
    attestation.add_ledger_reasons(name);
  set_signature(judged, attestation);
  const std::string institution =
      judged.found.path.empty() ? std::string() : judged.authority->institution;
  const bool linked = trust::find_links(judging.trust, judging.record, judging.circumstances)
                          .institutions.contains(institution);
  if (shows_time(judged.found)) {
    set_record(*judged.token->info, *attestation.mutable_record());
    set_time(judged, linked, attestation);
  }
  for (v1::Finding& finding : make_findings(judged.found, institution, linked))
    *attestation.add_findings() = std::move(finding);
  return attestation;
}

// Nothing but requests: what was asked for, and not what was answered.
v1::Attestation without_token(std::span<const ProofView> proofs) {
  v1::Attestation attestation;
  attestation.set_tier(v1::TIER_TIME_PROOF);
  attestation.set_proof_outcome(v1::PROOF_OUTCOME_INCOMPLETE);
  for (const ProofView& proof : proofs) attestation.add_proofs(core::to_string(proof.sha256));
  v1::Finding& finding = *attestation.add_findings();
  finding.set_check(v1::CHECK_INC_1);
  finding.set_outcome(v1::OUTCOME_UNDETERMINED);
  finding.set_code(v1::REASON_INCLUSION_PROOF_MISSING);
  finding.set_effect(v1::EFFECT_INCONCLUSIVE);
  return attestation;
}

struct Offered {
  const ProofView* proof;
  Result<Envelope> envelope;
};

// Each once, however often it is attached.
std::vector<Offered> open_all(std::span<const ProofView> proofs) {
  std::vector<Offered> offered;
  for (const ProofView& proof : proofs) {
    const bool known = std::ranges::any_of(
        offered, [&](const Offered& one) { return core::equal(one.proof->sha256, proof.sha256); });
    if (!known) offered.push_back({&proof, timestamps::open_envelope(proof.bytes)});
  }
  return offered;
}

}  // namespace

Result<std::vector<v1::Attestation>> attest(std::span<const ProofView> proofs,
                                            const v1::ItemRecord& measured,
                                            const Judging& judging) {
  const std::vector<Offered> offered = open_all(proofs);
  Bench bench(measured, judging);
  for (const Offered& one : offered) {
    if (one.envelope && one.envelope->request) bench.add(*one.envelope->request);
  }
  std::vector<v1::Attestation> attestations;
  for (const Offered& one : offered) {
    Judged judged;
    if (!one.envelope) {
      judged.found = timestamps::malformed(one.envelope.error());
    } else if (one.envelope->request) {
      continue;
    } else if (!one.envelope->granted) {
      judged.found = timestamps::refused_by_authority();
    } else {
      judged = bench.judge(one.envelope->token);
    }
    attestations.push_back(describe(*one.proof, judged, judging));
  }
  if (judging.checker.verifications() >= judging.limits.signatures) {
    return core::fail(core::ErrorCode::kLimit, "more signatures than a judgement may verify");
  }
  if (attestations.empty()) attestations.push_back(without_token(proofs));
  return attestations;
}

}  // namespace heyan::ledgers::rfc3161
