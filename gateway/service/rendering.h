// A stored report as people read it, rendered in a child of its own. Any thread.
#pragma once

#include <string>

#include "gateway/service/doors.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::service {

// kUnsupported: the render process refused, and said why in its logs; kIo: it ended before its
// time.
core::Result<std::string> render(Doors& renderers, const v1::RenderJob& job);

}  // namespace heyan::service
