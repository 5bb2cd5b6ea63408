// Files of a submission while it is received: on disk under names of ours, hashed as they came.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/ipc/entries.h"
#include "gateway/store/staging.h"
#include "gateway/store/stored_limits.h"
#include "verifier/contents/submission_reader.h"
#include "verifier/core/bytes.h"
#include "verifier/core/limits.h"
#include "verifier/crypto/digest.h"

namespace heyan::service {

// Of the largest case (core::Limits): case.json, a file for each item, all proofs.
inline constexpr std::size_t kMostFiles = 1 + core::Limits().items + core::Limits().proofs_total;

// What to say of a kLimit of StoredLimits: which file, which limit, and what may be done.
contents::Defect defect_of(const store::StoredLimits& limits, const core::Error& error,
                           std::string_view path);

struct StagedPart {
  std::string path;  // as the submission names it
  std::uint64_t size = 0;
  core::Bytes sha256;
  std::filesystem::path file;
  bool of_message = false;  // what a court's system sent as it sent it: kept, and no case names it
};

// One submission's: however many files it has, one of them is open. Not for two threads at once.
class Staged final : public ipc::EntryTaker {
 public:
  // `limits`: of what will be kept. What is only looked at has those of its reader.
  explicit Staged(store::StagingFiles files, const store::StoredLimits& limits = {})
      : files_(std::move(files)), limits_(limits) {}

  // The next bytes belong to a file of that path, until finish(). kMalformed: that path is
  // there already; kLimit.
  core::Result<void> begin(std::string_view path) override;
  // The same, of what is received only to be opened and dropped: no limit is its own.
  core::Result<void> begin_container(std::string_view path);
  // kLimit: over_limit() says more.
  core::Result<void> append(core::ByteView bytes) override;
  core::Result<void> finish() override;

  const std::vector<StagedPart>& parts() const { return parts_; }
  const StagedPart* find(std::string_view path) const;
  const std::optional<contents::Defect>& over_limit() const { return over_limit_; }
  // Takes away one that was received only to be opened: an archive.
  void drop(std::string_view path);
  // Another path for one that is there. kNotFound; kMalformed: a file of that path is there, too.
  core::Result<void> rename(std::string_view path, const std::string& to);
  // Those whose path begins so are of_message.
  void keep_as_message(std::string_view folder);
  // Removes the files that are still there. Nothing else may be asked afterwards.
  void discard();

 private:
  core::Result<void> count(std::uint64_t bytes);

  store::StagingFiles files_;
  store::StoredLimits limits_;
  std::uint64_t kept_ = 0;  // bytes of all that count
  bool counts_ = true;      // the open one
  std::optional<contents::Defect> over_limit_;
  std::vector<StagedPart> parts_;
  std::map<std::string, std::size_t, std::less<>> places_;  // in parts_, by path
  os::Descriptor open_;                                     // the last part's, until finish()
  std::unique_ptr<crypto::Hasher> hasher_;
};

}  // namespace heyan::service
