// The box: opens what the submitter packed. Its output is as little believed as an upload.
//
// Threat: everything that it reads is an attacker's. What it says can be refused, and reaches the
// judge only as bytes that the judge measures and reads again (security decision 1). Inside the
// sandbox; one job.
#pragma once

#include "gateway/intake/trust_files.h"
#include "gateway/ipc/channel.h"
#include "gateway/ipc/frame_limits.h"
#include "gateway/keys/report_issuer.h"
#include "gateway/worker/court_box.h"

namespace heyan::worker {

using ipc::kBoxFrameBytes;
inline constexpr std::size_t kBoxChunkBytes = 1u << 20;

struct BoxBench {
  const keys::ReportIssuer& issuer;  // whose reports are this installation's
  const CourtBench& courts;          // the adapters that may be asked for
  const intake::LoadedTrust& trust;  // in force
};

bool run_box(const BoxBench& bench, ipc::Channel channel);

// The command line's own: evidence that differs, and messages of courts' systems.
bool run_local_box(const CourtBench& courts, ipc::Channel channel);

// What the front is told in place of a box that died of its job (Parent.tell_lost): what is said of
// a file that was to be looked into, and an answer to nothing else.
void tell_box_lost(ipc::Channel front);

}  // namespace heyan::worker
