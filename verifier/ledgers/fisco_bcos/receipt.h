// A transaction receipt: what its hash is computed from, and what it says of the execution.
//
// The hash of a receipt names no transaction: both are bound by standing at the same position of
// their trees. Sources: FISCO-BCOS 2.9.1 libethcore/TransactionReceipt.cpp; 3.x
// impl/TarsHashable.h. Pure, any thread.
#pragma once

#include <optional>
#include <vector>

#include "verifier/ledgers/fisco_bcos/fields.h"
#include "verifier/ledgers/fisco_bcos/form.h"

namespace heyan::ledgers::fisco_bcos {

struct Receipt {
  std::vector<Bytes> preimages;           // in the forms that the JSON leaves open
  std::optional<Bytes> stated_hash;       // 3.x
  std::optional<Bytes> transaction_hash;  // as stated
  std::optional<std::uint64_t> index;     // as stated; 2.x
  std::optional<std::uint64_t> block;     // 3.x: hashed; 2.x: as stated
  std::uint64_t status = 0;               // 0: success
  // A call creates no contract; where the receipt names one, it is the receipt of a creation, or of
  // a call of this contract.
  Bytes contract;  // empty: none
};

Result<Receipt> parse_receipt(const Fields& json, Generation generation);

}  // namespace heyan::ledgers::fisco_bcos
