#include "verifier/ledgers/rfc3161/attest.h"

#include <algorithm>

#include "verifier/ledgers/measured.h"
#include "verifier/ledgers/rfc3161/findings.h"
#include "verifier/ledgers/time_stamps.h"
#include "verifier/timestamps/judged.h"
#include "verifier/trust/links.h"

namespace heyan::ledgers::rfc3161 {
namespace {

using core::Result;
using timestamps::Envelope;
using timestamps::Judged;
using timestamps::Verdict;
using timestamps::Verification;

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

void set_record(const crypto::TimestampInfo& info, v1::LedgerRecord& record) {
  v1::Digest& digest = *record.add_digests();
  digest.set_algorithm(algorithm_of(*info.hash));
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
  if (auto signature = signature_of(judged, shows_time(judged.found)))
    *attestation.add_signatures() = *std::move(signature);
  const std::string institution =
      judged.found.path.empty() ? std::string() : judged.authority->institution;
  const bool linked = trust::find_links(judging.trust, judging.record, judging.circumstances)
                          .institutions.contains(institution);
  if (shows_time(judged.found)) {
    set_record(*judged.token->info, *attestation.mutable_record());
    *attestation.mutable_time() = time_of(judged, !linked);
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

std::optional<crypto::Hash> hash_named(core::ByteView proof) {
  const auto envelope = timestamps::open_envelope(proof);
  if (!envelope) return std::nullopt;
  if (envelope->request) return envelope->request->imprint.hash;
  crypto::SignatureChecker checker(crypto::production_engines(), {});  // nothing is checked
  const auto token =
      crypto::read_timestamp(envelope->token, checker, {}, {.candidates = {}, .gm = true});
  return token && token->info ? token->info->hash : std::nullopt;
}

bool is_whole(core::ByteView proof, const Judging& judging) {
  const auto envelope = timestamps::open_envelope(proof);
  if (!envelope) return false;
  if (envelope->request) return true;
  return envelope->granted &&
         timestamps::read_token(envelope->token, {}, judging.checker, judging.limits).has_value();
}

}  // namespace heyan::ledgers::rfc3161
