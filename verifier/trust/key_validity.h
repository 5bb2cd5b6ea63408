// Did a key of the trust list stand for its institution when a signature was made?
//
// Threat: whoever holds a revoked or expired key can sign today and write any time into the signed
// bytes. So only evidence that covers the signature itself, from someone else's clock, says when it
// existed (security decisions 5 and 7); the caller passes no other. Electronic Signature Law
// art. 13. Pure, any thread.
#pragma once

#include <optional>

#include "heyan/v1/finding.pb.h"
#include "verifier/core/time.h"
#include "verifier/trust/policy.h"
#include "verifier/trust/trust_list.h"

namespace heyan::trust {

// What a list or a certificate says about a key. Absent ends are unbounded; both ends are part of
// the period.
struct ValidityPeriod {
  std::optional<core::UtcTime> from;
  std::optional<core::UtcTime> until;
  std::optional<core::UtcTime> revoked_at;  // from this instant on
};
ValidityPeriod period_of(const InstitutionKey& key);

// When the signature was made, as far as independent time evidence over bytes containing it shows.
struct SigningTime {
  std::optional<core::UtcTime> not_before;  // it commits to something that did not exist earlier
  std::optional<core::UtcTime> not_after;   // proof of existence
};

struct KeyValidity {
  v1::Outcome outcome = v1::OUTCOME_UNSPECIFIED;  // PASS, FAIL, UNDETERMINED: the answer to KEY-1
  v1::ReasonCode reason = v1::REASON_NONE;
  bool counted = false;  // towards the quorum
};

// At `as_of` the signature lies before us: that, too, proves that it is not later.
//   revoked: existed before -> PASS; made after -> REVOKED_BEFORE; neither shown -> REVOKED_NO_POE;
//     the last two are not counted
//   expired: existed before -> EXPIRED_SINCE; made after -> EXPIRED_AT_SIGNING, not counted;
//     neither shown -> EXPIRED_NO_POE, counted unless Policy::strict_expiry
//   period not begun when it already existed -> NOT_YET_VALID, not counted
KeyValidity key_validity(const ValidityPeriod& period, const SigningTime& signing,
                         core::UtcTime as_of, const Policy& policy);

}  // namespace heyan::trust
