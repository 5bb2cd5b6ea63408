#include "gateway/signer/refusal.h"

namespace heyan::signer {

using core::ErrorCode;

v1::Refusal refusal_of(const core::Error& error) {
  v1::Refusal refusal;
  refusal.set_code(std::string(core::name(error.code)));
  refusal.set_final(error.code != ErrorCode::kIo && error.code != ErrorCode::kChanged &&
                    error.code != ErrorCode::kInternal);
  return refusal;
}

}  // namespace heyan::signer
