// What the front found of the job's files in other cases, as a circumstance of judging.
//
// Threat: the front may be taken over. What it says here is bounded, shown to the court as what the
// search said, and part of no finding. Pure.
#pragma once

#include "heyan/v1/case_record.pb.h"
#include "heyan/v1/gateway.pb.h"
#include "verifier/core/error.h"

namespace heyan::worker {

// Sets `circumstances.elsewhere` where the job holds a search. kMalformed: not one answer for each
// file, or longer than a search says.
core::Result<void> take_searches(const v1::JudgeJob& job, const v1::CaseRecord& record,
                                 v1::Circumstances& circumstances);

}  // namespace heyan::worker
