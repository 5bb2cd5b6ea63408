// What is wrong with a signed report, in a sentence for whoever was handed it. Pure, any thread.
#pragma once

#include "schemas/catalogue/catalogue.h"
#include "verifier/report/jws.h"

namespace heyan::cli {

// Not for kNone, which has no words.
catalogue::Text fault_sentence(report::JwsFault fault);

// The same; where the document is none at all and people take such files for one, what it is.
catalogue::Text fault_sentence(report::JwsFault fault, core::ByteView document);

}  // namespace heyan::cli
