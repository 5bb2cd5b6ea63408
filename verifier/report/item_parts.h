// The parts of an item's section, one function each. Internal to verifier/report.
#pragma once

#include "verifier/report/draft.h"

namespace heyan::report {

// The summary answer to a check; NOT_PERFORMED where the report has none.
v1::Outcome outcome_of(const v1::ItemReport& item, v1::CheckId check);
// The item as the submission has it; null where it is not to be shown. `number`: its place, from 1.
const v1::Item* declared_item(const Draft& draft, const v1::ItemReport& item, int number);

void add_file_facts(Blocks& blocks, const Draft& draft, const v1::ItemReport& item);
void add_reasons(Blocks& blocks, const Draft& draft, const v1::ItemReport& item);
// Places from 1: of the item, and of the attestation among those of the item.
struct Place {
  int item = 1;
  int attestation = 1;
};
void add_attestation(Blocks& blocks, const Draft& draft, const v1::ItemReport& item,
                     const v1::Attestation& attestation, const Place& place);
// Where a personal field of it would stand in the payload: `name` is "/record/who".
std::string personal_place(const Place& place, std::string_view name);
void add_four_w(Blocks& blocks, const Draft& draft, const v1::ItemReport& item, int number);
// What was shown and what was not, from the checks that ran: never more.
void add_limits(Blocks& blocks, const Draft& draft, const v1::ItemReport& item);

}  // namespace heyan::report
