// What the ledgers of a report showed, for whoever keeps it and holds later cases against it
// (v1::Circumstances.checkpoints; check INC-2). Source: security decision 22. Pure, any thread.
#pragma once

#include <vector>

#include "heyan/v1/circumstances.pb.h"
#include "heyan/v1/report.pb.h"
#include "verifier/checks/ledger_block.h"

namespace heyan {

using checks::LedgerBlock;
using checks::LedgerPlace;

// Every block of a chain, or head of a log, that some attestation of the report stands in, whoever
// signed it. Each once, sorted.
std::vector<LedgerBlock> blocks_in(const v1::Report& report);

// `kept`: blocks that hold their record and that a quorum signed. `observed`: those that it did
// not, but some institution; one signer could stop a whole ledger with them, so that they are
// nobody's view. Each once, in order; without a time.
struct Checkpoints {
  std::vector<v1::KeptCheckpoint> kept;
  std::vector<v1::KeptCheckpoint> observed;
};
Checkpoints checkpoints_in(const v1::Report& report);

}  // namespace heyan
