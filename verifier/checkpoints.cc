#include "verifier/checkpoints.h"

#include <set>
#include <tuple>
#include <utility>

namespace heyan {
namespace {

bool has_place(const v1::Attestation& attestation) {
  return attestation.tier() == v1::TIER_CHAIN_PROOF && attestation.position().has_block() &&
         !attestation.position().block_hash().empty();
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

}  // namespace

std::vector<LedgerBlock> blocks_in(const v1::Report& report) {
  std::set<LedgerBlock> blocks;
  for (const v1::ItemReport& item : report.evidence()) {
    for (const v1::Attestation& attestation : item.attestations()) {
      const v1::Position& position = attestation.position();
      if (has_place(attestation))
        blocks.insert({attestation.ledger(), position.block(), position.block_hash()});
    }
  }
  return {blocks.begin(), blocks.end()};
}

std::vector<v1::KeptCheckpoint> checkpoints_in(const v1::Report& report) {
  std::set<std::tuple<std::string, std::uint64_t, std::string>> seen;
  for (const v1::ItemReport& item : report.evidence()) {
    for (int i = 0; i < item.attestations_size(); ++i) {
      const v1::Attestation& attestation = item.attestations(i);
      if (!has_place(attestation) || !attestation.quorum().reached() || !is_included(item, i))
        continue;
      const v1::Position& position = attestation.position();
      seen.emplace(attestation.ledger(), position.block(), position.block_hash());
    }
  }
  std::vector<v1::KeptCheckpoint> checkpoints;
  for (const auto& [ledger, height, hash] : seen) {
    v1::KeptCheckpoint& one = checkpoints.emplace_back();
    one.set_ledger(ledger);
    one.set_height(height);
    one.set_hash(hash);
  }
  return checkpoints;
}

}  // namespace heyan
