// The child that draws: how many pages a party's PDF has, and one of them as a picture.
//
// Threat: the file is anybody's. A child that it took over can answer with any picture of that very
// file and nothing else: no verdict looks at one. Inside the sandbox; one job.
#pragma once

#include "gateway/ipc/channel.h"

namespace heyan::drawing {

bool run_draw(ipc::Channel channel);

// What the front is told in place of a child that died of its file (worker::Parent.tell_lost): as
// of one that says itself that it takes too much.
void tell_draw_lost(ipc::Channel front);

}  // namespace heyan::drawing
