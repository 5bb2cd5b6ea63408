#include "gateway/backup/digests.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

#include "verifier/crypto/digest.h"

namespace heyan::backup {
namespace {

using core::ErrorCode;

constexpr std::size_t kBufferBytes = std::size_t{1} << 20;

core::Result<void> write_all(int file, core::ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && (errno == ENOSPC || errno == EDQUOT)) {
      return core::fail(ErrorCode::kIo, "the disk is full");
    }
    if (count < 0) return core::fail(ErrorCode::kIo, "the operating system could not write it");
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return {};
}

class Measuring final : public os::ByteSink {
 public:
  Measuring(int into, const Advance& advance) : into_(into), advance_(advance) {}

  std::span<std::uint8_t> space() override { return buffer_; }
  core::Result<void> commit(std::size_t count) override {
    const core::ByteView bytes = core::ByteView(buffer_).first(count);
    sha256_->update(bytes);
    sm3_->update(bytes);
    size_ += count;
    if (advance_) advance_(count);
    return into_ < 0 ? core::Result<void>{} : write_all(into_, bytes);
  }
  Digests take() { return {.size = size_, .sha256 = sha256_->finish(), .sm3 = sm3_->finish()}; }

 private:
  int into_;  // below 0: nowhere
  const Advance& advance_;
  core::Bytes buffer_ = core::Bytes(kBufferBytes);
  std::unique_ptr<crypto::Hasher> sha256_ = crypto::openssl_hasher(crypto::Hash::kSha256);
  std::unique_ptr<crypto::Hasher> sm3_ = crypto::openssl_hasher(crypto::Hash::kSm3);
  std::uint64_t size_ = 0;
};

core::Result<Digests> read_once(const os::OpenFile& file, int into, const Advance& advance) {
  Measuring sink(into, advance);
  HEYAN_TRY(const os::FileReading reading, file.read_all(sink));
  if (reading.changed) return core::fail(ErrorCode::kChanged, "it changed while it was read");
  return sink.take();
}

// Once more where it changed: the times of evidence do where the same bytes are filed again.
core::Result<Digests> read_into(const os::OpenFile& file, int into, const Advance& advance) {
  auto read = read_once(file, into, advance);
  if (read || read.error().code != ErrorCode::kChanged) return read;
  if (into >= 0 && (::ftruncate(into, 0) != 0 || ::lseek(into, 0, SEEK_SET) != 0)) {
    return core::fail(ErrorCode::kIo, "the file cannot be written anew");
  }
  HEYAN_TRY(const os::OpenFile again, file.as_it_is_now());
  return read_once(again, into, advance);
}

}  // namespace

core::Result<Digests> digests_of(const os::OpenFile& file, const Advance& advance) {
  return read_into(file, -1, advance);
}

core::Result<Digests> digests_of(const std::filesystem::path& file, const Advance& advance) {
  HEYAN_TRY(const os::OpenFile opened, os::open_named_file(file));
  return digests_of(opened, advance);
}

core::Result<Digests> copy(const os::OpenFile& file, const std::filesystem::path& to, unsigned mode,
                           const Advance& advance) {
  const os::Descriptor made(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (!made.is_open() && errno == EEXIST) {
    return core::fail(ErrorCode::kDuplicate, "there is such a file already");
  }
  if (!made.is_open()) return core::fail(ErrorCode::kIo, "the file cannot be made");
  return read_into(file, made.get(), advance);
}

core::Result<void> sync_all(const std::filesystem::path& folder) {
  const os::Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.is_open() || ::syncfs(opened.get()) != 0) {
    return core::fail(ErrorCode::kIo, "the disk does not keep what was written");
  }
  return {};
}

}  // namespace heyan::backup
