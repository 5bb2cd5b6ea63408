#include "gateway/store/staging.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>

namespace heyan::store {

using core::ErrorCode;

core::Result<StagingFolder> StagingFolder::create(const std::filesystem::path& staging,
                                                  const std::string& name) {
  if (name.empty() || name.find('/') != std::string::npos || name.front() == '.') {
    return core::fail(ErrorCode::kMalformed, "that is no name of a folder");
  }
  std::filesystem::path path = staging / name;
  if (::mkdir(path.c_str(), 0700) != 0) {
    if (errno == EEXIST) return core::fail(ErrorCode::kDuplicate, "that request is being received");
    return core::fail(ErrorCode::kIo, "the staging folder could not be made");
  }
  return StagingFolder(std::move(path));
}

StagingFolder::StagingFolder(StagingFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})), count_(other.count_) {}

StagingFolder::~StagingFolder() {
  std::error_code ignored;  // the next start cleans up
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

core::Result<StagingFolder::File> StagingFolder::create_file() {
  std::filesystem::path path = path_ / std::to_string(count_++);
  os::Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file.is_open()) {
    const bool full = errno == ENOSPC || errno == EDQUOT;
    return core::fail(ErrorCode::kIo,
                      full ? "the disk is full" : "a staging file could not be made");
  }
  return File{.descriptor = std::move(file), .path = std::move(path)};
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
