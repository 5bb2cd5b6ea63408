// The files of a published log, in STATE/log or in a copy that somebody took of it (C2SP
// tlog-tiles).
//
// Threat: the files come from whoever is being looked at. They are read beneath the folder, without
// links, and never beyond the size that a tile can have. Any thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gateway/os/folder.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/transparency/tile.h"

namespace heyan::log_audit {

class PublishedLog {
 public:
  // kNotFound, kUnsupported (no folder), kIo.
  static core::Result<PublishedLog> open(const std::filesystem::path& folder);

  // The signed note. Errors as those of os::Folder.
  core::Result<std::string> checkpoint() const;

  // The hashes of the tile, or its entries. Where a narrower tile is gone its full one is read, as
  // every client does. kNotFound: neither is there; kMalformed: not so many hashes or entries.
  core::Result<std::vector<transparency::TreeHash>> hashes(const transparency::Tile& tile) const;
  core::Result<std::vector<core::Bytes>> entries(std::uint64_t index, unsigned width) const;

 private:
  explicit PublishedLog(os::Folder folder) : folder_(std::move(folder)) {}
  core::Result<core::Bytes> read(const std::string& path, std::size_t limit_bytes) const;
  core::Result<core::Bytes> read_tile(const std::string& narrow, const std::string& full) const;
  os::Folder folder_;
};

}  // namespace heyan::log_audit
