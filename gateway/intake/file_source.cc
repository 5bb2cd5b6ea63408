#include "gateway/intake/file_source.h"

#include <unistd.h>

#include <cerrno>

namespace heyan::intake {

core::Result<std::size_t> FileSource::read_at(std::uint64_t offset,
                                              std::span<std::uint8_t> out) const {
  while (true) {
    const ssize_t count =
        ::pread(file_.descriptor().get(), out.data(), out.size(), static_cast<off_t>(offset));
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) return core::fail(core::ErrorCode::kIo, "the archive cannot be read");
  }
}

}  // namespace heyan::intake
