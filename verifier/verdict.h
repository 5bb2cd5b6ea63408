// The fold from findings to a verdict: per attestation first, then the rules of the report in their
// order.
//
// Nothing here looks at evidence: the same findings give the same verdict, so the signer folds
// again and compares. Pure, any thread.
#pragma once

#include <span>

#include "heyan/v1/attestation.pb.h"
#include "heyan/v1/finding.pb.h"
#include "heyan/v1/report.pb.h"

namespace heyan {

// Established: in this one attestation of a chain, REC-1, MATCH-1, MATCH-2, INC-1 and QUO-1 are
// each answered with a PASS, or with UNDETERMINED and a reason that the catalogue calls a note
// (COMMIT_NOT_PROVEN); and no finding about it fails a decisive check or forces a verdict.
// NOT_APPLICABLE is not a pass, except for the checks that need circumstances which are absent
// offline (REC-2, INC-2, COC-1, RPT-1).
bool is_established(std::span<const v1::Finding> findings, std::uint32_t attestation,
                    v1::Tier tier);

// `findings`: every answer of the item, those about one attestation naming its index;
// `attestations`: the tier of each. First rule that applies:
//   1 the gateway's own side failed (files, measuring, custody, self-test, trust list)
//                                                               NOT_COMPLETED
//   2 a ledger that had to be asked was not reached             NOT_COMPLETED
//   3 a fingerprint differs, or an inclusion proof leads elsewhere, in any proof offered
//                                                               INCONSISTENT
//     a kept checkpoint is contradicted                         INCONCLUSIVE
//   4 no record: fresh view NOT_FOUND, stale view               INCONCLUSIVE
//   5 a decisive check was not executed                         NOT_COMPLETED
//   6 no attestation is established                             INCONCLUSIVE
//   7 anything to be noted                                      CONSISTENT_WITH_NOTES
//   8                                                           CONSISTENT
// A fingerprint that differs in a record which nothing ties to a ledger (INC-1 undetermined) says
// nothing about the evidence. A decisive check without any finding was not executed.
v1::Verdict decide(std::span<const v1::Finding> findings, std::span<const v1::Tier> attestations);

// Any NOT_COMPLETED: INCOMPLETE; else any that is not (CONSISTENT or CONSISTENT_WITH_NOTES):
// ATTENTION_REQUIRED. No verdict at all: INCOMPLETE.
v1::SubmissionVerdict decide_submission(std::span<const v1::Verdict> verdicts);

}  // namespace heyan
