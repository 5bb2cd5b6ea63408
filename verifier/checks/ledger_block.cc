#include "verifier/checks/ledger_block.h"

namespace heyan::checks {

std::optional<LedgerBlock> ledger_block(const v1::Attestation& attestation) {
  if (attestation.tier() != v1::TIER_CHAIN_PROOF) return std::nullopt;
  const std::string& ledger = attestation.ledger();
  if (attestation.has_head()) {
    const v1::LogHead& head = attestation.head();
    return LedgerBlock{{ledger, head.origin(), head.size()}, head.root()};
  }
  const v1::Position& position = attestation.position();
  if (!position.has_block()) return std::nullopt;
  return LedgerBlock{{ledger, {}, position.block()}, position.block_hash()};
}

}  // namespace heyan::checks
