#include "verifier/ledgers/chainmaker/attest.h"

#include <tuple>

#include "verifier/ledgers/answers.h"
#include "verifier/ledgers/chainmaker/findings.h"

namespace heyan::ledgers::chainmaker {
namespace {

// One judgement of the proofs; the second one of a pair asks what good signatures would have
// changed.
struct Pass {
  Pass(std::span<const ProofView> proofs, const v1::Item& item, const trust::LedgerEntry& entry,
       const ChainmakerConfig& config, const Judging& judging, bool count_disagreeing)
      : verifier(judging.checker, config.hash, judging.limits, count_disagreeing),
        signers(config, verifier, judging.as_of, judging.memo->of<KnownSigners>()),
        offered(sort_proofs(proofs, item, config, verifier, judging.memo->of<KnownWholeBlocks>())) {
    for (const Offered& one : offered)
      evaluations.push_back(evaluate(one, item, entry, signers, judging));
    find_fork(evaluations);
  }
  Pass(const Pass&) = delete;
  Pass& operator=(const Pass&) = delete;

  Verifier verifier;
  Signers signers;
  std::vector<Offered> offered;
  std::vector<Evaluation> evaluations;  // as many
};

// What an outcome rests on.
auto outcome_of(const Evaluation& one) {
  return std::tuple(without_uncounted(one.reasons), one.record.has_value(),
                    one.quorum.quorum.reached(), one.fork);
}

void set_position(const Evaluation& evaluation, v1::Attestation& attestation) {
  v1::Position& position = *attestation.mutable_position();
  position.set_block(evaluation.block->header->height);
  position.set_block_hash(core::to_string(evaluation.block->hash));
  if (!evaluation.transaction.transaction) return;
  position.set_transaction(evaluation.offered->proof->index);
  position.set_transaction_id(std::string(evaluation.transaction.transaction->payload.tx_id));
}

void set_time(const Evaluation& evaluation, v1::Attestation& attestation) {
  v1::TimeInterval& time = *attestation.mutable_time();
  time.set_source("node-clock");
  time.set_not_after_ms(core::to_unix_ms(evaluation.block->time));
}

void add_step(std::string_view kind, std::string label, ByteView hash,
              v1::Attestation& attestation) {
  v1::PathStep* step = attestation.add_path();
  step->set_kind(std::string(kind));
  step->set_label(std::move(label));
  step->set_hash(core::to_string(hash));
}

// From the record to those who signed, as it was verified.
void set_path(const Evaluation& evaluation, const ChainmakerConfig& config,
              v1::Attestation& attestation) {
  const Header& header = *evaluation.block->header;
  const std::string number = std::to_string(header.height);
  add_step("record", evaluation.record->id(), {}, attestation);
  add_step("transaction", std::to_string(evaluation.offered->proof->index),
           evaluation.transaction.hash, attestation);
  add_step("transactions-root", number, header.tx_root, attestation);
  add_step("block-header", number, evaluation.block->hash, attestation);
  std::string voters;
  for (const VoteCheck& one : evaluation.block->votes) {
    if (one.state == VoteState::kCounted)
      voters += (voters.empty() ? "" : ",") + one.validator->institution;
  }
  add_step("votes", voters, {}, attestation);
  add_step("network", config.chain_id, {}, attestation);
}

v1::Attestation describe(const Evaluation& evaluation, const v1::Item& item,
                         const ChainmakerConfig& config, bool disagreement_decides) {
  v1::Attestation attestation;
  attestation.set_tier(v1::TIER_CHAIN_PROOF);
  if (evaluation.block && evaluation.block->header) set_position(evaluation, attestation);
  if (evaluation.record) {
    *attestation.mutable_record() = *evaluation.record;
    attestation.set_record_named(!item.record().id().empty());
    set_time(evaluation, attestation);
    set_path(evaluation, config, attestation);
  }
  for (const JudgedSignature& one : evaluation.signatures)
    *attestation.add_signatures() = one.entry;
  *attestation.mutable_quorum() = evaluation.quorum.quorum;
  if (evaluation.quorum.record_quorum)
    *attestation.mutable_record_quorum() = *evaluation.quorum.record_quorum;
  attestation.set_proof_outcome(outcome(evaluation.reasons));
  for (const std::string& reason : sorted_names(evaluation.reasons))
    attestation.add_ledger_reasons(reason);
  if (!evaluation.offered->sha256.empty()) attestation.add_proofs(evaluation.offered->sha256);
  for (v1::Finding& finding : make_findings(evaluation, item, config, disagreement_decides))
    *attestation.add_findings() = std::move(finding);
  return attestation;
}

}  // namespace

core::Result<std::vector<v1::Attestation>> attest(std::span<const ProofView> proofs,
                                                  const v1::Item& item,
                                                  const trust::LedgerEntry& entry,
                                                  const ChainmakerConfig& config,
                                                  const Judging& judging) {
  const Pass pass(proofs, item, entry, config, judging, false);
  std::optional<Pass> other;
  if (pass.verifier.saw_disagreement()) other.emplace(proofs, item, entry, config, judging, true);
  std::vector<v1::Attestation> attestations;
  for (std::size_t i = 0; i < pass.evaluations.size(); ++i) {
    const Evaluation& one = pass.evaluations[i];
    const bool decides = other && outcome_of(other->evaluations[i]) != outcome_of(one);
    attestations.push_back(describe(one, item, config, decides));
  }
  if (const auto fault = pass.verifier.fault()) return std::unexpected(*fault);
  return attestations;
}

}  // namespace heyan::ledgers::chainmaker
