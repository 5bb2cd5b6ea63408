#include "verifier/ledgers/fisco_bcos/attest.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "verifier/ledgers/answers.h"
#include "verifier/ledgers/fisco_bcos/findings.h"

namespace heyan::ledgers::fisco_bcos {
namespace {

// Proofs judged so far, so that items which share one pay for it once. By ledger, digest of the
// proof, and whether disagreeing signatures were counted.
struct JudgedProofs {
  std::map<std::tuple<std::string, Bytes, bool>, std::unique_ptr<const JudgedProof>> by_digest;
};

struct Bundle {
  std::vector<const ProofView*> proofs;  // distinct
  const v1::Item& item;
  const v1::ItemRecord& measured;
  const trust::LedgerEntry& entry;
  const FiscoConfig& config;
  const Judging& judging;
};

core::Result<const JudgedProof*> judged_once(const ProofView& proof, const Bundle& bundle,
                                             bool count_disagreeing) {
  auto& known = bundle.judging.memo->of<JudgedProofs>().by_digest;
  auto& place = known[{bundle.entry.id, core::to_bytes(proof.sha256), count_disagreeing}];
  if (place) return place.get();
  HEYAN_TRY(Evaluation evaluation, evaluate(proof.bytes, bundle.config, bundle.judging.checker,
                                            bundle.judging.limits, count_disagreeing));
  auto judged = std::make_unique<JudgedProof>(
      JudgedProof{.evaluation = std::move(evaluation), .call = std::nullopt});
  if (judged->evaluation.proof && judged->evaluation.proof->transaction)
    judged->call = read_call(*judged->evaluation.proof->transaction, bundle.config);
  place = std::move(judged);
  return place.get();
}

bool only_adds_signature(const JudgedProof& proof) {
  return proof.call && proof.call->kind == CallKind::kAddSignature;
}

// All proofs judged once over; the second pass of a pair asks what signatures on which the
// libraries differ would have changed.
struct Pass {
  std::vector<const JudgedProof*> proofs;
  std::vector<std::pair<const ProofView*, Judgement>> judgements;
  bool saw_disagreement = false;
};

core::Result<Pass> judge_all(const Bundle& bundle, bool count_disagreeing) {
  Pass pass;
  Verifier verifier(bundle.judging.checker, bundle.config.form, count_disagreeing);
  for (const ProofView* proof : bundle.proofs) {
    HEYAN_TRY(const JudgedProof* judged, judged_once(*proof, bundle, count_disagreeing));
    pass.proofs.push_back(judged);
  }
  const bool none_records = std::ranges::all_of(
      pass.proofs, [](const JudgedProof* one) { return only_adds_signature(*one); });
  for (std::size_t i = 0; i < pass.proofs.size(); ++i) {
    const JudgedProof& proof = *pass.proofs[i];
    pass.saw_disagreement = pass.saw_disagreement || proof.evaluation.saw_disagreement;
    if (only_adds_signature(proof) && !none_records) continue;
    const ItemView item{bundle.item, bundle.measured, *bundle.proofs[i]->declared};
    pass.judgements.emplace_back(bundle.proofs[i],
                                 judge_proof(proof, pass.proofs, item, bundle.entry, bundle.config,
                                             bundle.judging, verifier));
  }
  pass.saw_disagreement = pass.saw_disagreement || verifier.saw_disagreement();
  if (verifier.fault()) return std::unexpected(*verifier.fault());
  return pass;
}

void set_position(const Evaluation& evaluation, v1::Attestation& attestation) {
  v1::Position& position = *attestation.mutable_position();
  position.set_block(evaluation.proof->header.number);
  position.set_block_hash(core::to_string(evaluation.header.hash));
  if (!evaluation.transaction.included) return;
  if (evaluation.transaction.position) position.set_transaction(*evaluation.transaction.position);
  position.set_transaction_id("0x" + core::to_hex(evaluation.transaction.hash));
}

void set_time(const Evaluation& evaluation, v1::Attestation& attestation) {
  constexpr std::uint64_t kLatestMs = 253'402'300'799'999;  // end of the year 9999
  v1::TimeInterval& time = *attestation.mutable_time();
  time.set_source("node-clock");
  const std::uint64_t at = evaluation.proof->header.timestamp_ms;
  if (at <= kLatestMs) time.set_not_after_ms(static_cast<std::int64_t>(at));
}

void add_step(std::string_view kind, std::string label, ByteView hash,
              v1::Attestation& attestation) {
  v1::PathStep* step = attestation.add_path();
  step->set_kind(std::string(kind));
  step->set_label(std::move(label));
  step->set_hash(core::to_string(hash));
}

void set_path(const Judgement& judgement, const trust::LedgerEntry& entry,
              v1::Attestation& attestation) {
  const Evaluation& evaluation = judgement.proof.evaluation;
  const Header& header = evaluation.proof->header;
  const std::string number = std::to_string(header.number);
  add_step("record", judgement.record->id(), {}, attestation);
  add_step("transaction", std::to_string(evaluation.transaction.position.value_or(0)),
           evaluation.transaction.hash, attestation);
  add_step("block-data", number, header.transactions_root, attestation);
  add_step("block-header", number, evaluation.header.hash, attestation);
  add_step("sealers", std::to_string(evaluation.header.weight), {}, attestation);
  add_step("network", entry.id, {}, attestation);
}

v1::Attestation describe(const ProofView& proof, const Judgement& judgement, const Bundle& bundle,
                         bool disagreement_decides) {
  v1::Attestation attestation;
  attestation.set_tier(v1::TIER_CHAIN_PROOF);
  const Evaluation& evaluation = judgement.proof.evaluation;
  if (evaluation.header.authenticated()) {
    set_position(evaluation, attestation);
    set_time(evaluation, attestation);
  }
  if (judgement.record) {
    *attestation.mutable_record() = *judgement.record;
    attestation.set_record_named(judgement.named == Named::kSame);
    set_path(judgement, bundle.entry, attestation);
  }
  for (const v1::Signature& one : judgement.signatures) *attestation.add_signatures() = one;
  *attestation.mutable_quorum() = judgement.quorum;
  if (judgement.record_quorum) *attestation.mutable_record_quorum() = *judgement.record_quorum;
  attestation.set_proof_outcome(outcome(judgement.reasons));
  for (const std::string& one : sorted_names(judgement.reasons))
    attestation.add_ledger_reasons(one);
  attestation.add_proofs(core::to_string(proof.sha256));
  for (v1::Finding& finding : make_findings(judgement, disagreement_decides))
    *attestation.add_findings() = std::move(finding);
  return attestation;
}

// Those that lent a signature to the record are proofs of it as well.
void name_added(const Bundle& bundle, const Pass& pass, v1::Attestation& attestation) {
  if (!attestation.has_record_quorum()) return;
  for (std::size_t i = 0; i < pass.proofs.size(); ++i) {
    if (!only_adds_signature(*pass.proofs[i])) continue;
    attestation.add_proofs(core::to_string(bundle.proofs[i]->sha256));
  }
}

}  // namespace

core::Result<std::vector<v1::Attestation>> attest(
    std::span<const ProofView> proofs, const v1::Item& item, const v1::ItemRecord& measured,
    const trust::LedgerEntry& entry, const FiscoConfig& config, const Judging& judging) {
  Bundle bundle{{}, item, measured, entry, config, judging};
  for (const ProofView& proof : proofs) {
    const bool known = std::ranges::any_of(bundle.proofs, [&](const ProofView* one) {
      return core::equal(one->sha256, proof.sha256);
    });
    if (!known) bundle.proofs.push_back(&proof);
  }
  HEYAN_TRY(const Pass pass, judge_all(bundle, false));
  std::optional<Pass> other;
  if (pass.saw_disagreement) {
    HEYAN_TRY(other, judge_all(bundle, true));
  }
  std::vector<v1::Attestation> attestations;
  for (std::size_t i = 0; i < pass.judgements.size(); ++i) {
    const auto& [proof, judgement] = pass.judgements[i];
    const bool decides = other && !judgement.same_outcome(other->judgements[i].second);
    attestations.push_back(describe(*proof, judgement, bundle, decides));
    name_added(bundle, pass, attestations.back());
  }
  return attestations;
}

}  // namespace heyan::ledgers::fisco_bcos
