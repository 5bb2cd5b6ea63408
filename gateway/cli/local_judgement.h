// One judgement at the command line: a record under a trust list and a policy at a time, without a
// server's circumstances.
#pragma once

#include <vector>

#include "gateway/cli/exit_status.h"
#include "gateway/cli/trust_files.h"
#include "heyan/v1/case_record.pb.h"
#include "heyan/v1/report.pb.h"
#include "verifier/core/error.h"
#include "verifier/core/limits.h"
#include "verifier/core/time.h"
#include "verifier/disclosure.h"

namespace heyan::cli {

struct LocalJudgement {
  v1::Report report;
  std::vector<Disclosure> disclosures;  // of its personal fields, all of them
  v1::RecordFile file;                  // everything that it rests on
  bool origin_unknown = false;          // that was read from a record file, not measured here
};

// Circumstances of a command line: no ledger was asked, no custody kept, everything about the
// submission is declared.
v1::Circumstances offline_circumstances();

// Judges. The report number is derived from the inputs where the circumstances have none.
core::Result<LocalJudgement> judge_locally(v1::CaseRecord record, v1::Circumstances circumstances,
                                           const LoadedTrust& trust, const LoadedPolicy& policy,
                                           core::UtcTime as_of, const core::Limits& limits);

// 10 where an item is INCONSISTENT, else 11 where one has no positive verdict, else 0.
ExitStatus status_of(const v1::Report& report);

}  // namespace heyan::cli
