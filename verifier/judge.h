// CaseRecord + circumstances + trust + policy + time -> Report.
//
// Pure: the same Judging gives the same report, byte for byte. Not for use from two threads with
// one checker.
#pragma once

#include <string>
#include <vector>

#include "heyan/v1/report.pb.h"
#include "verifier/core/error.h"
#include "verifier/disclosure.h"
#include "verifier/judging.h"

namespace heyan {

namespace checks {
struct ItemView;
}

// Judges every item. `judging.checker` is used up: one checker per call. An Error means that we
// could not work: the record is not one of ours (kMalformed), e.g. names proofs that it lacks.
core::Result<v1::Report> judge(const Judging& judging);

// With what the commitments to personal fields stand for (personal_fields.h): it is no part of what
// is signed.
struct Judged {
  v1::Report report;
  std::vector<Disclosure> disclosures;  // one for each commitment, in their order
};
core::Result<Judged> judge_and_disclose(const Judging& judging);

// One item from its attestations onward: checks, then the fold. `attestations` of the result carry
// their outcome.
v1::ItemReport judge_item(const checks::ItemView& item, const Judging& judging);

// What a gateway draws or allocates and the command line derives from the inputs, so that the same
// case gives the same bytes (docs/formats.md). The report number: "HY-" and 80 bits in base32, in
// groups of four; `circumstances.report_number` does not count.
std::string derive_report_number(const Judging& judging);
// Sets `nonce` and `salt_key` from everything else in the record.
void derive_secrets(v1::CaseRecord& record);

}  // namespace heyan
