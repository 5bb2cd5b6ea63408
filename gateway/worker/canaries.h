// What this judge makes of the canaries (gateway/canary): files measured, proofs verified and items
// judged as those of any case are, from bytes and under a list that came with the program.
//
// Errors mean that we could not work; nobody learns anything from that but that no answer came. In
// the sandbox; one thread but for hashing.
#pragma once

#include <string>

#include "heyan/v1/gateway.pb.h"
#include "verifier/core/error.h"

namespace heyan::worker {

core::Result<v1::CanaryRound> judge_canaries(const std::string& software_version);

}  // namespace heyan::worker
