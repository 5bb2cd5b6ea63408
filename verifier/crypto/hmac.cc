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

}  // namespace

core::Bytes hmac_sha256(core::ByteView key, core::ByteView message) {
  return hmac(EVP_sha256(), key, message);
}

core::Bytes hmac_sm3(core::ByteView key, core::ByteView message) {
  return hmac(EVP_sm3(), key, message);
}

core::Bytes hmac_sha1(core::ByteView key, core::ByteView message) {
  return hmac(EVP_sha1(), key, message);
}

}  // namespace heyan::crypto
