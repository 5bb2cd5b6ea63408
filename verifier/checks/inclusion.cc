// INC-1 and INC-2: does the record stand in its ledger, and is that the ledger seen before?
#include <algorithm>
#include <optional>

#include "verifier/checks/families.h"
#include "verifier/checks/time_evidence.h"

namespace heyan::checks {
namespace {

constexpr std::size_t kDateLetters = 10;  // of RFC 3339

bool any_of_tier(const ItemView& item, v1::Tier tier) {
  return std::ranges::any_of(item.attestations, [&](const v1::Attestation& attestation) {
    return attestation.tier() == tier;
  });
}

v1::Finding with_height(v1::Finding finding, std::uint64_t height) {
  set_param(finding, "height", std::to_string(height));
  return finding;
}

// Which blocks stand is settled, and not by us.
v1::Finding by_ruling(v1::Outcome outcome, v1::ReasonCode code, const trust::Ruling& ruling) {
  v1::Finding finding = with_height(answer(v1::CHECK_INC_2, outcome, code), ruling.height);
  set_param(finding, "ruling", ruling.document);
  return finding;
}

// A day, and not the hour: it is of the gateway, and of no case.
v1::Finding nothing_known(const LedgerMemory& memory, const LedgerBlock& block) {
  v1::Finding finding = answer(v1::CHECK_INC_2, v1::OUTCOME_NOT_APPLICABLE);
  if (const auto since = memory.unharmed_since(block.place.ledger)) {
    set_param(finding, "watched_since",
              core::format_rfc3339(core::from_unix_ms(*since)).substr(0, kDateLetters));
  }
  return finding;
}

v1::Finding against_memory(const v1::Attestation& attestation, const LedgerMemory& memory) {
  const auto block = ledger_block(attestation);
  if (!block) return answer(v1::CHECK_INC_2, v1::OUTCOME_NOT_APPLICABLE);
  const trust::Ruling* over = memory.ruling_over(block->place);
  if (over != nullptr && !over->lets_stand(block->hash))
    return by_ruling(v1::OUTCOME_FAIL, v1::REASON_BLOCK_NOT_RULED_FOR, *over);
  if (const auto height = memory.conflict_below(block->place)) {
    return with_height(answer(v1::CHECK_INC_2, v1::OUTCOME_FAIL, v1::REASON_CHAIN_FORK_DETECTED),
                       *height);
  }
  if (over != nullptr)
    return by_ruling(v1::OUTCOME_NOT_APPLICABLE, v1::REASON_CHAIN_FORK_RULED, *over);
  const auto kept = memory.kept(*block);
  if (kept == LedgerMemory::Kept::kOther) {
    // A quorum signed it, and its record is not shown to stand in it: a matter of this item alone.
    const bool quorum = attestation.quorum().reached();
    return with_height(
        answer(v1::CHECK_INC_2, quorum ? v1::OUTCOME_FAIL : v1::OUTCOME_NOT_APPLICABLE,
               quorum ? v1::REASON_CHAIN_FORK_DETECTED : v1::REASON_BLOCK_DIFFERS_BELOW_QUORUM),
        block->place.height);
  }
  if (const trust::Ruling* before = memory.ruling_before(block->place))
    return by_ruling(v1::OUTCOME_NOT_APPLICABLE, v1::REASON_CHAIN_FORK_RULED, *before);
  if (kept == LedgerMemory::Kept::kSame) return answer(v1::CHECK_INC_2, v1::OUTCOME_PASS);
  return nothing_known(memory, *block);
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
      findings.push_back(about(against_memory(item.attestations[i], item.whole.memory), item, i));
    }
  }
  if (findings.empty()) findings.push_back(answer(v1::CHECK_INC_2, v1::OUTCOME_NOT_APPLICABLE));
  return findings;
}

}  // namespace heyan::checks
