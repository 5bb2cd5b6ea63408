// Files for the malware scanner that the configuration names, and for no other.
//
// Threat: the asker, which is the front, may have been taken over: it brings any bytes, as it could
// store any. What comes back is an outcome and a name in our form (clamd.h). One thread.
#pragma once

#include <optional>

#include "gateway/ipc/channel.h"
#include "gateway/ops/scanner.h"

namespace heyan::egress {

// 0: the asker is gone. 1: it said what it must not.
int serve_scans(const std::optional<ops::Scanner>& scanner, ipc::Channel asker);

}  // namespace heyan::egress
