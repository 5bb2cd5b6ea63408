#include "gateway/accounts/random.h"

#include <sodium.h>

#include <cstdlib>

#include "verifier/crypto/digest.h"

namespace heyan::accounts {

core::Bytes random_bytes(std::size_t count) {
  if (sodium_init() < 0) std::abort();  // there is no randomness: nothing can go on
  core::Bytes bytes(count);
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string pkce_challenge(std::string_view verifier) {
  return core::to_base64url(crypto::sha256(core::as_bytes(verifier)));
}

}  // namespace heyan::accounts
