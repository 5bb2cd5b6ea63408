// What the verdicts, checks and signatures of a payload are in the words of ETSI TS 119 102-2
// V1.4.1, 4.3.4 and EN 319 102-1. Internal to gateway/xml. Pure, any thread.
//
// Never more than the payload: TOTAL-FAILED only where a hash does not match what was signed
// (HASH_FAILURE); every other verdict that is not positive is INDETERMINATE. Our own codes follow
// as urn:heyan:subindication:CODE.
#pragma once

#include <string>
#include <vector>

#include "gateway/xml/payload.h"

namespace heyan::xml {

struct Indication {
  std::string main;
  std::vector<std::string> sub;
};

// Adds MainIndication and SubIndication to a ValidationStatus.
void add_indication(const Element& status, const Indication& indication);

// Of an element of `evidence`, as the validation report of a signature says it: total-passed,
// total-failed or indeterminate. Indeterminate where the verdict is of no known name.
Indication indication_of_item(const Value& item);
// That nothing was checked.
Indication indication_of_nothing();

// Of a check; empty `main`: it was not applied. `codes` are those of its answers.
Indication indication_of_check(std::string_view outcome, const std::vector<std::string>& codes);

// Of an institution's signature, as the report of a validation object says it: passed, failed (the
// mathematics) or indeterminate.
Indication indication_of_signature(const Value& signature);

}  // namespace heyan::xml
