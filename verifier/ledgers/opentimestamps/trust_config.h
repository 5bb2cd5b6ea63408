// [ledger.opentimestamps] of a trust list: the block headers and periods that the court keeps
// (docs/opentimestamps.md).
#pragma once

#include <memory>

#include "verifier/ledgers/opentimestamps/table.h"
#include "verifier/trust/trust_list.h"

namespace heyan::ledgers::opentimestamps {

struct BitcoinConfig : trust::LedgerConfig {
  HeaderTable headers;  // each of them checked
  Periods periods;
};

// Reads the table and its two files. Defects go to it; null after one.
std::shared_ptr<const BitcoinConfig> read_config(trust::Table& table,
                                                 const trust::LedgerEntry& entry);

}  // namespace heyan::ledgers::opentimestamps
