// A stored PDF's pages as pictures, drawn in a child of its own. Any thread; blocks.
//
// Threat: the child reads hostile bytes and may be taken over; what it answers is shown as a
// picture of that file, on an origin where nothing runs, and believed no further.
#pragma once

#include "gateway/ipc/doors.h"
#include "heyan/v1/drawing.pb.h"

namespace heyan::service {

// `file`: open to read, at its beginning. A fault where there is no picture: DRAW_FAULT_LIMIT also
// where the child died of the file, or said what it must not. kIo: nobody draws now; a child was
// ended because of another's file, was never begun, or waited too long for its turn. That is no
// fault of the file: try later.
core::Result<v1::DrawGets> draw(ipc::Doors& drawers, int file, const v1::DrawAsk& ask);

}  // namespace heyan::service
