// Files of a backup, read to their end: how long they are, and their SHA-256 and SM3.
//
// By one library: nothing is judged by them. Any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "gateway/os/folder.h"
#include "verifier/core/bytes.h"

namespace heyan::backup {

struct Digests {
  std::uint64_t size = 0;
  core::Bytes sha256;
  core::Bytes sm3;
  bool operator==(const Digests&) const = default;
};

using Advance = std::function<void(std::uint64_t bytes)>;  // may be empty

// kIo; kChanged: it changed while it was read, and again the second time.
core::Result<Digests> digests_of(const os::OpenFile& file, const Advance& advance);
core::Result<Digests> digests_of(const std::filesystem::path& file, const Advance& advance);

// The same, and what was read is a new file of that mode now. It is not yet on the disk for good:
// sync_all. kDuplicate, kIo.
core::Result<Digests> copy(const os::OpenFile& file, const std::filesystem::path& to, unsigned mode,
                           const Advance& advance);

// Everything that was written to the file system of this folder is on the disk. kIo.
core::Result<void> sync_all(const std::filesystem::path& folder);

}  // namespace heyan::backup
