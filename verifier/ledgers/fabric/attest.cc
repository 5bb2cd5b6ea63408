#include "verifier/ledgers/fabric/attest.h"

#include <algorithm>

#include "verifier/ledgers/fabric/findings.h"
#include "verifier/trust/quorum.h"

namespace heyan::ledgers::fabric {
namespace {

// One judgement of the proofs; the second one of the pair asks what good signatures would have
// changed.
struct Pass {
  Pass(const OfferedProofs& proofs, const FabricConfig& config, const v1::ItemRecord& measured,
       const trust::LedgerEntry& entry, const Judging& judging, bool count_disagreeing)
      : verifier(judging.checker, config.profile, judging.limits, count_disagreeing),
        identities(verifier),
        evaluation(evaluate(proofs, config, measured, identities)),
        signatures(judge_signatures(evaluation, config, judging, verifier)),
        quorum(count(signatures, evaluation, config, entry, judging)) {
    const bool answered =
        trust::count_quorum(judging.trust, entry.quorum, quorum.committed_by).reached;
    committed = !evaluation.declared_invalid && (evaluation.chain_reaches_record || answered);
  }
  Pass(const Pass&) = delete;
  Pass& operator=(const Pass&) = delete;

  // What an outcome rests on.
  auto outcome() const {
    return std::tuple(evaluation.reasons, evaluation.record.has_value(),
                      evaluation.declared_invalid, evaluation.config_unapproved,
                      quorum.quorum.reached(), committed);
  }

  Verifier verifier;
  Identities identities;
  Evaluation evaluation;
  std::vector<JudgedSignature> signatures;
  QuorumFacts quorum;
  bool committed = false;
};

void set_position(const Evaluation& evaluation, v1::Attestation& attestation) {
  const SingleAnswer& single = *evaluation.single;
  v1::Position& position = *attestation.mutable_position();
  position.set_block(evaluation.selection->copies.front()->block.header.number);
  position.set_block_hash(core::to_string(single.ordering.header_hash));
  if (!single.transaction) return;
  position.set_transaction(*single.transaction);
  position.set_transaction_id(single.txid);
}

// The client's own time stamp, as far as it is one.
void set_time(const SingleAnswer& single, v1::Attestation& attestation) {
  constexpr std::int64_t kLatestSecond = 253'402'300'799;  // end of the year 9999
  v1::TimeInterval& time = *attestation.mutable_time();
  time.set_source("declared");
  if (!single.client_time) return;
  const Timestamp& claimed = *single.client_time;
  const bool plausible = claimed.seconds >= 0 && claimed.seconds <= kLatestSecond &&
                         claimed.nanos >= 0 && claimed.nanos < 1'000'000'000;
  if (plausible) time.set_stated_ms(claimed.seconds * 1000 + claimed.nanos / 1'000'000);
}

void add_step(std::string_view kind, std::string label, ByteView hash,
              v1::Attestation& attestation) {
  v1::PathStep* step = attestation.add_path();
  step->set_kind(std::string(kind));
  step->set_label(std::move(label));
  step->set_hash(core::to_string(hash));
}

// From the record to the pin of the network, as far as it was verified.
void set_path(const Evaluation& evaluation, Verifier& verifier, v1::Attestation& attestation) {
  const SingleAnswer& single = *evaluation.single;
  const Block& block = evaluation.selection->copies.front()->block;
  const std::string number = std::to_string(block.header.number);
  add_step("record", evaluation.record->id(), verifier.digest(crypto::Hash::kSha256, single.value),
           attestation);
  const ByteView entry = block.entries[*single.transaction];
  add_step("transaction", std::to_string(*single.transaction),
           verifier.digest(crypto::Hash::kSha256, entry), attestation);
  add_step("block-data", number, block.header.data_hash, attestation);
  add_step("block-header", number, single.ordering.header_hash, attestation);
  std::string orderers;
  for (const std::string& one : single.ordering.organisations)
    orderers += (orderers.empty() ? "" : ",") + one;
  add_step("orderer-signature", orderers, {}, attestation);
  add_step("config", std::to_string(single.config->number), single.config->header_hash,
           attestation);
  add_step("network", evaluation.configs->channel(), evaluation.configs->first().header_hash,
           attestation);
}

void add_signatures(const std::vector<JudgedSignature>& signatures, v1::Attestation& attestation) {
  for (const JudgedSignature& one : signatures) *attestation.add_signatures() = one.entry;
}

v1::Attestation describe(std::span<const ProofView> proofs, const v1::Item& item,
                         const OfferedProofs& offered, const FabricConfig& config, Pass& pass,
                         bool disagreement_decides) {
  v1::Attestation attestation;
  attestation.set_tier(v1::TIER_CHAIN_PROOF);
  const Evaluation& evaluation = pass.evaluation;
  if (evaluation.single) {
    set_position(evaluation, attestation);
    if (evaluation.single->ordering.authenticated) set_time(*evaluation.single, attestation);
  }
  if (evaluation.record) {
    *attestation.mutable_record() = *evaluation.record;
    set_path(evaluation, pass.verifier, attestation);
    attestation.set_record_named(!item.record().id().empty() &&
                                 item.record().id() == evaluation.record->id());
  }
  add_signatures(pass.signatures, attestation);
  *attestation.mutable_quorum() = pass.quorum.quorum;
  attestation.set_proof_outcome(outcome(evaluation.reasons));
  for (const std::string& reason : names(evaluation.reasons))
    attestation.add_ledger_reasons(reason);
  for (const ProofView& proof : proofs) attestation.add_proofs(core::to_string(proof.sha256));
  const Judgement judgement{.proofs = offered,
                            .config = config,
                            .evaluation = evaluation,
                            .signatures = pass.signatures,
                            .quorum = pass.quorum,
                            .committed = pass.committed,
                            .disagreement_decides = disagreement_decides};
  for (v1::Finding& finding : make_findings(judgement))
    *attestation.add_findings() = std::move(finding);
  return attestation;
}

}  // namespace

core::Result<v1::Attestation> attest(std::span<const ProofView> proofs, const v1::Item& item,
                                     const v1::ItemRecord& measured,
                                     const trust::LedgerEntry& entry, const FabricConfig& config,
                                     const Judging& judging) {
  const OfferedProofs offered = sort_proofs(proofs, item, judging.limits);
  Pass pass(offered, config, measured, entry, judging, false);
  bool decides = false;
  if (pass.verifier.saw_disagreement()) {
    const Pass other(offered, config, measured, entry, judging, true);
    decides = other.outcome() != pass.outcome();
  }
  v1::Attestation attestation = describe(proofs, item, offered, config, pass, decides);
  if (const auto fault = pass.verifier.fault()) return std::unexpected(*fault);
  return attestation;
}

}  // namespace heyan::ledgers::fabric
