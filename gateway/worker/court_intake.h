// What the front says of the court's message that a submission came as, as a circumstance of
// judging.
//
// Threat: the front may be taken over. What it says here is bounded, shown as notes of an adapter,
// and part of no finding. Pure.
#pragma once

#include "heyan/v1/gateway.pb.h"

namespace heyan::worker {

// Sets `circumstances.intake` where it came as a message: remarks of items of `submission` or of
// the message itself, sorted, each once. What no adapter could have said is left out: it decides
// nothing, and must not keep a case from being judged.
void take_remarks(const v1::Session& session, const v1::Submission& submission,
                  v1::Circumstances& circumstances);

}  // namespace heyan::worker
