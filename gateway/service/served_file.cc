#include "gateway/service/served_file.h"

#include <unistd.h>

#include <algorithm>

namespace heyan::service {
namespace {

using core::ErrorCode;

constexpr core::Error kDiffers{ErrorCode::kChanged, "the stored bytes are others than received"};

}  // namespace

core::Result<ServedFile> ServedFile::open(const store::Vault& vault, const store::VaultOwner& owner,
                                          store::StoredFile file) {
  auto bytes = vault.read(owner, file.sha256);
  if (!bytes && bytes.error().code == ErrorCode::kChanged) return std::unexpected(kDiffers);
  if (!bytes) return core::fail(ErrorCode::kIo, "a stored file could not be opened");
  return ServedFile(vault, owner, std::move(file), *std::move(bytes));
}

core::Result<core::Bytes> ServedFile::next() {
  if (hasher_ == nullptr) return core::Bytes();
  HEYAN_TRY(core::Bytes piece, bytes_->next());
  if (piece.size() != std::min<std::uint64_t>(file_.size - offset_, std::uint64_t{kPieceBytes})) {
    return std::unexpected(kDiffers);
  }
  hasher_->update(piece);
  offset_ += piece.size();
  if (offset_ < file_.size) return piece;
  HEYAN_TRY(const core::Bytes beyond, bytes_->next());
  const core::Bytes digest = hasher_->finish();
  hasher_.reset();
  if (!beyond.empty() || digest != file_.sha256) return std::unexpected(kDiffers);
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

core::Result<os::Descriptor> ServedFile::whole() const {
  auto opened = vault_->open_read({.court = court_, .submission = submission_}, file_.sha256);
  if (!opened) return core::fail(ErrorCode::kIo, "a stored file could not be opened");
  os::Descriptor again(::dup(opened->get()));
  if (!again.is_open()) return core::fail(ErrorCode::kIo, "a stored file could not be opened");
  ServedFile hashed(*this, std::make_unique<store::PlainBytes>(std::move(again)));
  while (true) {
    HEYAN_TRY(const core::Bytes piece, hashed.next());
    if (piece.empty()) break;
  }
  // Both have one place where they read.
  if (::lseek(opened->get(), 0, SEEK_SET) != 0) {
    return core::fail(ErrorCode::kIo, "a stored file could not be read");
  }
  return *std::move(opened);
}

}  // namespace heyan::service
