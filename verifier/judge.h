// CaseRecord + circumstances + trust + policy + time -> Report.
#pragma once

#include "heyan/v1/report.pb.h"
#include "verifier/core/error.h"
#include "verifier/judging.h"

namespace heyan {

// Judges every item. `judging.checker` is used up: one checker per call. An Error means that we could not work.
core::Result<v1::Report> judge(const Judging& judging);

}  // namespace heyan
