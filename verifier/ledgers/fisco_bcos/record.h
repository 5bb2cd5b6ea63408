// The record in the call that a transaction makes: which arguments it is, and the institution's
// signature beside it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "heyan/v1/attestation.pb.h"
#include "verifier/ledgers/fisco_bcos/transaction.h"
#include "verifier/ledgers/fisco_bcos/trust_config.h"

namespace heyan::ledgers::fisco_bcos {

enum class CallKind : std::uint8_t {
  kRecord,        // the method that holds a record
  kAddSignature,  // a later call that adds an institution's signature
  kOther,         // another contract or method
  kUnreadable,    // one of ours, with arguments that are none of it
};

// v, r and s of evidenceSample: over the Keccak-256 digest of the text that the record's digest is.
struct RecordCall {
  CallKind kind = CallKind::kOther;
  v1::LedgerRecord record;  // of kRecord; its id is empty where no argument holds one
  Bytes signed_text;        // what institutions sign: the digest argument as it stands
  std::optional<AccountSignature> signature;  // where the trust list names signers
  bool signature_malformed = false;           // v is no recovery id
};

RecordCall read_call(const Transaction& transaction, const FiscoConfig& config);

}  // namespace heyan::ledgers::fisco_bcos
