#include "gateway/service/served_file.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace heyan::service {
namespace {

using core::ErrorCode;

constexpr core::Error kDiffers{ErrorCode::kChanged, "the stored bytes are others than received"};

// Reads until `space` is full or the file ends; how many.
core::Result<std::size_t> read_at(int file, std::span<std::uint8_t> space, std::uint64_t offset) {
  std::size_t used = 0;
  while (used < space.size()) {
    const ssize_t count =
        ::pread(file, space.data() + used, space.size() - used, static_cast<off_t>(offset + used));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return core::fail(ErrorCode::kIo, "a stored file could not be read");
    if (count == 0) break;
    used += static_cast<std::size_t>(count);
  }
  return used;
}

}  // namespace

core::Result<ServedFile> ServedFile::open(const store::Vault& vault, std::string_view court,
                                          store::StoredFile file) {
  auto opened = vault.open_read(court, file.sha256);
  if (!opened) return core::fail(ErrorCode::kIo, "a stored file could not be opened");
  return ServedFile(*std::move(opened), std::move(file));
}

core::Result<core::Bytes> ServedFile::next() {
  core::Bytes piece;
  if (hasher_ == nullptr) return piece;
  piece.resize(static_cast<std::size_t>(
      std::min<std::uint64_t>(file_.size - offset_, std::uint64_t{kPieceBytes})));
  HEYAN_TRY(const std::size_t count, read_at(opened_.get(), piece, offset_));
  if (count != piece.size()) return std::unexpected(kDiffers);
  hasher_->update(piece);
  offset_ += count;
  if (offset_ < file_.size) return piece;
  std::array<std::uint8_t, 1> beyond{};
  HEYAN_TRY(const std::size_t more, read_at(opened_.get(), beyond, offset_));
  const core::Bytes digest = hasher_->finish();
  hasher_.reset();
  if (more != 0 || digest != file_.sha256) return std::unexpected(kDiffers);
  return piece;
}

core::Result<core::Bytes> ServedFile::all(std::size_t limit_bytes) {
  if (file_.size > limit_bytes) return core::fail(ErrorCode::kLimit, "the file is too large");
  core::Bytes bytes;
  while (true) {
    HEYAN_TRY(const core::Bytes piece, next());
    if (piece.empty()) return bytes;
    bytes.insert(bytes.end(), piece.begin(), piece.end());
  }
}

core::Result<void> ServedFile::check() {
  while (true) {
    HEYAN_TRY(const core::Bytes piece, next());
    if (piece.empty()) return {};
  }
}

}  // namespace heyan::service
