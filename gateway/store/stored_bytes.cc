#include "gateway/store/stored_bytes.h"

#include <unistd.h>

#include <cerrno>

namespace heyan::store {

using core::ErrorCode;

core::Result<std::size_t> read_on(const os::Descriptor& file, std::span<std::uint8_t> space) {
  std::size_t used = 0;
  while (used < space.size()) {
    const ssize_t count = ::read(file.get(), space.data() + used, space.size() - used);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return core::fail(ErrorCode::kIo, "a stored file could not be read");
    if (count == 0) break;
    used += static_cast<std::size_t>(count);
  }
  return used;
}

core::Result<void> write_on(const os::Descriptor& file, core::ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      const bool full = errno == ENOSPC || errno == EDQUOT;
      return core::fail(ErrorCode::kIo, full ? "the disk is full" : "a file cannot be written");
    }
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return {};
}

core::Result<core::Bytes> PlainBytes::next() {
  core::Bytes piece(kPieceBytes);
  HEYAN_TRY(const std::size_t count, read_on(file_, piece));
  piece.resize(count);
  return piece;
}

}  // namespace heyan::store
