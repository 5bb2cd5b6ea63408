#include "verifier/ledgers/tlog/judgement.h"

#include "verifier/ledgers/answers.h"
#include "verifier/ledgers/measured.h"
#include "verifier/ledgers/tlog/findings.h"

namespace heyan::ledgers::tlog {
namespace {

void set_position(const Judgement& judgement, v1::Attestation& attestation) {
  v1::Position& position = *attestation.mutable_position();
  position.set_transaction(judgement.index);
  position.set_transaction_id(core::to_hex(judgement.leaf));
}

// Whoever else signed it: whether a quorum did is told beside it.
void set_head(const Head& head, v1::Attestation& attestation) {
  if (!head.authenticated()) return;
  attestation.mutable_head()->set_origin(head.checkpoint.origin);
  attestation.mutable_head()->set_size(head.checkpoint.size);
  attestation.mutable_head()->set_root(core::to_string(head.checkpoint.root));
}

}  // namespace

void take_head(const JudgedHead& head, Judgement& judgement) {
  judgement.head = &head;
  judgement.reasons.insert(head.head.reasons.begin(), head.head.reasons.end());
  if (head.head.authenticated() && !head.holds()) judgement.reasons.insert(Reason::kNoQuorum);
}

void compare_digests(const v1::ItemRecord& measured, Judgement& judgement) {
  if (judgement.record && differs(*judgement.record, measured.measured()))
    judgement.reasons.insert(Reason::kEvidenceHashMismatch);
}

v1::Attestation describe(const ProofView& proof, const Judgement& judgement) {
  v1::Attestation attestation;
  attestation.set_tier(v1::TIER_CHAIN_PROOF);
  if (judgement.head != nullptr) {
    const Standing& standing = judgement.head->standing;
    for (const v1::Signature& one : standing.signatures) *attestation.add_signatures() = one;
    *attestation.mutable_quorum() = standing.quorum;
    set_head(judgement.head->head, attestation);
  }
  if (judgement.submitter) *attestation.add_signatures() = *judgement.submitter;
  if (judgement.record) {
    *attestation.mutable_record() = *judgement.record;
    attestation.set_record_named(judgement.named);
    set_position(judgement, attestation);
    const v1::TimeInterval& time = judgement.head->standing.time;
    if (!time.source().empty()) *attestation.mutable_time() = time;
  }
  attestation.set_proof_outcome(outcome(judgement.reasons));
  for (std::string& one : sorted_names(judgement.reasons))
    attestation.add_ledger_reasons(std::move(one));
  attestation.add_proofs(core::to_string(proof.sha256));
  for (v1::Finding& finding : make_findings(judgement))
    *attestation.add_findings() = std::move(finding);
  return attestation;
}

}  // namespace heyan::ledgers::tlog
