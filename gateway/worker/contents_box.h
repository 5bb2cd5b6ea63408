// The box's look into one evidence file. For box.cc, and for the command line's own box.
//
// Threat: the file is an attacker's; see verifier/contents/look_into.h and
// verifier/uploads/upload.h. Inside the sandbox.
#pragma once

#include "gateway/ipc/channel.h"
#include "gateway/os/folder.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::worker {

// Nothing: the file could not be read.
std::optional<v1::BoxAnswer> look_into(os::OpenFile file, const v1::LookInto& request);

}  // namespace heyan::worker
