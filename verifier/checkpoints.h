// What the ledgers of a report showed, for whoever keeps it and holds later cases against it
// (v1::Circumstances.checkpoints; check INC-2). Source: security decision 22. Pure, any thread.
#pragma once

#include <vector>

#include "heyan/v1/circumstances.pb.h"
#include "heyan/v1/report.pb.h"

namespace heyan {

// A block of a ledger's chain that some attestation of the report stands in, whoever signed it.
struct LedgerBlock {
  std::string ledger;
  std::uint64_t height = 0;
  std::string hash;
  auto operator<=>(const LedgerBlock&) const = default;
};

// Each once, sorted.
std::vector<LedgerBlock> blocks_in(const v1::Report& report);

// Blocks that hold their record and that a quorum signed; a block below it is nobody's view, or one
// signer could stop a whole ledger. Each once, sorted by ledger, height and hash; without a time.
std::vector<v1::KeptCheckpoint> checkpoints_in(const v1::Report& report);

}  // namespace heyan
