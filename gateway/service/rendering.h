// A stored report as people read it, rendered in a child of its own. Any thread.
#pragma once

#include <string>

#include "gateway/ipc/doors.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::service {

// kUnknown: the report has no such reader; kUnsupported: it cannot be rendered so; kIo: the process
// ended before its time.
core::Result<std::string> render(ipc::Doors& renderers, const v1::RenderJob& job);

// The same of format "court": the answer to a message, which `message` is open to read.
core::Result<v1::CourtAnswer> render_court(ipc::Doors& renderers, const v1::RenderJob& job,
                                           int message);

// The Content-Security-Policy of a rendered page: its own style sheet, and nothing else, may act.
std::string page_policy(std::string_view page);

}  // namespace heyan::service
