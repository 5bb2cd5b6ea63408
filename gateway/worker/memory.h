// What ledgers showed before, as the front kept it, and what they show in this case. For judge.cc.
//
// Threat: a front that was taken over can say what it likes of the past. What it says is in the
// report's circumstances, and can only keep a case from being found consistent (INC-2); a judge
// that was taken over makes the front keep what no quorum signed, which does the same to later
// cases. Source: security decision 22.
#pragma once

#include "gateway/ipc/channel.h"
#include "heyan/v1/circumstances.pb.h"
#include "heyan/v1/gateway.pb.h"
#include "heyan/v1/report.pb.h"

namespace heyan::worker {

// Where the blocks of the report's attestations stand, each position once.
v1::LedgerRecall positions_in(const v1::Report& report);

// Asks the front, and puts what it kept of these positions into the circumstances, sorted; asks
// nothing where there are none. kMalformed: the answer is not about them; errors of a channel.
core::Result<void> recall(ipc::Channel& front, const v1::LedgerRecall& positions,
                          v1::Circumstances& circumstances);

// The checkpoints that later cases are to be held against: blocks that hold the record, signed by a
// quorum. Each once, sorted, without the time.
google::protobuf::RepeatedPtrField<v1::KeptCheckpoint> checkpoints_in(const v1::Report& report);

}  // namespace heyan::worker
