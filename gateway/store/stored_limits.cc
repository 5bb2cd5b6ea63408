#include "gateway/store/stored_limits.h"

namespace heyan::store {
namespace {

constexpr std::uint64_t kSubmissionsOfFullSize = 8;

}  // namespace

core::Result<void> StoredLimits::check(std::uint64_t file, std::uint64_t others) const {
  using core::ErrorCode;
  if (file > file_bytes) return core::fail(ErrorCode::kLimit, kFileTooLarge);
  if (others > submission_bytes || file > submission_bytes - others) {
    return core::fail(ErrorCode::kLimit, kSubmissionTooLarge);
  }
  return {};
}

core::Result<void> StoredLimits::check_proof(std::uint64_t proof, std::uint64_t others) const {
  using core::ErrorCode;
  if (proof > proof_bytes) return core::fail(ErrorCode::kLimit, kProofTooLarge);
  if (others > proofs_bytes || proof > proofs_bytes - others) {
    return core::fail(ErrorCode::kLimit, kProofsTooLarge);
  }
  return {};
}

std::uint64_t StoredLimits::account_bytes() const {
  constexpr std::uint64_t kAny = std::numeric_limits<std::uint64_t>::max();
  return submission_bytes > kAny / kSubmissionsOfFullSize
             ? kAny
             : kSubmissionsOfFullSize * submission_bytes;
}

}  // namespace heyan::store
