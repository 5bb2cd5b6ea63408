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

// `file` stays the caller's. A box that died of it, answered otherwise or not in its time is asked
// once more, then `terminated` is set: the file may be why. Of one that ended without a word the
// file is not why (worker/parent.h): that is tried again, too, and not counted. Nothing: no box
// could be asked, or all that were ended so.
std::optional<v1::ContentFacts> look_into(Doors& boxes, int file, const v1::LookInto& request);

}  // namespace heyan::ipc
