// The audit trail of one process: records are appended and never changed (record.h).
//
// One folder, one writer: a lock says so. append() returns when its records are on the disk, so
// that nothing is answered before it is recorded; what many threads append at about the same time
// shares one wait for the disk. Files are of one month, and of no more than `segment_bytes` by
// much; a file whose records have all been kept for `keep` is removed when the trail is opened or a
// file begins, after a record that says so.
//
// Threat: a process is killed at any moment, and its files may have been edited meanwhile. When it
// is opened, the last file must hold together from its first byte: an unfinished last line, which
// was never answered, is cut off and a record says so; a trail that was changed otherwise is
// refused, and its process does not start. Source: BSI and GB/T 22239 on audit; RFC 6962 for heads.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "gateway/audit/record.h"
#include "gateway/audit/segments.h"
#include "gateway/os/descriptor.h"
#include "verifier/core/error.h"

namespace heyan::audit {

struct TrailSettings {
  std::filesystem::path folder;  // made where its parent is there
  std::string writer;            // "front" "judge" "signer" "accounts"
  std::chrono::days keep{366};
  std::function<core::UtcTime()> now;
  std::size_t segment_bytes = 16u << 20;
};

class Trail {
 public:
  // kDuplicate: another process writes it; kChanged: it is not as it was written; kIo.
  static core::Result<std::unique_ptr<Trail>> open(TrailSettings settings);
  Trail(const Trail&) = delete;
  Trail& operator=(const Trail&) = delete;

  // Any thread. All or none. kIo: nothing was recorded, and the caller must not go on.
  core::Result<void> append(std::span<const Entry> entries);
  core::Result<void> append(const Entry& entry) { return append(std::span(&entry, 1)); }

  Head head() const;  // any thread

 private:
  struct Call {
    std::span<const Entry> entries;
    core::Result<void> outcome{};
    bool done = false;
  };

  explicit Trail(TrailSettings settings) : settings_(std::move(settings)) {}
  core::Result<void> lock_folder();
  core::Result<void> start();
  core::Result<bool> read_last(std::uint64_t first);
  core::Result<void> begin_segment(core::UtcTime now);
  core::Result<void> forget_old(core::UtcTime now);
  core::Result<core::UtcTime> time_now();
  core::Result<void> go_on();
  std::unexpected<core::Error> take_back(const char* what);
  core::Result<void> write(std::span<Call* const> calls);
  core::Result<void> write_lines(std::span<const Entry> entries, core::UtcTime now);
  core::Result<void> write_bytes(const std::string& bytes);
  Head head_now(Event last) const;

  TrailSettings settings_;
  os::Descriptor lock_;
  os::Descriptor folder_;

  mutable std::mutex mutex_;  // guards waiting_, writing_ and head_
  std::condition_variable written_;
  std::vector<Call*> waiting_;
  bool writing_ = false;
  Head head_;

  // Of the one who is writing.
  os::Descriptor file_;
  std::uint64_t size_ = 0;
  core::UtcTime began_;  // the file's first record
  core::Bytes trail_;
  Chain chain_;
  bool to_be_cut_ = false;            // behind size_ there may be what was taken back
  bool folder_to_be_synced_ = false;  // a file in it that was begun
};

}  // namespace heyan::audit
