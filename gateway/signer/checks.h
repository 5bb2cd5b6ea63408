// What a report must be before it is signed, apart from its number and time.
#pragma once

#include "heyan/v1/report.pb.h"
#include "verifier/core/error.h"
#include "verifier/trust/bundle.h"

namespace heyan::signer {

// Folds again: every verdict must be what its findings give, and the submission's what its items
// give. kMalformed with what does not fit.
core::Result<void> check_folds(const v1::Report& report);

// The same, and trust list and policy must be those of the bundle; after its next update there is
// no positive verdict. kMalformed with what does not fit.
core::Result<void> check_value(const v1::Report& report, const trust::TrustBundle& bundle,
                               core::UtcTime now);

}  // namespace heyan::signer
