#include "gateway/signer/refusal.h"

namespace heyan::signer {

using core::ErrorCode;

namespace {

bool is_final(ErrorCode code) {
  return code != ErrorCode::kIo && code != ErrorCode::kChanged && code != ErrorCode::kInternal;
}

}  // namespace

v1::Refusal refusal_of(const core::Error& error) {
  v1::Refusal refusal;
  refusal.set_code(std::string(core::name(error.code)));
  refusal.set_final(is_final(error.code));
  return refusal;
}

core::Error for_now(core::Error error) {
  if (is_final(error.code)) error.code = ErrorCode::kInternal;
  return error;
}

}  // namespace heyan::signer
