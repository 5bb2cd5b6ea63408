#include "verifier/ledgers/fisco_bcos/transaction.h"

#include "verifier/ledgers/fisco_bcos/transaction_forms.h"

namespace heyan::ledgers::fisco_bcos {

Result<AccountSignature> read_account_signature(ByteView bytes, const Form& form) {
  constexpr std::size_t kRs = 64;
  const std::size_t rest = form.is_sm() ? kNodeIdBytes : 1;
  if (bytes.size() != kRs + rest) return core::fail(core::ErrorCode::kMalformed, "signature");
  AccountSignature signature{
      .rs = core::to_bytes(bytes.first(kRs)), .recovery_id = 0, .public_key = {}};
  if (form.is_sm()) {
    signature.public_key = core::to_bytes(bytes.subspan(kRs));
  } else {
    signature.recovery_id = bytes.back();
  }
  return signature;
}

Result<Transaction> parse_transaction(const Fields& json, const Form& form) {
  return form.generation == Generation::k2 ? parse_transaction_2(json, form)
                                           : parse_transaction_3(json, form);
}

}  // namespace heyan::ledgers::fisco_bcos
