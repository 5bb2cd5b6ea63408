// Loaded before the C library (LD_PRELOAD): calls that change the disk are counted, and those that
// the test names fail as on a full disk. Sockets, pipes and the standard streams are left alone.
#include "tests/faults/failing_writes.h"

#include <dlfcn.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <string_view>

namespace {

heyan::faults::Control* control = nullptr;

__attribute__((constructor)) void begin() {
  const char* const path = std::getenv(heyan::faults::kControlVariable);
  if (path == nullptr) return;
  heyan::faults::Control* const mapped = heyan::faults::map_control(path);
  // The name is looked at now: it is changed between two starts only.
  if (mapped != nullptr &&
      std::string_view(mapped->program.data()) == program_invocation_short_name) {
    control = mapped;
  }
}

// `inode`: of the open file that it is done to; 0: to none.
bool fails(std::uint64_t inode = 0) {
  if (control == nullptr) return false;
  const std::uint64_t only = control->only;
  if (only != 0 && only != inode) return false;
  const std::uint64_t number = ++control->count;
  const std::uint64_t from = control->fail_from;
  if (from == 0 || number < from || number >= control->fail_before) return false;
  errno = ENOSPC;
  return true;
}

bool fails_on(int file) {
  struct stat status{};
  return control != nullptr && file > 2 && ::fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
         fails(status.st_ino);
}

bool sync_fails(int file) {
  struct stat status{};
  return control != nullptr && ::fstat(file, &status) == 0 && fails(status.st_ino);
}

template <typename Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

bool creates(int flags) { return (flags & (O_CREAT | O_TRUNC)) != 0; }

}  // namespace

// Looked up at the first call, which is before any sandbox is entered or needs nothing from it.
#define HEYAN_NEXT(name) static const auto real = next<decltype(&::name)>(#name)

extern "C" {

ssize_t write(int file, const void* bytes, size_t size) {
  HEYAN_NEXT(write);
  return fails_on(file) ? -1 : real(file, bytes, size);
}
ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) {
  HEYAN_NEXT(pwrite);
  return fails_on(file) ? -1 : real(file, bytes, size, at);
}
ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at) {
  HEYAN_NEXT(pwrite64);
  return fails_on(file) ? -1 : real(file, bytes, size, at);
}
int fsync(int file) {
  HEYAN_NEXT(fsync);
  return sync_fails(file) ? -1 : real(file);
}
int fdatasync(int file) {
  HEYAN_NEXT(fdatasync);
  return sync_fails(file) ? -1 : real(file);
}
int ftruncate64(int file, off64_t size) noexcept {
  HEYAN_NEXT(ftruncate64);
  return fails_on(file) ? -1 : real(file, size);
}
int rename(const char* from, const char* to) noexcept {
  HEYAN_NEXT(rename);
  return fails() ? -1 : real(from, to);
}
int renameat(int from_folder, const char* from, int to_folder, const char* to) noexcept {
  HEYAN_NEXT(renameat);
  return fails() ? -1 : real(from_folder, from, to_folder, to);
}
int renameat2(int from_folder, const char* from, int to_folder, const char* to,
              unsigned flags) noexcept {
  HEYAN_NEXT(renameat2);
  return fails() ? -1 : real(from_folder, from, to_folder, to, flags);
}
int mkdir(const char* path, mode_t mode) noexcept {
  HEYAN_NEXT(mkdir);
  return fails() ? -1 : real(path, mode);
}
int mkdirat(int folder, const char* path, mode_t mode) noexcept {
  HEYAN_NEXT(mkdirat);
  return fails() ? -1 : real(folder, path, mode);
}

// The mode is there only where a file may be created.
#define HEYAN_MODE()                          \
  mode_t mode = 0;                            \
  if ((flags & (O_CREAT | O_TMPFILE)) != 0) { \
    va_list rest;                             \
    va_start(rest, flags);                    \
    mode = va_arg(rest, mode_t);              \
    va_end(rest);                             \
  }
int open(const char* path, int flags, ...) {
  HEYAN_MODE()
  HEYAN_NEXT(open);
  return creates(flags) && fails() ? -1 : real(path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  HEYAN_MODE()
  HEYAN_NEXT(open64);
  return creates(flags) && fails() ? -1 : real(path, flags, mode);
}
int openat(int folder, const char* path, int flags, ...) {
  HEYAN_MODE()
  HEYAN_NEXT(openat);
  return creates(flags) && fails() ? -1 : real(folder, path, flags, mode);
}
int openat64(int folder, const char* path, int flags, ...) {
  HEYAN_MODE()
  HEYAN_NEXT(openat64);
  return creates(flags) && fails() ? -1 : real(folder, path, flags, mode);
}

}  // extern "C"
