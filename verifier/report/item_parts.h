// The parts of an item's section, one function each. Internal to verifier/report.
#pragma once

#include "verifier/report/draft.h"

namespace heyan::report {

void add_file_facts(Blocks& blocks, const Draft& draft, const v1::ItemReport& item);
void add_reasons(Blocks& blocks, const Draft& draft, const v1::ItemReport& item);
// `number`: its place among the item's attestations, from 1.
void add_attestation(Blocks& blocks, const Draft& draft, const v1::Attestation& attestation,
                     int number);
// What was shown and what was not, from the checks that ran: never more.
void add_limits(Blocks& blocks, const Draft& draft, const v1::ItemReport& item);

}  // namespace heyan::report
