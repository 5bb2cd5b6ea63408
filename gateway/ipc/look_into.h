// Asking a box about one file's content: what the front does for a judge, and the command line for
// itself.
//
// Threat: the box reads hostile bytes, and what it answers is as little believed as the file. Any
// thread.
#pragma once

#include <optional>

#include "gateway/ipc/doors.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::ipc {

// `file` stays the caller's. Nothing: no box could be asked. A box that ends before it answers is
// asked once more, then `terminated` is set: the file may be why.
std::optional<v1::ContentFacts> look_into(Doors& boxes, int file, const v1::LookInto& request);

}  // namespace heyan::ipc
