// A transaction: what its hash is computed from, who signed it, and what it calls.
//
// Threat: 3.x hashes fields without lengths between them, so bytes may be moved from one field to
// its neighbour without changing the hash. What the shape of each field rules out is refused here;
// docs/fisco-bcos.md says what remains. Sources: FISCO-BCOS 2.9.1 libethcore/Transaction.cpp and
// libdevcrypto; 3.x impl/TarsHashable.h. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "verifier/ledgers/fisco_bcos/fields.h"
#include "verifier/ledgers/fisco_bcos/form.h"

namespace heyan::ledgers::fisco_bcos {

// Of an account: ECDSA carries a recovery id, SM2 the key itself.
struct AccountSignature {
  Bytes rs;
  unsigned recovery_id = 0;
  Bytes public_key;  // X || Y; empty for ECDSA
};

struct Transaction {
  // What is hashed, in the forms that the JSON leaves open; the one that gives `stated_hash` holds.
  std::vector<Bytes> preimages;
  // What the sender signs, one for each preimage: in 2.x without the signature, in 3.x the same.
  std::vector<Bytes> signed_preimages;
  std::optional<Bytes> stated_hash;  // absent where the transaction came as raw bytes
  std::string chain_id;
  std::string group_id;
  Bytes to;  // empty: creates a contract
  Bytes input;
  std::optional<Bytes> from;
  AccountSignature signature;
  std::optional<std::uint64_t> index;  // in the block, as stated; 2.x
};

// kUnsupported: Web3-type transactions, versions of 3.x after 2, transactions of 2.x without chain
// and group.
Result<Transaction> parse_transaction(const Fields& json, const Form& form);
// The signed bytes of a 2.x transaction (RLP), as a client keeps them.
Result<Transaction> parse_raw_transaction(ByteView raw, const Form& form);

// r || s || v or r || s || X || Y.
Result<AccountSignature> read_account_signature(ByteView bytes, const Form& form);

}  // namespace heyan::ledgers::fisco_bcos
