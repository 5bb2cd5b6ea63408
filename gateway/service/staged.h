// Files of a submission while it is received: on disk under names of ours, hashed as they came.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/store/staging.h"
#include "verifier/core/bytes.h"
#include "verifier/crypto/digest.h"

namespace heyan::service {

struct StagedPart {
  std::string path;  // as the submission names it
  std::uint64_t size = 0;
  core::Bytes sha256;
  std::filesystem::path file;
};

// One submission's: however many files it has, one of them is open. Not for two threads at once.
class Staged {
 public:
  explicit Staged(store::StagingFiles files) : files_(std::move(files)) {}

  // The next bytes belong to a file of that path, until finish(). kMalformed: that path is
  // there already; kLimit.
  core::Result<void> begin(std::string_view path);
  core::Result<void> append(core::ByteView bytes);
  core::Result<void> finish();

  const std::vector<StagedPart>& parts() const { return parts_; }
  const StagedPart* find(std::string_view path) const;
  // Takes away one that was received only to be opened: an archive.
  void drop(std::string_view path);
  // Removes the files that are still there. Nothing else may be asked afterwards.
  void discard();

 private:
  store::StagingFiles files_;
  std::vector<StagedPart> parts_;
  std::map<std::string, std::size_t, std::less<>> places_;  // in parts_, by path
  os::Descriptor open_;                                     // the last part's, until finish()
  std::unique_ptr<crypto::Hasher> hasher_;
};

}  // namespace heyan::service
