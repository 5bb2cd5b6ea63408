// Transactions of each generation. Inside this folder only.
#pragma once

#include "verifier/ledgers/fisco_bcos/transaction.h"

namespace heyan::ledgers::fisco_bcos {

Result<Transaction> parse_transaction_2(const Fields& json, const Form& form);
Result<Transaction> parse_transaction_3(const Fields& json, const Form& form);

}  // namespace heyan::ledgers::fisco_bcos
