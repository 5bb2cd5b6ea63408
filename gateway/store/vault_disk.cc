#include "gateway/store/vault_disk.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <ctime>
#include <utility>

#include "gateway/store/stored_bytes.h"
#include "gateway/store/submission.h"

namespace heyan::store {

using core::ErrorCode;

core::Error vault_error(int number) {
  switch (number) {
    case ENOENT:
    case ENOTDIR:
      return {ErrorCode::kNotFound, "there is no such file"};
    case ELOOP:
      return {ErrorCode::kUnsupported, "it is not a regular file"};
    case ENOSPC:
    case EDQUOT:
      return {ErrorCode::kIo, "the disk is full"};
    case EXDEV:
      return {ErrorCode::kIo, "the staging folder is on another file system than the vault"};
    default:
      return {ErrorCode::kIo, "the operating system refused an access to the vault"};
  }
}

core::Result<void> sync(const os::Descriptor& file) {
  if (::fsync(file.get()) != 0) return std::unexpected(vault_error(errno));
  return {};
}

core::Result<void> say_put_now(int parent, const std::string& name) {
  constexpr std::time_t kLately = 86'400;
  struct stat status{};
  if (::fstatat(parent, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
    return std::unexpected(vault_error(errno));
  }
  const std::time_t age = std::time(nullptr) - status.st_mtim.tv_sec;
  if (age >= 0 && age < kLately) return {};
  constexpr std::array<timespec, 2> kNow = {timespec{.tv_sec = 0, .tv_nsec = UTIME_OMIT},
                                            timespec{.tv_sec = 0, .tv_nsec = UTIME_NOW}};
  if (::utimensat(parent, name.c_str(), kNow.data(), AT_SYMLINK_NOFOLLOW) == 0) return {};
  return std::unexpected(vault_error(errno));
}

core::Result<os::Descriptor> open_folder(int parent, const char* name) {
  os::Descriptor folder(::openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
  if (!folder.is_open()) return std::unexpected(vault_error(errno));
  return folder;
}

core::Result<void> sync_folder(int parent, const std::string& name) {
  HEYAN_TRY(const os::Descriptor folder, open_folder(parent, name.c_str()));
  return sync(folder);
}

core::Result<void> make_folder(int parent, const char* name) {
  if (::mkdirat(parent, name, 0700) != 0 && errno != EEXIST) {
    return std::unexpected(vault_error(errno));
  }
  return {};
}

core::Result<std::uint64_t> size_of_regular(const os::Descriptor& file) {
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) return std::unexpected(vault_error(errno));
  if (!S_ISREG(status.st_mode)) {
    return core::fail(ErrorCode::kUnsupported, "it is not a regular file");
  }
  return static_cast<std::uint64_t>(status.st_size);
}

// O_NONBLOCK: something that is no regular file must not block.
core::Result<os::Descriptor> open_file(int parent, const std::string& name) {
  os::Descriptor file(
      ::openat(parent, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
  if (!file.is_open()) return std::unexpected(vault_error(errno));
  HEYAN_CHECK_OK(size_of_regular(file));
  return file;
}

core::Result<core::Bytes> read_small_file(int parent, const std::string& name, std::size_t most) {
  HEYAN_TRY(const os::Descriptor file, open_file(parent, name));
  core::Bytes bytes(most + 1);
  HEYAN_TRY(const std::size_t count, read_on(file, bytes));
  if (count > most) return core::fail(ErrorCode::kLimit, "a file of the vault is too large");
  bytes.resize(count);
  return bytes;
}

core::Result<FileAside> FileAside::create(const std::filesystem::path& folder) {
  HEYAN_TRY(const std::string name, new_submission_id());
  std::filesystem::path path = folder / (name + ".aside");
  os::Descriptor file(
      ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.is_open()) return std::unexpected(vault_error(errno));
  return FileAside(std::move(file), std::move(path));
}

FileAside::FileAside(FileAside&& other) noexcept
    : file_(std::move(other.file_)), path_(std::exchange(other.path_, {})) {}

FileAside::~FileAside() {
  if (!path_.empty()) ::unlink(path_.c_str());
}

core::Result<os::Descriptor> FileAside::open_to_read() const {
  return open_file(AT_FDCWD, path_.string());
}

// What is not on the disk must not get a name that says it is.
core::Result<void> FileAside::rename(int parent, const std::string& name, unsigned flags) {
  if (::fchmod(file_.get(), 0400) != 0) return std::unexpected(vault_error(errno));
  HEYAN_CHECK_OK(sync(file_));
  if (::renameat2(AT_FDCWD, path_.c_str(), parent, name.c_str(), flags) != 0) {
    if (errno == EEXIST) return core::fail(ErrorCode::kDuplicate, "there is such a file");
    return std::unexpected(vault_error(errno));
  }
  path_.clear();
  return {};
}

core::Result<void> FileAside::name(int parent, const std::string& name) {
  return rename(parent, name, RENAME_NOREPLACE);
}

core::Result<void> FileAside::replace(int parent, const std::string& name) {
  return rename(parent, name, 0);
}

}  // namespace heyan::store
