#include "gateway/os/folder.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <cerrno>
#include <string>

namespace heyan::os {
namespace {

using core::ErrorCode;

core::Error error_of(int number) {
  switch (number) {
    case ENOENT:
    case ENOTDIR:
      return {ErrorCode::kNotFound, "there is no such file"};
    case ELOOP:
      return {ErrorCode::kUnsupported, "the path passes a symbolic link"};
    case EXDEV:
      return {ErrorCode::kUnsupported, "the path leaves the folder"};
    case ENXIO:
      return {ErrorCode::kUnsupported, "it is not a regular file"};
    case ENAMETOOLONG:
      return {ErrorCode::kUnsupported, "the path is too long for this file system"};
    case EACCES:
    case EPERM:
      return {ErrorCode::kIo, "permission denied"};
    case ENOSYS:
      return {ErrorCode::kIo, "this kernel has no openat2 (Linux 5.6 or later is needed)"};
    default:
      return {ErrorCode::kIo, "the operating system could not open or read it"};
  }
}

core::Result<OpenFile> regular_file(Descriptor fd) {
  struct stat status{};
  if (::fstat(fd.get(), &status) != 0) return std::unexpected(error_of(errno));
  if (!S_ISREG(status.st_mode)) {
    return core::fail(ErrorCode::kUnsupported, "it is not a regular file");
  }
  HEYAN_TRY(const FileState state, state_of(fd));
  return OpenFile(std::move(fd), state);
}

// O_NONBLOCK: opening a FIFO must not wait for a writer. It does nothing to a regular file.
constexpr int kReadFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

}  // namespace

core::Result<FileState> state_of(const Descriptor& file) {
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) return std::unexpected(error_of(errno));
  constexpr std::int64_t kSecond = 1'000'000'000;
  return FileState{.inode = status.st_ino,
                   .size = static_cast<std::uint64_t>(status.st_size),
                   .modified_ns = status.st_mtim.tv_sec * kSecond + status.st_mtim.tv_nsec,
                   .status_changed_ns = status.st_ctim.tv_sec * kSecond + status.st_ctim.tv_nsec};
}

core::Result<OpenFile> OpenFile::as_it_is_now() const {
  Descriptor same(::fcntl(fd_.get(), F_DUPFD_CLOEXEC, 0));
  if (!same.is_open()) return std::unexpected(error_of(errno));
  HEYAN_TRY(const FileState state, state_of(same));
  return OpenFile(std::move(same), state);
}

core::Result<FileReading> OpenFile::read_all(ByteSink& sink) const {
  ::posix_fadvise(fd_.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
  FileReading reading;
  while (true) {
    const std::span<std::uint8_t> space = sink.space();
    const ssize_t count =
        ::pread(fd_.get(), space.data(), space.size(), static_cast<off_t>(reading.size));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::unexpected(error_of(errno));
    if (count == 0) break;
    HEYAN_CHECK_OK(sink.commit(static_cast<std::size_t>(count)));
    reading.size += static_cast<std::uint64_t>(count);
    // A file that grows as fast as it is read would never end.
    if (reading.size > state_.size) break;
  }
  HEYAN_TRY(const FileState after, state_of(fd_));
  reading.changed = after != state_ || reading.size != state_.size;
  return reading;
}

core::Result<Folder> Folder::open(const std::filesystem::path& path) {
  Descriptor fd(::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!fd.is_open()) return std::unexpected(error_of(errno));
  return Folder(std::move(fd));
}

core::Result<OpenFile> Folder::open_file(std::string_view relative_path) const {
  open_how how{};
  how.flags = kReadFlags;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  const std::string path(relative_path);
  if (path.size() != std::char_traits<char>::length(path.c_str())) {
    return core::fail(ErrorCode::kUnsupported, "the path holds a zero byte");
  }
  int opened = -1;
  do {  // EAGAIN: a rename elsewhere raced with the resolution; the kernel asks to try again
    opened = static_cast<int>(::syscall(SYS_openat2, fd_.get(), path.c_str(), &how, sizeof how));
  } while (opened < 0 && (errno == EAGAIN || errno == EINTR));
  if (opened < 0) return std::unexpected(error_of(errno));
  return regular_file(Descriptor(opened));
}

core::Result<OpenFile> open_named_file(const std::filesystem::path& path) {
  Descriptor fd(::open(path.c_str(), kReadFlags));
  if (!fd.is_open()) return std::unexpected(error_of(errno));
  return regular_file(std::move(fd));
}

core::Result<core::Bytes> read_named_file(const std::filesystem::path& path,
                                          std::size_t limit_bytes) {
  HEYAN_TRY(const OpenFile file, open_named_file(path));
  MemorySink sink(limit_bytes);
  HEYAN_TRY(const FileReading reading, file.read_all(sink));
  if (reading.changed) return core::fail(ErrorCode::kChanged, "it changed while it was read");
  return std::move(sink).take();
}

}  // namespace heyan::os
