// The render child: from a signed report to what people read. One report.
//
// What is shown is judged again from the record and must give, byte for byte, the payload that was
// signed: no other words stand under a number. Inside the sandbox; one thread.
#pragma once

#include "gateway/ipc/channel.h"
#include "gateway/ipc/frame_limits.h"

namespace heyan::worker {

using ipc::kRenderFrameBytes;

bool run_render(ipc::Channel channel);

}  // namespace heyan::worker
