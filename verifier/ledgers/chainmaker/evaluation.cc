#include "verifier/ledgers/chainmaker/evaluation.h"

#include <algorithm>

namespace heyan::ledgers::chainmaker {
namespace {

// Reads the record of a call that the block proves.
void take_record(const v1::Item& item, const ChainmakerConfig& config, const core::Limits& limits,
                 Evaluation& evaluation) {
  const auto call = evaluation.transaction.record_call();
  if (!call) return;
  const bool in_contract =
      config.contracts.empty() ||
      std::ranges::find(config.contracts, call->contract) != config.contracts.end();
  evaluation.is_record = in_contract && call->method == config.places.method;
  if (!evaluation.is_record || !evaluation.authentic) return;
  auto record = read_record(*call, config.places, limits);
  if (!record) {
    evaluation.unreadable_record = true;
    return;
  }
  const std::string& named = item.record().id();
  const std::string_view tx_id = evaluation.transaction.transaction->payload.tx_id;
  evaluation.other_record = !named.empty() && named != record->id() && named != tx_id;
  if (!evaluation.other_record) evaluation.record = *std::move(record);
}

}  // namespace

Evaluation evaluate(const Offered& offered, const v1::Item& item, const trust::LedgerEntry& entry,
                    Signers& signers, const Judging& judging) {
  Evaluation evaluation;
  evaluation.offered = &offered;
  evaluation.reasons = offered.reasons;
  if (!offered.readable) evaluation.reasons.insert(Reason::kParse);
  const ChainmakerConfig& config = signers.config();
  if (offered.proof) {
    evaluation.block = check_block(offered.proof->header, offered.proof->vote_set, signers,
                                   judging.memo->of<KnownBlocks>());
    evaluation.reasons.insert(evaluation.block->reasons.begin(), evaluation.block->reasons.end());
    if (evaluation.block->header) {
      evaluation.transaction = check_transaction(*offered.proof, *evaluation.block, signers);
      const Reasons& more = evaluation.transaction.reasons;
      evaluation.reasons.insert(more.begin(), more.end());
    }
    const Reasons deciding = without_uncounted(evaluation.reasons);
    evaluation.authentic = evaluation.transaction.transaction &&
                           (deciding.empty() || deciding == Reasons{Reason::kNotCosigned});
    take_record(item, config, judging.limits, evaluation);
    evaluation.signatures = judge_signatures(*evaluation.block, evaluation.transaction, judging);
    evaluation.quorum = count(evaluation.signatures, *evaluation.block, config, entry, judging);
  } else {
    evaluation.quorum = count({}, {}, config, entry, judging);
  }
  return evaluation;
}

void find_fork(std::vector<Evaluation>& evaluations) {
  std::map<std::uint64_t, const BlockCheck*> known;
  std::optional<std::uint64_t> fork;
  const auto note = [&](std::uint64_t height) { fork = fork ? std::min(*fork, height) : height; };
  for (const Evaluation& one : evaluations) {
    if (!one.block || !one.block->is_authentic()) continue;
    const auto [place, added] = known.emplace(one.block->header->height, one.block.get());
    if (!added && place->second->hash != one.block->hash) note(place->first);
  }
  for (const auto& [height, block] : known) {
    const auto next = known.find(height + 1);
    if (next == known.end()) continue;
    if (!core::equal(next->second->header->previous_hash, block->hash)) note(height);
  }
  if (!fork) return;
  for (Evaluation& one : evaluations) one.fork = fork;
}

}  // namespace heyan::ledgers::chainmaker
