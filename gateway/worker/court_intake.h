// What the front says of the court's message that a submission came as, as a circumstance of
// judging.
//
// Threat: the front may be taken over. What it says here is bounded, shown as notes of an adapter,
// and part of no finding. Pure.
#pragma once

#include "heyan/v1/gateway.pb.h"
#include "verifier/core/error.h"

namespace heyan::worker {

// Sets `circumstances.intake` where it came as a message: remarks of items of `submission` or of
// the message itself, sorted, each once. kMalformed: words that no adapter could have said.
core::Result<void> take_remarks(const v1::Session& session, const v1::Submission& submission,
                                v1::Circumstances& circumstances);

}  // namespace heyan::worker
