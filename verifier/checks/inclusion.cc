// INC-1 and INC-2: does the record stand in its ledger, and is that the ledger seen before?
#include <algorithm>
#include <optional>

#include "verifier/checks/families.h"
#include "verifier/checks/time_evidence.h"

namespace heyan::checks {
namespace {

bool any_of_tier(const ItemView& item, v1::Tier tier) {
  return std::ranges::any_of(item.attestations, [&](const v1::Attestation& attestation) {
    return attestation.tier() == tier;
  });
}

v1::Finding fork(const ItemView& item, std::size_t attestation, std::uint64_t height) {
  v1::Finding finding = answer(v1::CHECK_INC_2, v1::OUTCOME_FAIL, v1::REASON_CHAIN_FORK_DETECTED);
  set_param(finding, "height", std::to_string(height));
  return about(std::move(finding), item, attestation);
}

v1::Finding against_memory(const ItemView& item, std::size_t index) {
  const v1::Attestation& attestation = item.attestations[index];
  const v1::Position& position = attestation.position();
  auto nothing = about(answer(v1::CHECK_INC_2, v1::OUTCOME_NOT_APPLICABLE), item, index);
  if (!position.has_block()) return nothing;
  const auto known = item.whole.forks.find(attestation.ledger());
  if (known != item.whole.forks.end() && position.block() >= known->second) {
    return fork(item, index, known->second);
  }
  const auto kept = item.whole.checkpoints.find(attestation.ledger());
  if (kept == item.whole.checkpoints.end() || position.block_hash().empty()) return nothing;
  const auto [begin, end] = kept->second.equal_range(position.block());
  if (begin == end) return nothing;
  const bool same = std::all_of(begin, end, [&](const auto& checkpoint) {
    return checkpoint.second->hash() == position.block_hash();
  });
  if (!same) return fork(item, index, position.block());
  return about(answer(v1::CHECK_INC_2, v1::OUTCOME_PASS), item, index);
}

}  // namespace

Findings inc_1(const ItemView& item, const Judging& judging) {
  if (item.attestations.empty()) {
    return {answer(v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED, v1::REASON_INCLUSION_PROOF_MISSING)};
  }
  Findings findings = from_attestations_all(v1::CHECK_INC_1, item);
  if (any_of_tier(item, v1::TIER_CHAIN_PROOF)) return findings;
  // Of time, said only where it was read and holds; of everything else its own finding speaks.
  std::optional<v1::ReasonCode> only;
  if (any_of_tier(item, v1::TIER_OPERATOR_ATTESTATION)) {
    only = v1::REASON_OPERATOR_ATTESTATION_ONLY;
  } else if (proved_existence(item, judging)) {
    only = v1::REASON_TIME_PROOF_ONLY;
  }
  if (only) {
    findings.insert(findings.begin(), answer(v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED, *only));
  }
  return findings;
}

Findings inc_2(const ItemView& item, const Judging&) {
  Findings findings = from_attestations(v1::CHECK_INC_2, item);
  for (std::size_t i = 0; i < item.attestations.size(); ++i) {
    if (item.attestations[i].tier() == v1::TIER_CHAIN_PROOF) {
      findings.push_back(against_memory(item, i));
    }
  }
  if (findings.empty()) findings.push_back(answer(v1::CHECK_INC_2, v1::OUTCOME_NOT_APPLICABLE));
  return findings;
}

}  // namespace heyan::checks
