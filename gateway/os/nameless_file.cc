#include "gateway/os/nameless_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace heyan::os {
namespace {

constexpr std::size_t kBufferBytes = 256u << 10;

}  // namespace

NamelessFile::NamelessFile(Descriptor file, std::uint64_t limit_bytes)
    : file_(std::move(file)), left_bytes_(limit_bytes), buffer_(kBufferBytes) {}

core::Result<NamelessFile> NamelessFile::create(std::uint64_t limit_bytes) {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::temp_directory_path(error);
  if (error) return core::fail(core::ErrorCode::kIo, "there is no folder for temporary files");
  return create_in(folder, limit_bytes);
}

core::Result<NamelessFile> NamelessFile::create_in(const std::filesystem::path& folder,
                                                   std::uint64_t limit_bytes) {
  Descriptor file(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600));
  if (!file.is_open()) return core::fail(core::ErrorCode::kIo, "no temporary file can be made");
  return NamelessFile(std::move(file), limit_bytes);
}

core::Result<void> NamelessFile::commit(std::size_t count) {
  if (count > left_bytes_) return core::fail(core::ErrorCode::kLimit, "the file is too large");
  left_bytes_ -= count;
  std::span<const std::uint8_t> bytes = std::span(buffer_).first(count);
  while (!bytes.empty()) {
    const ssize_t written = ::write(file_.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return core::fail(core::ErrorCode::kIo, "a temporary file cannot be written");
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

core::Result<OpenFile> NamelessFile::take() && {
  // It has no other way to be opened again.
  const std::string own = "/proc/self/fd/" + std::to_string(file_.get());
  Descriptor file(::open(own.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return core::fail(core::ErrorCode::kIo, "a temporary file cannot be read");
  HEYAN_TRY(const FileState state, state_of(file));
  return OpenFile(std::move(file), state);
}

}  // namespace heyan::os
