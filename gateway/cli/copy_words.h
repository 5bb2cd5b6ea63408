// What a copy of a report discloses and withholds, for whoever checks it. Pure, any thread.
#pragma once

#include <string>

#include "schemas/catalogue/catalogue.h"
#include "verifier/report/envelope.h"

namespace heyan::cli {

// Not for kNone, which has no words.
catalogue::Text fault_sentence(report::DisclosureFault fault);

// One line a personal field: its value, or that it is withheld. Empty where there are none.
std::string describe_personal(const report::EnvelopeVerdict& verdict, catalogue::Language language);

}  // namespace heyan::cli
