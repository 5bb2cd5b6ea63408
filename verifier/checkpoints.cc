#include "verifier/checkpoints.h"

#include <set>
#include <tuple>

#include "verifier/checks/findings.h"

namespace heyan {
namespace {

bool has_place(const v1::Attestation& attestation) {
  return attestation.tier() == v1::TIER_CHAIN_PROOF && attestation.position().has_block() &&
         !attestation.position().block_hash().empty();
}

bool is_checkpoint(const v1::Attestation& attestation) {
  return has_place(attestation) && attestation.quorum().reached() &&
         checks::is_included(attestation);
}

}  // namespace

std::vector<LedgerPlace> places_in(const v1::Report& report) {
  std::set<LedgerPlace> places;
  for (const v1::ItemReport& item : report.evidence()) {
    for (const v1::Attestation& attestation : item.attestations()) {
      if (has_place(attestation))
        places.insert({attestation.ledger(), attestation.position().block()});
    }
  }
  return {places.begin(), places.end()};
}

std::vector<v1::KeptCheckpoint> checkpoints_in(const v1::Report& report) {
  std::set<std::tuple<std::string, std::uint64_t, std::string>> seen;
  for (const v1::ItemReport& item : report.evidence()) {
    for (const v1::Attestation& attestation : item.attestations()) {
      if (!is_checkpoint(attestation)) continue;
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
