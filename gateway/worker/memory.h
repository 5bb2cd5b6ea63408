// What ledgers showed before, as the front kept it. For judge.cc.
//
// Threat: a front that was taken over can say what it likes of the past. What it says is in the
// report's circumstances: it can keep a case from being found consistent (INC-2), or leave out what
// was seen and say that nothing was, as one that kept nothing; a judge that was taken over makes
// the front keep what no quorum signed, which keeps later cases from it. Source: security decision
// 22.
#pragma once

#include <vector>

#include "gateway/ipc/channel.h"
#include "heyan/v1/circumstances.pb.h"
#include "verifier/checkpoints.h"
#include "verifier/trust/trust_list.h"

namespace heyan::worker {

// Since when the front has compared what each ledger of the list shows, by the day. It begins with
// the first case under a list that has the ledger, whichever ledgers that is about; so that it
// tells of the gateway, and of no case. kMalformed: it is not about these ledgers; errors of a
// channel.
core::Result<void> watch(ipc::Channel& front, const trust::TrustList& trust,
                         v1::Circumstances& circumstances);

// Asks the front where these blocks stand, and puts what contradicts them, or contradicted itself
// in their ledgers, into the circumstances, sorted; the lowest such height, and the lowest after
// each ruling of the list. Of what agrees nothing: that a block was seen before is of other cases,
// and not for the parties of this one (security decision 30). kMalformed: the answer is not about
// these blocks; errors of a channel.
core::Result<void> recall(ipc::Channel& front, const std::vector<LedgerBlock>& blocks,
                          const trust::TrustList& trust, v1::Circumstances& circumstances);

}  // namespace heyan::worker
