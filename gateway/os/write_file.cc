#include "gateway/os/write_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <string>

#include "gateway/os/descriptor.h"

namespace heyan::os {
namespace {

using core::ErrorCode;

core::Error refused(int number) {
  switch (number) {
    case ENOENT:
    case ENOTDIR:
      return {ErrorCode::kIo, "its folder does not exist"};
    case EEXIST:
      return {ErrorCode::kDuplicate, "it exists already"};
    case EACCES:
    case EPERM:
    case EROFS:
      return {ErrorCode::kIo, "permission denied"};
    case ENOSPC:
    case EDQUOT:
      return {ErrorCode::kIo, "the disk is full"};
    case EISDIR:
      return {ErrorCode::kIo, "it is a folder"};
    default:
      return {ErrorCode::kIo, "the operating system could not write it"};
  }
}

core::Result<void> write_all(const Descriptor& file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::unexpected(refused(errno));
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

core::Result<void> write_and_sync(const Descriptor& file, std::string_view bytes) {
  HEYAN_CHECK_OK(write_all(file, bytes));
  if (::fsync(file.get()) != 0) return std::unexpected(refused(errno));
  return {};
}

mode_t mode_of(Privacy privacy) {
  if (privacy == Privacy::kOwnerOnly) return 0600;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

// Removes the unfinished file unless it was renamed.
class Unfinished {
 public:
  explicit Unfinished(std::string path) : path_(std::move(path)) {}
  ~Unfinished() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  void keep() { path_.clear(); }

 private:
  std::string path_;
};

core::Result<void> write_directly(const std::filesystem::path& path, std::string_view bytes) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
  if (!file.is_open()) return std::unexpected(refused(errno));
  return write_all(file, bytes);
}

}  // namespace

core::Result<void> write_whole(const std::filesystem::path& path, std::string_view bytes,
                               Privacy privacy) {
  struct stat status{};
  if (::stat(path.c_str(), &status) == 0) {
    if (S_ISDIR(status.st_mode)) return std::unexpected(refused(EISDIR));
    // Renaming over /dev/null would take it away.
    if (!S_ISREG(status.st_mode)) return write_directly(path, bytes);
  }
  std::string name = path.string() + ".XXXXXX";
  const Descriptor file(::mkostemp(name.data(), O_CLOEXEC));
  if (!file.is_open()) return std::unexpected(refused(errno));
  Unfinished unfinished(name);
  if (::fchmod(file.get(), mode_of(privacy)) != 0) return std::unexpected(refused(errno));
  HEYAN_CHECK_OK(write_and_sync(file, bytes));
  if (::rename(name.c_str(), path.c_str()) != 0) return std::unexpected(refused(errno));
  unfinished.keep();
  return {};
}

core::Result<void> write_new(const std::filesystem::path& path, std::string_view bytes,
                             Privacy privacy) {
  const Descriptor file(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_of(privacy)));
  if (!file.is_open()) return std::unexpected(refused(errno));
  Unfinished unfinished(path.string());
  HEYAN_CHECK_OK(write_and_sync(file, bytes));
  unfinished.keep();
  return {};
}

}  // namespace heyan::os
