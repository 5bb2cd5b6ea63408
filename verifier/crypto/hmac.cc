#include "verifier/crypto/hmac.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cstdlib>

namespace heyan::crypto {
namespace {

core::Bytes hmac(const EVP_MD* hash, core::ByteView key, core::ByteView message) {
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> mac{};
  unsigned int size = 0;
  // Fails where memory or the library itself is missing: then nothing can go on.
  if (HMAC(hash, key.data(), static_cast<int>(key.size()), message.data(), message.size(),
           mac.data(), &size) == nullptr) {
    std::abort();
  }
  return core::to_bytes(core::ByteView(mac).first(size));
}

constexpr std::size_t kBlock = 64;  // of SHA-256

// The key on one block, each octet with `pad` (RFC 2104, section 2).
core::Bytes padded(core::ByteView key, std::uint8_t pad) {
  core::Bytes block(kBlock, pad);
  for (std::size_t i = 0; i < key.size(); ++i) block[i] ^= key[i];
  return block;
}

}  // namespace

core::Bytes hmac_sha256(core::ByteView key, core::ByteView message) {
  return hmac(EVP_sha256(), key, message);
}

core::Bytes hmac_sha1(core::ByteView key, core::ByteView message) {
  return hmac(EVP_sha1(), key, message);
}

std::optional<core::Bytes> hmac_sha256(core::ByteView key, core::ByteView message,
                                       SignatureChecker& checker) {
  const auto digest = [&](core::ByteView start, core::ByteView rest) {
    return checker.digest(Hash::kSha256, std::array<core::ByteView, 2>{start, rest});
  };
  const auto short_key =
      key.size() > kBlock ? checker.digest(Hash::kSha256, key) : std::optional(core::to_bytes(key));
  if (!short_key) return std::nullopt;
  const auto inner = digest(padded(*short_key, 0x36), message);
  return inner ? digest(padded(*short_key, 0x5c), *inner) : std::nullopt;
}

}  // namespace heyan::crypto
