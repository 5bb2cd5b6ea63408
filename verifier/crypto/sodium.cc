#include <sodium.h>

#include "verifier/crypto/handles.h"

namespace heyan::crypto {

// Neither function needs sodium_init(): that only selects faster code and seeds the generator.

bool sodium_accepts_point(core::ByteView point) {
  return point.size() == crypto_core_ed25519_BYTES &&
         crypto_core_ed25519_is_valid_point(point.data()) == 1;
}

bool sodium_verify(core::ByteView point, core::ByteView message, core::ByteView signature) {
  return point.size() == crypto_sign_PUBLICKEYBYTES && signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(signature.data(), message.data(), message.size(),
                                     point.data()) == 0;
}

}  // namespace heyan::crypto
