#include "gateway/accounts/random.h"

#include <sodium.h>

#include <cstdlib>

namespace heyan::accounts {

core::Bytes random_bytes(std::size_t count) {
  if (sodium_init() < 0) std::abort();  // there is no randomness: nothing can go on
  core::Bytes bytes(count);
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

}  // namespace heyan::accounts
