#include "verifier/crypto/hmac.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cstdlib>

namespace heyan::crypto {

core::Bytes hmac_sha256(core::ByteView key, core::ByteView message) {
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> mac{};
  unsigned int size = 0;
  // Fails where memory or the library itself is missing: then nothing can go on.
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), message.data(), message.size(),
           mac.data(), &size) == nullptr) {
    std::abort();
  }
  return core::to_bytes(core::ByteView(mac).first(size));
}

}  // namespace heyan::crypto
