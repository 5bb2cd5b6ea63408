#include "verifier/trust/key_validity.h"

#include <algorithm>

namespace heyan::trust {

ValidityPeriod period_of(const InstitutionKey& key) {
  return {.from = key.valid_from, .until = key.valid_until, .revoked_at = key.revoked_at};
}

KeyValidity key_validity(const ValidityPeriod& period, const SigningTime& signing,
                         core::UtcTime as_of, const Policy& policy) {
  const core::UtcTime not_after = std::min(signing.not_after.value_or(as_of), as_of);
  const auto made_from = [&](core::UtcTime instant) {
    return signing.not_before && *signing.not_before >= instant;
  };
  // An interval that ends before it begins is no evidence of anything.
  if (signing.not_before && *signing.not_before > not_after) {
    return {v1::OUTCOME_UNDETERMINED, v1::REASON_TIME_ORDER_CONFLICT, false};
  }
  if (period.from && not_after < *period.from) {
    return {v1::OUTCOME_FAIL, v1::REASON_NODE_CERT_NOT_YET_VALID, false};
  }
  if (period.revoked_at && not_after >= *period.revoked_at) {
    if (made_from(*period.revoked_at)) {
      return {v1::OUTCOME_FAIL, v1::REASON_NODE_CERT_REVOKED_BEFORE, false};
    }
    return {v1::OUTCOME_UNDETERMINED, v1::REASON_NODE_CERT_REVOKED_NO_POE, false};
  }
  if (!period.until || as_of <= *period.until) return {v1::OUTCOME_PASS, v1::REASON_NONE, true};
  if (not_after <= *period.until) {
    return {v1::OUTCOME_PASS, v1::REASON_NODE_CERT_EXPIRED_SINCE, true};
  }
  if (made_from(*period.until + std::chrono::milliseconds(1))) {
    return {v1::OUTCOME_FAIL, v1::REASON_NODE_CERT_EXPIRED_AT_SIGNING, false};
  }
  return {v1::OUTCOME_UNDETERMINED, v1::REASON_NODE_CERT_EXPIRED_NO_POE, !policy.strict_expiry};
}

}  // namespace heyan::trust
