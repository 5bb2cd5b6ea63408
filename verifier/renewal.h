// Until when a report can be checked as it stands. Pure, any thread.
#pragma once

#include "heyan/v1/report.pb.h"
#include "verifier/judging.h"

namespace heyan {

// Sets `renew_before`: of what established attestations rely on (certificates and keys of counted
// signatures, by their end; algorithms of the record's fingerprints, by the policy's date), the
// earliest end after the time of judgement. What had ended before is no matter of renewal: that it
// counts at all rests on other evidence, and its own reason says so.
void add_renewal(v1::Report& report, const Judging& judging);

}  // namespace heyan
