#include "gateway/store/sealed_object.h"

#include <unistd.h>

#include <array>

#include "verifier/crypto/digest.h"

namespace heyan::store {
namespace {

using core::ErrorCode;

constexpr core::Error kChanged{ErrorCode::kChanged, "an object of the vault was changed"};

core::Result<ObjectMeasure> measure(const os::Descriptor& file) {
  if (::lseek(file.get(), 0, SEEK_SET) != 0)
    return core::fail(ErrorCode::kIo, "a temporary file cannot be read");
  const auto hasher = crypto::openssl_hasher(crypto::Hash::kSha256);
  ObjectMeasure measured;
  core::Bytes piece(StoredBytes::kPieceBytes);
  while (true) {
    HEYAN_TRY(const std::size_t count, read_on(file, piece));
    hasher->update(core::ByteView(piece).first(count));
    measured.size += count;
    if (count < piece.size()) break;
  }
  measured.sha256 = hasher->finish();
  return measured;
}

}  // namespace

core::Result<ObjectKey> draw_object_key(crypto::Aead with, const VaultKeyRing& keys,
                                        const VaultOwner& owner) {
  HEYAN_TRY(VaultKey key, VaultKey::draw());
  const VaultKey court = keys.in_use().of_court(with, court_folder(owner.court));
  HEYAN_TRY(core::Bytes wrapped, court.wrap(with, key, of_case(owner.submission)));
  return ObjectKey{.with = with, .key = std::move(key), .wrapped = std::move(wrapped)};
}

core::Result<ObjectMeasure> seal_object(const os::Descriptor& from, const os::Descriptor& to,
                                        const ObjectKey& key, core::ByteView sha256) {
  HEYAN_CHECK_OK(write_on(to, key.wrapped));
  HEYAN_CHECK_OK(seal_file(from, to, key.with, key.key, sha256));
  return measure(to);
}

core::Result<std::unique_ptr<SealedBytes>> open_object(os::Descriptor file,
                                                       const VaultKeyRing& keys,
                                                       const VaultOwner& owner,
                                                       core::ByteView sha256) {
  std::array<std::uint8_t, kWrappedKeyBytes> wrapped{};
  HEYAN_TRY(const std::size_t count, read_on(file, wrapped));
  if (count != wrapped.size()) return std::unexpected(kChanged);
  const auto key =
      keys.unwrap_of_court(court_folder(owner.court), wrapped, of_case(owner.submission));
  if (key) return SealedBytes::open(std::move(file), *key, sha256);
  switch (key.error().code) {
    case ErrorCode::kChanged:
    case ErrorCode::kMalformed:
      return std::unexpected(kChanged);
    case ErrorCode::kNotFound:  // with an earlier key file it can be read
      return core::fail(ErrorCode::kIo, key.error().text);
    default:
      return std::unexpected(key.error());
  }
}

}  // namespace heyan::store
