#include "verifier/ledgers/fabric/attest.h"

#include <deque>
#include <set>
#include <tuple>

#include "verifier/ledgers/answers.h"
#include "verifier/ledgers/fabric/findings.h"
#include "verifier/trust/quorum.h"

namespace heyan::ledgers::fabric {
namespace {

// What is judged: the same for each record that is named, and for both passes.
struct Bundle {
  std::span<const ProofView> proofs;
  const v1::Item& item;
  const OfferedProofs& offered;
  const v1::ItemRecord& measured;
  const trust::LedgerEntry& entry;
  const FabricConfig& config;
  const Judging& judging;
};

// One record judged.
struct Judged {
  Judged(const NamedRecord& named, const Scene& scene, const Bundle& bundle, Identities& identities)
      : evaluation(
            evaluate(named, scene, bundle.offered, bundle.config, bundle.measured, identities)),
        signatures(
            judge_signatures(evaluation, bundle.config, bundle.judging, identities.verifier())),
        quorum(count(signatures, evaluation, bundle.config, bundle.entry, bundle.judging)),
        reasons(evaluation.reasons) {
    if (quorum.orderers_missing) reasons.insert(Reason::kOrdererQuorum);
    const bool answered =
        trust::count_quorum(bundle.judging.trust, bundle.entry.quorum, quorum.committed_by).reached;
    // Answers name no block: where another write stands before the record's, they do not show which
    // of the two came later.
    committed = !evaluation.declared_invalid &&
                (evaluation.chain_reaches_record || (answered && !evaluation.order_unproven));
  }

  // What an outcome rests on.
  auto outcome() const {
    return std::tuple(reasons, evaluation.record.has_value(), evaluation.declared_invalid,
                      evaluation.scene->config_unapproved, evaluation.fork,
                      evaluation.later.has_value(), quorum.quorum.reached(), committed);
  }

  Evaluation evaluation;
  std::vector<JudgedSignature> signatures;
  QuorumFacts quorum;
  Reasons reasons;
  bool committed = false;
};

// One judgement of the proofs; the second one of a pair asks what good signatures would have
// changed.
struct Pass {
  Pass(const Bundle& bundle, bool count_disagreeing)
      : verifier(bundle.judging.checker, bundle.config.profile, bundle.judging.limits,
                 count_disagreeing, &bundle.judging.memo->of<WorkDone>()),
        identities(verifier),
        scene(set_scene(bundle.offered, bundle.config, identities)) {
    for (const NamedRecord& one : bundle.offered.named)
      judged.emplace_back(one, scene, bundle, identities);
  }
  Pass(const Pass&) = delete;
  Pass& operator=(const Pass&) = delete;

  Verifier verifier;
  Identities identities;
  Scene scene;
  std::deque<Judged> judged;  // as many as records are named
};

void set_position(const Evaluation& evaluation, v1::Attestation& attestation) {
  const SingleAnswer& single = *evaluation.single;
  v1::Position& position = *attestation.mutable_position();
  position.set_block(evaluation.selection->group->number());
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
  const Block& block = evaluation.selection->group->front().block();
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
  const ConfigChain& configs = *evaluation.scene->configs;
  add_step("network", configs.channel(), configs.first().header_hash, attestation);
}

void add_signatures(const std::vector<JudgedSignature>& signatures, v1::Attestation& attestation) {
  for (const JudgedSignature& one : signatures) *attestation.add_signatures() = one.entry;
}

v1::Attestation describe(const Bundle& bundle, const Judged& judged, Verifier& verifier,
                         bool disagreement_decides) {
  v1::Attestation attestation;
  attestation.set_tier(v1::TIER_CHAIN_PROOF);
  const Evaluation& evaluation = judged.evaluation;
  if (evaluation.single) {
    set_position(evaluation, attestation);
    if (evaluation.single->ordering.authenticated) set_time(*evaluation.single, attestation);
  }
  if (evaluation.record) {
    const std::string& id = bundle.item.record().id();
    *attestation.mutable_record() = *evaluation.record;
    set_path(evaluation, verifier, attestation);
    attestation.set_record_named(!id.empty() && id == evaluation.record->id());
  }
  add_signatures(judged.signatures, attestation);
  *attestation.mutable_quorum() = judged.quorum.quorum;
  attestation.set_proof_outcome(outcome(without_uncounted(judged.reasons)));
  for (const std::string& reason : sorted_names(judged.reasons))
    attestation.add_ledger_reasons(reason);
  std::set<std::string> proofs;
  for (const ProofView& proof : bundle.proofs) {
    std::string digest = core::to_string(proof.sha256);
    if (proofs.insert(digest).second) attestation.add_proofs(std::move(digest));
  }
  const Judgement judgement{.proofs = bundle.offered,
                            .config = bundle.config,
                            .evaluation = evaluation,
                            .signatures = judged.signatures,
                            .quorum = judged.quorum,
                            .reasons = judged.reasons,
                            .committed = judged.committed,
                            .disagreement_decides = disagreement_decides};
  for (v1::Finding& finding : make_findings(judgement))
    *attestation.add_findings() = std::move(finding);
  return attestation;
}

}  // namespace

core::Result<std::vector<v1::Attestation>> attest(
    std::span<const ProofView> proofs, const v1::Item& item, const v1::ItemRecord& measured,
    const trust::LedgerEntry& entry, const FabricConfig& config, const Judging& judging) {
  if (judging.memo->of<WorkDone>().is_over())
    return core::fail(core::ErrorCode::kLimit, "more transactions than one judgement checks");
  HEYAN_TRY(const OfferedProofs offered,
            sort_proofs(proofs, item, judging.memo->of<ReadBlocks>(), judging.limits));
  const Bundle bundle{proofs, item, offered, measured, entry, config, judging};
  Pass pass(bundle, false);
  std::optional<Pass> other;
  if (pass.verifier.saw_disagreement()) other.emplace(bundle, true);
  std::vector<v1::Attestation> attestations;
  for (std::size_t i = 0; i < pass.judged.size(); ++i) {
    const Judged& judged = pass.judged[i];
    const bool decides = other && other->judged[i].outcome() != judged.outcome();
    attestations.push_back(describe(bundle, judged, pass.verifier, decides));
  }
  if (const auto fault = pass.verifier.fault()) return std::unexpected(*fault);
  return attestations;
}

}  // namespace heyan::ledgers::fabric
