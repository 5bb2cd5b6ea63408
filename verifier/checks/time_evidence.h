// What independent time evidence shows of the file itself. Inside verifier/checks.
#pragma once

#include <optional>

#include "verifier/checks/check.h"

namespace heyan::checks {

// Has the algorithm's end date not come yet at the time of judgement?
bool is_acceptable(v1::DigestAlgorithm algorithm, const Judging& judging);

// Does this attestation show a latest time of the file's bytes, by somebody else's clock?
bool proves_time(const v1::Attestation& attestation, const ItemView& item, const Judging& judging);

// The earliest instant by which the file existed, as someone else's clock shows: an attestation
// with an independent time whose proof holds, over a digest of these bytes that is acceptable by
// itself. What a ledger declares of its own time never counts (security decisions 7 and 9).
std::optional<core::UtcTime> proved_existence(const ItemView& item, const Judging& judging);

// Does that lie before the end date of the algorithm, when no collision was feasible?
bool existed_before_sunset(v1::DigestAlgorithm algorithm, const ItemView& item,
                           const Judging& judging);

}  // namespace heyan::checks
