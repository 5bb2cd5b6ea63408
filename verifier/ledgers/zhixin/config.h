// [ledger.operator-attestation] of a trust list, and whose keys the list knows.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "heyan/v1/submission.pb.h"
#include "verifier/trust/key_validity.h"
#include "verifier/trust/trust_list.h"

namespace heyan::ledgers::zhixin {

struct OwnedKey {
  std::string institution;
  trust::ValidityPeriod period;
};

struct OperatorConfig : trust::LedgerConfig {
  std::string user_id;                          // of SM2 (GB/T 32918.2 5.5)
  std::vector<v1::DigestAlgorithm> algorithms;  // what a fingerprint of this operator may be
  std::map<core::Bytes, OwnedKey> depositors;   // by the SHA-256 of the key
};

// Reads the table. Defects go to it; null after one.
std::shared_ptr<const OperatorConfig> read_config(trust::Table& table,
                                                  const trust::LedgerEntry& entry,
                                                  const trust::TrustList& list);

}  // namespace heyan::ledgers::zhixin
