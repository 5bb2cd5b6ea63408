// An archive that somebody hands in, looked through within the limits of an installation.
//
// Threat: bombs, names that leave the folder, archives in archives. Bytes are counted while
// inflating; nothing is written anywhere. What contents/zip.h refuses is refused here. Office
// documents and other zips that are documents by their name count as files. Pure, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "verifier/contents/byte_source.h"
#include "verifier/contents/zip.h"
#include "verifier/uploads/marks.h"

namespace heyan::uploads {

struct ArchiveRules {
  bool allowed = true;
  std::size_t most_entries = 1'000;
  std::size_t most_depth = 1;      // 1: no archive in the archive
  std::uint64_t most_ratio = 100;  // inflated bytes per stored one, of every entry and of all
  std::uint64_t most_bytes = 1ull << 30;  // inflated, of all together
  std::size_t most_name_bytes = 255;
};

struct Archive {
  Marks marks;                       // empty: it can be taken
  std::vector<std::string> members;  // names of its files, where it can be opened
};

Archive check_archive(const contents::ByteSource& source, const ArchiveRules& rules);

// Why a zip does not open.
Mark mark_of(contents::ZipRule rule);

}  // namespace heyan::uploads
