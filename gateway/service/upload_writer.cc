#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <utility>

#include "gateway/service/receiver.h"

namespace heyan::service {
namespace {

using core::ErrorCode;

constexpr std::size_t kPieceBytes = 256u << 10;
constexpr std::chrono::milliseconds kKeepAlive = std::chrono::minutes(5);

}  // namespace

UploadWriter::UploadWriter(UploadWriter&& other) noexcept
    : receiver_(std::exchange(other.receiver_, nullptr)),
      upload_(std::move(other.upload_)),
      offset_(other.offset_),
      turn_(std::move(other.turn_)),
      file_(std::move(other.file_)),
      hasher_(std::move(other.hasher_)) {}

UploadWriter::~UploadWriter() {
  if (receiver_ != nullptr) receiver_->release(*this);
}

core::Result<void> UploadWriter::expect(const core::Bytes& sha256) {
  if (!upload_.expected.empty() && upload_.expected != sha256) {
    return core::fail(ErrorCode::kDuplicate, "another digest was announced before");
  }
  upload_.expected = sha256;
  return {};
}

core::Result<void> UploadWriter::append(core::ByteView bytes) {
  if (complete() || bytes.size() > upload_.size - offset_) {
    return core::fail(ErrorCode::kLimit, "more bytes than the upload has");
  }
  HEYAN_CHECK_OK(keep_alive());
  while (!bytes.empty()) {
    const ssize_t count =
        ::pwrite(file_.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset_));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return core::fail(ErrorCode::kIo, "the file cannot be stored");
    // No more than was written: after an error the upload goes on from there.
    const auto written = static_cast<std::size_t>(count);
    if (hasher_) hasher_->update(bytes.first(written));
    bytes = bytes.subspan(written);
    offset_ += written;
  }
  return {};
}

core::Result<void> UploadWriter::keep_alive() {
  const std::int64_t until_ms = receiver_->end_of_life();
  const auto every = std::min(kKeepAlive, receiver_->settings_.life / 4);
  if (until_ms - upload_.expires_at_ms < every.count()) return {};
  HEYAN_CHECK_OK(receiver_->with_.store.keep_receiving(upload_.submission, until_ms));
  upload_.expires_at_ms = until_ms;
  return {};
}

// Of the whole file: as it came, or from the disk where another process received its beginning.
core::Result<core::Bytes> UploadWriter::digest() {
  if (hasher_) return std::exchange(hasher_, nullptr)->finish();
  const auto hasher = crypto::openssl_hasher(crypto::Hash::kSha256);
  std::vector<std::uint8_t> piece(kPieceBytes);
  std::uint64_t at = 0;
  while (at < offset_) {
    const ssize_t count = ::pread(file_.get(), piece.data(), piece.size(), static_cast<off_t>(at));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return core::fail(ErrorCode::kIo, "the file cannot be read again");
    hasher->update(core::ByteView(piece).first(static_cast<std::size_t>(count)));
    at += static_cast<std::uint64_t>(count);
  }
  return hasher->finish();
}

core::Result<void> UploadWriter::commit() {
  if (complete()) return {};
  const bool whole = offset_ == upload_.size;
  if (!whole && offset_ == upload_.offset) return {};
  if (::fdatasync(file_.get()) != 0) {
    return core::fail(ErrorCode::kIo, "the file cannot be stored");
  }
  core::Bytes sha256;
  if (whole) {
    HEYAN_TRY(sha256, digest());
    if (!upload_.expected.empty() && upload_.expected != sha256) {
      HEYAN_CHECK_OK(receiver_->let_go(upload_));
      return core::fail(ErrorCode::kNotCanonical, "the file is not the one that was announced");
    }
  }
  const std::int64_t until_ms = receiver_->end_of_life();
  HEYAN_CHECK_OK(receiver_->with_.store.advance_upload(upload_, offset_, sha256, until_ms));
  upload_.offset = offset_;
  upload_.expires_at_ms = until_ms;
  upload_.complete = whole;
  if (whole) receiver_->accept_if_whole(upload_.submission);
  return {};
}

// They stay beyond the offset, as after a crash (Receiver::open).
core::Result<void> UploadWriter::discard() {
  hasher_.reset();
  offset_ = upload_.offset;
  return {};
}

}  // namespace heyan::service
