// Writing: what a duty is to try again later.
#include "gateway/store/parts.h"

namespace heyan::store {

core::Result<void> Writing::end_waits(Duty duty, std::int64_t now_ms) {
  switch (duty) {
    case Duty::kDeliveries:
      return statements_.run(
          "UPDATE deliveries SET not_before_ms = ?1 WHERE state = 'PENDING' AND not_before_ms > ?1",
          now_ms);
    case Duty::kStamps:
      return statements_.run(
          "UPDATE stamps SET not_before_ms = ?1 WHERE token IS NULL AND not_before_ms > ?1",
          now_ms);
    case Duty::kScans:
      return statements_.run(
          "UPDATE scans SET not_before_ms = ?1 WHERE state = 'PENDING' AND not_before_ms > ?1",
          now_ms);
    case Duty::kDeletions:
    case Duty::kCosigning:
      break;
  }
  return {};
}

core::Result<void> Store::end_waits(Duty duty, std::int64_t now_ms) {
  return parts_->commits->run([&] { return parts_->writing.end_waits(duty, now_ms); });
}

}  // namespace heyan::store
