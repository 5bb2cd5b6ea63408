// Making a backup of a gateway, while it runs.
//
// The databases are copied as they were at one moment, front and signer together, so what is
// restored is what a power failure at that moment would have left: the gateway goes on from it. A
// file of the vault never changes, so it may be read later; what is deleted in between is lacking
// to nobody (meanwhile.h). Where an earlier backup has it whole, both have one file
// (earlier.h). Written beside OUT
// and renamed when all is on the disk. Keys are left out unless they are asked for: whoever has
// them can sign as the court. Files that are still being uploaded are nobody's receipt, and left
// out; so is evidence that lies in a bucket, which has its own copies: that it is there is not
// looked at. One thread.
#pragma once

#include "gateway/backup/manifest.h"
#include "gateway/ops/config.h"

namespace heyan::backup {

struct MakeRequest {
  const ops::Config& config;
  std::filesystem::path config_file;
  std::filesystem::path out;    // new
  std::filesystem::path since;  // an earlier backup on the same file system; empty: none
  bool with_keys = false;
  core::UtcTime at;
  Advance expect;  // so many bytes more are to be read
  Advance advance;
};

struct Made {
  Description description;
  std::uint64_t shared_files = 0;            // with the earlier backup
  std::vector<std::string> damaged_earlier;  // there; copied from the gateway instead
  bool encrypted = false;                    // evidence is, and the vault's key is not in it
  std::uint64_t in_bucket = 0;               // files of the vault that are not in it
  // Submissions that the gateway deleted in between: restored, it deletes them again.
  std::uint64_t deleted_meanwhile = 0;
};

// kDuplicate: there is such a folder, or what an earlier attempt left; kUnsupported: the state
// belongs to another user, or the backup would lie within it; kIo. What is refused before anything
// is copied leaves nothing; any other failure leaves OUT.unfinished.
std::expected<Made, Refusal> make(const MakeRequest& request);

}  // namespace heyan::backup
