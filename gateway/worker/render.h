// The render child: from a signed report, or a signed receipt, to what people read. One of them.
//
// What is shown is judged again from the record and must give, byte for byte, the payload that was
// signed: no other words stand under a number. Personal fields are shown to the reader whose copy
// it is, and to nobody else. A PDF is sealed by the signer, which this child asks itself: the front
// has no end of that channel, and so no way to have other pages sealed. Inside the sandbox; one
// thread.
#pragma once

#include "gateway/ipc/channel.h"
#include "gateway/ipc/frame_limits.h"
#include "gateway/pdf/fonts.h"
#include "gateway/worker/court_box.h"

namespace heyan::worker {

using ipc::kRenderFrameBytes;

struct RenderBench {
  const pdf::Fonts& fonts;
  const CourtBench& courts;  // whose answers may be asked for
};

bool run_render(const RenderBench& bench, ipc::Channel channel, ipc::Channel signer);

}  // namespace heyan::worker
