// The render child: from a signed report to what people read. One report.
//
// The report value must be what the signed payload was encoded from, so that no other words are
// shown under a number. Inside the sandbox; one thread.
#pragma once

#include "gateway/ipc/channel.h"

namespace heyan::worker {

inline constexpr std::size_t kRenderFrameBytes = 256u << 20;

bool run_render(ipc::Channel channel);

}  // namespace heyan::worker
