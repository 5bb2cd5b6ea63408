// [ledger.sigstore] of a trust list: the logs of a trusted root, who runs them, and with which keys
// files are signed (docs/sigstore.md).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "verifier/ledgers/sigstore/trusted_root.h"
#include "verifier/trust/trust_list.h"

namespace heyan::ledgers::sigstore {

struct SigstoreConfig : trust::LedgerConfig {
  std::vector<TrustedLog> logs;         // at least one
  std::string operator_id;              // of an institution of the list
  std::vector<crypto::PublicKey> keys;  // ECDSA on P-256; at least one
};

// Null after a defect.
std::shared_ptr<const SigstoreConfig> read_config(trust::Table& table,
                                                  const trust::LedgerEntry& entry,
                                                  const trust::TrustList& list);

}  // namespace heyan::ledgers::sigstore
