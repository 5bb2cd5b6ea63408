// [ledger.sigsum] of a trust list: a Sigsum policy file, whose witnesses those are, and whose
// entries count (docs/sigsum.md).
#pragma once

#include <memory>
#include <vector>

#include "verifier/ledgers/sigsum/proof.h"
#include "verifier/ledgers/tlog/trust_config.h"

namespace heyan::ledgers::sigsum {

struct SubmitKey {
  crypto::PublicKey key;
  KeyHash hash{};
};

struct SigsumConfig : tlog::LogConfig {
  std::vector<KeyHash> logs;       // as policy.logs()
  std::vector<KeyHash> witnesses;  // as policy.witnesses()
  std::vector<SubmitKey> submit_keys;
};

KeyHash key_hash(const crypto::PublicKey& key);

// The keys of a file, one a line: 64 hexadecimal digits, or as OpenSSH writes it ("ssh-ed25519
// BASE64 COMMENT"). kMalformed: another line, or none at all.
core::Result<std::vector<SubmitKey>> read_submit_keys(std::string_view text);

// Null after a defect.
std::shared_ptr<const SigsumConfig> read_config(trust::Table& table,
                                                const trust::LedgerEntry& entry,
                                                const trust::TrustList& list);

}  // namespace heyan::ledgers::sigsum
