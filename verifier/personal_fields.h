// Takes what says who somebody is out of a judged report, and puts commitments in its place.
#pragma once

#include <vector>

#include "heyan/v1/report.pb.h"
#include "verifier/disclosure.h"
#include "verifier/judging.h"

namespace heyan {

// Personal are: names, identifiers and account ids of submitter and parties; of each item, who it
// is said to come from (`claims.who`), who its ledger records name, and the depositor that an
// operator states; and what a search found of its content in other cases. Free text (titles, what,
// where) is the evidence's own, and stays. Cause and relief sought stand in no report: there is
// nothing to withhold.
//
// Who a record names and the depositor stay in the clear where the submission is declared: at a
// command line, whoever judges holds the whole case, and the salts follow from it
// (docs/formats.md).
//
// Sets `commitments`, in the order of the payload, and gives what each stands for, in that order.
// Pure, any thread.
std::vector<Disclosure> withhold_personal_fields(v1::Report& report, const Judging& judging);

}  // namespace heyan
