#include "gateway/store/sealed_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "verifier/crypto/digest.h"

namespace heyan::store {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using crypto::Aead;

constexpr std::string_view kMagic = "HYvf";
constexpr std::size_t kSaltBytes = 32;
constexpr std::size_t kHeadBytes = kVaultHeadBytes + kSaltBytes;
constexpr std::size_t kPieceBytes = StoredBytes::kPieceBytes;
constexpr std::size_t kSealedPieceBytes = kPieceBytes + crypto::kAeadTagBytes;

constexpr core::Error kChanged{ErrorCode::kChanged, "an encrypted file was changed on the disk"};

Bytes file_key(Aead with, const VaultKey& key, ByteView head, ByteView sha256) {
  Bytes about = core::to_bytes(head);
  about.insert(about.end(), sha256.begin(), sha256.end());
  return key.derive(with, "heyan.vault.file.v1\n", about);
}

Bytes nonce_of(std::uint64_t number, bool last) {
  Bytes nonce(crypto::kAeadNonceBytes);
  for (std::size_t i = 0; i < 8; ++i) {
    nonce[10 - i] = static_cast<std::uint8_t>(number >> (8 * i));
  }
  nonce[11] = last ? 1 : 0;
  return nonce;
}

// From where it stands.
core::Result<std::uint64_t> rest_of(const os::Descriptor& file) {
  struct stat status{};
  const off_t at = ::lseek(file.get(), 0, SEEK_CUR);
  if (at < 0 || ::fstat(file.get(), &status) != 0) {
    return fail(ErrorCode::kIo, "a stored file could not be read");
  }
  return static_cast<std::uint64_t>(std::max<off_t>(0, status.st_size - at));
}

}  // namespace

core::Result<void> seal_file(const os::Descriptor& from, const os::Descriptor& to, Aead with,
                             const VaultKey& key, ByteView sha256) {
  Bytes head = key.head(kMagic, with);
  HEYAN_TRY(const Bytes salt, random_bytes(kSaltBytes));
  head.insert(head.end(), salt.begin(), salt.end());
  HEYAN_CHECK_OK(write_on(to, head));
  const Bytes secret = file_key(with, key, head, sha256);
  const auto hasher = crypto::openssl_hasher(crypto::Hash::kSha256);
  // One piece ahead: whether it is the last shows when the next one is read.
  Bytes piece(kPieceBytes);
  Bytes next(kPieceBytes);
  HEYAN_TRY(std::size_t count, read_on(from, piece));
  for (std::uint64_t number = 0;; ++number) {
    const ByteView content = ByteView(piece).first(count);
    std::size_t more = 0;
    if (count == kPieceBytes) {
      HEYAN_TRY(more, read_on(from, next));
    }
    hasher->update(content);
    HEYAN_CHECK_OK(
        write_on(to, crypto::seal_with(with, secret, nonce_of(number, more == 0), {}, content)));
    if (more == 0) break;
    std::swap(piece, next);
    count = more;
  }
  if (!core::equal(hasher->finish(), sha256)) {
    return fail(ErrorCode::kChanged, "a file is another than the one that was received");
  }
  return {};
}

core::Result<std::unique_ptr<SealedBytes>> SealedBytes::open(os::Descriptor file,
                                                             const VaultKey& key, ByteView sha256) {
  HEYAN_TRY(const std::uint64_t size, rest_of(file));
  std::array<std::uint8_t, kHeadBytes> head{};
  HEYAN_TRY(const std::size_t count, read_on(file, head));
  if (count != head.size() || !core::as_text(head).starts_with(kMagic)) {
    return std::unexpected(kChanged);
  }
  const auto with = algorithm_in(head);
  if (!with) {
    return fail(ErrorCode::kUnsupported,
                "an encrypted file is of a later version or an algorithm that is not there");
  }
  if (!core::equal(ByteView(head).first(kVaultHeadBytes).last(kVaultKeyIdBytes), key.id(*with))) {
    return fail(ErrorCode::kIo, "an encrypted file needs another key than that of its submission");
  }
  return std::unique_ptr<SealedBytes>(new SealedBytes(
      std::move(file), *with, file_key(*with, key, head, sha256), size - kHeadBytes));
}

core::Result<Bytes> SealedBytes::next() {
  if (ended_) return Bytes();
  const bool last = left_bytes_ <= kSealedPieceBytes;
  Bytes sealed(last ? left_bytes_ : kSealedPieceBytes);
  HEYAN_TRY(const std::size_t count, read_on(file_, sealed));
  if (count != sealed.size()) return std::unexpected(kChanged);
  auto content = crypto::open_with(with_, key_, nonce_of(number_, last), {}, sealed);
  if (!content) return std::unexpected(kChanged);
  left_bytes_ -= count;
  ++number_;
  ended_ = last;
  return *std::move(content);
}

}  // namespace heyan::store
