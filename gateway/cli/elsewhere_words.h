// What a copy of a report discloses of the court's search for the same content in its other
// reports, in the words of the report itself. Pure, any thread.
#pragma once

#include <string>

#include "schemas/catalogue/catalogue.h"
#include "verifier/report/envelope.h"

namespace heyan::cli {

// A heading, then items with the same answer together. Empty where no search ran.
std::string describe_searches(const report::EnvelopeVerdict& verdict, catalogue::Language language);

}  // namespace heyan::cli
