// The fold from findings to a verdict: per attestation first, then the rules of the report in their
// order.
//
// Nothing here looks at evidence: the same findings give the same verdict, so the signer folds
// again and compares.
#pragma once

#include <span>

#include "heyan/v1/attestation.pb.h"
#include "heyan/v1/finding.pb.h"
#include "heyan/v1/report.pb.h"

namespace heyan {

// Established: REC-1, MATCH-1, MATCH-2, INC-1, QUO-1 pass, and no decisive check fails, among the
// findings whose subject is this attestation. NOT_APPLICABLE is not a pass, except for the checks
// that need circumstances which are absent offline (REC-2, INC-2, COC-1, RPT-1).
bool is_established(std::span<const v1::Finding> findings, std::uint32_t attestation,
                    v1::Tier tier);

// `findings`: every answer of the item, those about one attestation naming its index. Empty
// findings never give a positive verdict.
v1::Verdict decide(std::span<const v1::Finding> findings, std::span<const v1::Tier> attestations);

// Any NOT_COMPLETED: INCOMPLETE; else any that is not (CONSISTENT or CONSISTENT_WITH_NOTES):
// ATTENTION_REQUIRED.
v1::SubmissionVerdict decide_submission(std::span<const v1::Verdict> verdicts);

}  // namespace heyan
