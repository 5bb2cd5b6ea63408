// What ledgers showed before, as the front kept it. For judge.cc.
//
// Threat: a front that was taken over can say what it likes of the past. What it says is in the
// report's circumstances, and can only keep a case from being found consistent (INC-2); a judge
// that was taken over makes the front keep what no quorum signed, which does the same to later
// cases. Source: security decision 22.
#pragma once

#include <vector>

#include "gateway/ipc/channel.h"
#include "heyan/v1/circumstances.pb.h"
#include "verifier/checkpoints.h"

namespace heyan::worker {

// Asks the front, and puts what it kept of these places into the circumstances, sorted; asks
// nothing where there are none. kMalformed: the answer is not about them; errors of a channel.
core::Result<void> recall(ipc::Channel& front, const std::vector<LedgerPlace>& places,
                          v1::Circumstances& circumstances);

}  // namespace heyan::worker
