#include "verifier/ledgers/evidence_record/attest.h"

#include <map>
#include <memory>

#include "verifier/ledgers/evidence_record/findings.h"
#include "verifier/ledgers/measured.h"
#include "verifier/ledgers/time_stamps.h"
#include "verifier/trust/links.h"

namespace heyan::ledgers::evidence_record {
namespace {

using timestamps::Verdict;

// Signers that are shown; more stamps than that are judged, but nobody reads them.
constexpr std::size_t kMostShown = 64;

// What all items of a judgement share: a record that covers many of them is evaluated once.
struct Shared {
  std::vector<timestamps::Authority> authorities;
  std::set<std::string> linked;  // institutions
  std::set<core::Bytes> filed;   // digests of all files
  std::map<core::Bytes, std::unique_ptr<const ers::Evaluation>> by_digest;
};

Shared& shared_of(const Judging& judging) {
  Shared& shared = judging.memo->of<Shared>();
  if (!shared.authorities.empty()) return shared;
  shared.authorities = timestamps::authorities_of(judging.trust);
  for (const std::string& one :
       trust::find_links(judging.trust, judging.record, judging.circumstances).institutions)
    shared.linked.insert(one);
  for (const v1::ItemRecord& item : judging.record.items()) {
    for (auto& [hash, digest] : digests_of(item.measured())) shared.filed.insert(digest);
  }
  return shared;
}

const ers::Evaluation& evaluated_once(const ProofView& proof, const Judging& judging) {
  Shared& shared = shared_of(judging);
  auto& place = shared.by_digest[core::to_bytes(proof.sha256)];
  if (!place) {
    place = std::make_unique<const ers::Evaluation>(
        ers::evaluate(proof.bytes,
                      {.authorities = shared.authorities,
                       .hash_until = judging.policy.algorithm_until,
                       .at = judging.as_of},
                      judging.checker, judging.limits));
  }
  return *place;
}

v1::ProofOutcome outcome_of(const ers::Verification& found) {
  if (found.shows_time()) return v1::PROOF_OUTCOME_ACCEPT;
  return found.verdict == Verdict::kIndeterminate || found.verdict == Verdict::kUndecided
             ? v1::PROOF_OUTCOME_INCOMPLETE
             : v1::PROOF_OUTCOME_REJECT;
}

// The file's own digests, by the algorithms in which the chains cover it.
void set_record(const ers::Evaluation& evaluation,
                const std::map<crypto::Hash, core::Bytes>& digests, v1::LedgerRecord& record) {
  std::set<v1::DigestAlgorithm> algorithms;
  for (const ers::Covering& covering : evaluation.coverings) {
    const v1::DigestAlgorithm algorithm = algorithm_of(*covering.hash);
    if (!algorithms.insert(algorithm).second) continue;
    v1::Digest& digest = *record.add_digests();
    digest.set_algorithm(algorithm);
    digest.set_value(core::to_string(digests.at(*covering.hash)));
  }
}

v1::Attestation describe(const ProofView& proof, const v1::ItemRecord& measured,
                         const Judging& judging) {
  const ers::Evaluation& evaluation = evaluated_once(proof, judging);
  const Shared& shared = shared_of(judging);
  const std::vector<timestamps::Digests> documents = {digests_of(measured.measured())};
  const ers::Verification found = ers::verify(evaluation, documents, shared.filed, judging.checker);
  v1::Attestation attestation;
  attestation.set_tier(v1::TIER_TIME_PROOF);
  attestation.add_proofs(core::to_string(proof.sha256));
  attestation.set_proof_outcome(outcome_of(found));
  for (const std::string& name : found.names()) attestation.add_ledger_reasons(name);
  const Clocks clocks = clocks_of(evaluation.stamps, shared.linked);
  for (const timestamps::Judged& one : evaluation.stamps) {
    auto signature = signature_of(one, found.shows_time() && timestamps::shows_time(one.found));
    if (signature && std::cmp_less(attestation.signatures_size(), kMostShown))
      *attestation.add_signatures() = *std::move(signature);
  }
  if (found.shows_time()) {
    set_record(evaluation, documents.front(), *attestation.mutable_record());
    *attestation.mutable_time() = time_of(evaluation.stamps.front(), !clocks.linked);
    attestation.mutable_time()->set_authority_class(clocks.trust_class);
  }
  for (v1::Finding& finding : make_findings(evaluation, found, clocks.first, clocks.linked))
    *attestation.add_findings() = std::move(finding);
  return attestation;
}

}  // namespace

core::Result<std::vector<v1::Attestation>> attest(std::span<const ProofView> proofs,
                                                  const v1::ItemRecord& measured,
                                                  const Judging& judging) {
  std::vector<v1::Attestation> attestations;
  std::set<std::string> seen;  // the same file again says nothing new
  for (const ProofView& proof : proofs) {
    if (!seen.insert(core::to_string(proof.sha256)).second) continue;
    attestations.push_back(describe(proof, measured, judging));
  }
  if (judging.checker.verifications() >= judging.limits.signatures) {
    return core::fail(core::ErrorCode::kLimit, "more signatures than a judgement may verify");
  }
  return attestations;
}

}  // namespace heyan::ledgers::evidence_record
