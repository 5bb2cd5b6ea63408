#include "verifier/report/time_stamp.h"

namespace heyan::report {
namespace {

constexpr std::size_t kMostBytes = 256u << 10;

// Of a token over the right bytes.
StampOutcome outcome_of(crypto::SignerFault fault) {
  switch (fault) {
    case crypto::SignerFault::kNone:
      return StampOutcome::kRead;
    case crypto::SignerFault::kUnsupported:
    case crypto::SignerFault::kNoCertificate:
    case crypto::SignerFault::kWeakDigest:
    case crypto::SignerFault::kUndecided:
      return StampOutcome::kUnread;
    default:
      return StampOutcome::kFault;
  }
}

}  // namespace

TimeStamp read_time_stamp(const std::optional<core::Bytes>& token, core::Bytes sha256,
                          crypto::SignatureChecker& checker, const core::Limits& limits) {
  TimeStamp stamp;
  if (!token) return stamp;
  stamp.outcome = StampOutcome::kFault;
  if (token->size() > kMostBytes) return stamp;
  auto read = crypto::read_timestamp(*token, checker, limits, {.candidates = {}, .gm = true});
  const bool by_other_means = read ? read->info && read->info->hash != crypto::Hash::kSha256
                                   : read.error().code == core::ErrorCode::kUnsupported;
  if (by_other_means) stamp.outcome = StampOutcome::kUnread;
  if (by_other_means || !read || !read->info || read->info->imprint != sha256) return stamp;
  stamp.outcome = outcome_of(read->signer.fault);
  if (stamp.outcome != StampOutcome::kRead) return stamp;
  stamp.token = *std::move(read);
  stamp.stamped_sha256 = std::move(sha256);
  return stamp;
}

}  // namespace heyan::report
