// The lock of an audit trail: who holds it writes there, and nobody else does.
//
// The programs of a gateway hold theirs as long as they run, so a command that must not meet one of
// them takes its lock for as long as it works. The kernel lets go of it with the descriptor,
// however the process ended. Any thread.
#pragma once

#include <filesystem>

#include "gateway/os/descriptor.h"
#include "verifier/core/error.h"

namespace heyan::audit {

// The folder is made where its parent is there. Waits for some seconds, since one that was killed
// is still being cleared away. kDuplicate: another process has it; kIo.
core::Result<os::Descriptor> lock_trail(const std::filesystem::path& folder);

}  // namespace heyan::audit
