// [ledger.ccf] of a trust list: the identity of a service, whose it is, and what its transactions
// claim (docs/ccf.md).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "verifier/ledgers/tlog/trust_config.h"

namespace heyan::ledgers::ccf {

struct CcfConfig : trust::LedgerConfig {
  std::vector<crypto::Certificate> service;  // its identities, at least one
  std::string operator_id;                   // of an institution of the list
  bool claims_file = false;                  // the claims digest is the SHA-256 of the file itself
  tlog::RecordPlaces places;
};

// Null after a defect.
std::shared_ptr<const CcfConfig> read_config(trust::Table& table, const trust::LedgerEntry& entry,
                                             const trust::TrustList& list);

}  // namespace heyan::ledgers::ccf
