// A stored report as people read it, rendered in a child of its own. Any thread.
#pragma once

#include <string>

#include "gateway/ipc/doors.h"
#include "gateway/service/stamp_desk.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::service {

struct Renderers {
  ipc::Doors& doors;
  // Where their seals are stamped; null: there is no authority. A seal whose stamp does not come in
  // time goes without.
  StampDesk* stamps = nullptr;
};

// kUnknown: the report has no such reader; kUnsupported: it cannot be rendered so; kIo: the process
// ended before its time.
core::Result<std::string> render(const Renderers& renderers, v1::RenderJob job);

// The same of format "court": the answer to a message, which `message` is open to read.
core::Result<v1::CourtAnswer> render_court(const Renderers& renderers, v1::RenderJob job,
                                           int message);

// The Content-Security-Policy of a rendered page: its own style sheet, and nothing else, may act.
std::string page_policy(std::string_view page);

}  // namespace heyan::service
