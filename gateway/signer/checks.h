// What a report must be before it is signed, apart from its number and time.
//
// kChanged is what may be this installation's doing and no fault of the case: judge and signer go
// by another list, date, or build. It is tried again, so that a case waits until that is mended. A
// judge that was taken over can delay its own case so, which it can anyway (service/judging.h).
#pragma once

#include "heyan/v1/report.pb.h"
#include "verifier/core/error.h"
#include "verifier/trust/bundle.h"

namespace heyan::signer {

// Folds again: every verdict must be what its findings give, and the submission's what its items
// give. kChanged with what does not fit: judge and signer fold by the same code, unless they are of
// two builds.
core::Result<void> check_folds(const v1::Report& report);

// The same, and trust list and policy must be those of the bundle; after its next update there is
// no positive verdict: kChanged. kMalformed, and so final: the submission is only declared. Every
// build of a judge names the session that it came through; one that does not was taken over by what
// the case holds, and would be again.
core::Result<void> check_value(const v1::Report& report, const trust::TrustBundle& bundle,
                               core::UtcTime now);

}  // namespace heyan::signer
