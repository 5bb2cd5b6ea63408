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

// Asks the front where these blocks stand, and puts what contradicts them, or contradicted itself
// below them, into the circumstances, sorted. Of what agrees nothing: that a block was seen before
// is of other cases, and not for the parties of this one (security decision 30). kMalformed: the
// answer is not about these blocks; errors of a channel.
core::Result<void> recall(ipc::Channel& front, const std::vector<LedgerBlock>& blocks,
                          v1::Circumstances& circumstances);

}  // namespace heyan::worker
