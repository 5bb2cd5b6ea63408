// Where an attestation stands on its ledger, so that it can be held against what the ledger showed
// elsewhere: the block of a chain, or the head of a log. Pure, any thread.
#pragma once

#include <compare>
#include <optional>
#include <string>

#include "heyan/v1/attestation.pb.h"

namespace heyan::checks {

// A height of a chain; of a log the size of a tree. Of one size larger trees tell nothing without a
// consistency proof, so that only what stands at one place is compared.
struct LedgerPlace {
  std::string ledger;
  std::string origin;  // of a log: whose tree; a ledger of the trust list may have several
  std::uint64_t height = 0;
  auto operator<=>(const LedgerPlace&) const = default;
};

struct LedgerBlock {
  LedgerPlace place;
  std::string hash;  // of a log: the root; empty: not known
  auto operator<=>(const LedgerBlock&) const = default;
};

// Nothing for what is no proof of a chain or a log, or names no place.
std::optional<LedgerBlock> ledger_block(const v1::Attestation& attestation);

}  // namespace heyan::checks
