#include "gateway/store/staging.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace heyan::store {

using core::ErrorCode;

core::Result<StagingFiles> StagingFiles::create(const std::filesystem::path& staging,
                                                const std::string& name) {
  if (name.empty() || name.find('/') != std::string::npos || name.front() == '.') {
    return core::fail(ErrorCode::kMalformed, "that is no name of a file");
  }
  return StagingFiles((staging / name).string() + ".");
}

StagingFiles::StagingFiles(StagingFiles&& other) noexcept
    : start_(std::move(other.start_)), count_(std::exchange(other.count_, 0)) {}

// Most were moved away. What cannot be removed is left to the next start.
void StagingFiles::remove() {
  for (std::size_t number = 0; number < count_; ++number) ::unlink(path_of(number).c_str());
  count_ = 0;
}

core::Result<StagingFiles::File> StagingFiles::create_file() {
  const std::string path = path_of(count_);
  os::Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file.is_open()) {
    if (errno == EEXIST) return core::fail(ErrorCode::kDuplicate, "that request is being received");
    const bool full = errno == ENOSPC || errno == EDQUOT;
    return core::fail(ErrorCode::kIo,
                      full ? "the disk is full" : "a staging file could not be made");
  }
  ++count_;
  return File{.descriptor = std::move(file), .path = path};
}

core::Result<void> clean_staging(const std::filesystem::path& staging) {
  std::error_code error;
  std::filesystem::create_directory(staging, error);
  if (!error) std::filesystem::permissions(staging, std::filesystem::perms::owner_all, error);
  std::filesystem::directory_iterator entries;
  if (!error) entries = std::filesystem::directory_iterator(staging, error);
  while (!error && entries != std::filesystem::directory_iterator()) {
    std::filesystem::remove_all(entries->path(), error);
    if (!error) entries.increment(error);
  }
  if (error) return core::fail(ErrorCode::kIo, "the staging folder could not be cleaned");
  return {};
}

}  // namespace heyan::store
