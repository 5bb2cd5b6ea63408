#include "verifier/checkpoints.h"

#include <optional>
#include <set>
#include <utility>

namespace heyan {
namespace {

std::optional<LedgerBlock> known_block(const v1::Attestation& attestation) {
  auto block = checks::ledger_block(attestation);
  if (block && block->hash.empty()) return std::nullopt;
  return block;
}

// The item's findings have what each attestation found.
bool is_included(const v1::ItemReport& item, int index) {
  bool passed = false;
  for (const v1::Finding& finding : item.findings()) {
    if (finding.check() != v1::CHECK_INC_1 || !finding.subject().has_attestation() ||
        std::cmp_not_equal(finding.subject().attestation(), index))
      continue;
    if (finding.outcome() != v1::OUTCOME_PASS) return false;
    passed = true;
  }
  return passed;
}

std::vector<v1::KeptCheckpoint> told(const std::set<LedgerBlock>& blocks) {
  std::vector<v1::KeptCheckpoint> all;
  for (const LedgerBlock& block : blocks) {
    v1::KeptCheckpoint& one = all.emplace_back();
    one.set_ledger(block.place.ledger);
    one.set_origin(block.place.origin);
    one.set_height(block.place.height);
    one.set_hash(block.hash);
  }
  return all;
}

}  // namespace

std::vector<LedgerBlock> blocks_in(const v1::Report& report) {
  std::set<LedgerBlock> blocks;
  for (const v1::ItemReport& item : report.evidence()) {
    for (const v1::Attestation& attestation : item.attestations()) {
      if (auto block = known_block(attestation)) blocks.insert(*std::move(block));
    }
  }
  return {blocks.begin(), blocks.end()};
}

Checkpoints checkpoints_in(const v1::Report& report) {
  std::set<LedgerBlock> kept;
  std::set<LedgerBlock> observed;
  for (const v1::ItemReport& item : report.evidence()) {
    for (int i = 0; i < item.attestations_size(); ++i) {
      const v1::Attestation& attestation = item.attestations(i);
      auto block = known_block(attestation);
      if (!block) continue;
      if (attestation.quorum().reached() && is_included(item, i)) {
        kept.insert(*std::move(block));
      } else if (attestation.quorum().valid() > 0) {
        observed.insert(*std::move(block));
      }
    }
  }
  std::erase_if(observed, [&kept](const LedgerBlock& block) { return kept.contains(block); });
  return {.kept = told(kept), .observed = told(observed)};
}

}  // namespace heyan
