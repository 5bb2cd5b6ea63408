// What was being received when a backup was made, in what is being restored. For restore.cc.
#pragma once

#include <cstdint>
#include <filesystem>

#include "gateway/backup/manifest.h"

namespace heyan::backup {

// In the front's tables: forgets what is not whole here, so that its client begins anew, and
// returns how many submissions those were. What the backup has all files of stays, and so does what
// the signer's tables have an intake of: that is logged when all files were put by, wherever they
// lie, and the gateway must come to a report. kIo, kInternal.
core::Result<std::uint64_t> forget_uploads(const std::filesystem::path& front,
                                           const std::filesystem::path& log,
                                           const Manifest& manifest);

}  // namespace heyan::backup
