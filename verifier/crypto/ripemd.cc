#include "verifier/crypto/ripemd.h"

#include <botan/hash.h>
#include <openssl/evp.h>

#include <cstdlib>

namespace heyan::crypto {
namespace {

constexpr std::size_t kDigestBytes = 20;

// An installation without this digest: never go on with one library.
void require(bool ok) {
  if (!ok) std::abort();
}

core::Bytes by_openssl(core::ByteView bytes) {
  static const EVP_MD* const kFetched = EVP_MD_fetch(nullptr, "RIPEMD160", nullptr);
  core::Bytes digest(kDigestBytes);
  require(kFetched != nullptr &&
          EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, kFetched, nullptr) == 1);
  return digest;
}

core::Bytes by_botan(core::ByteView bytes) {
  const auto hash = Botan::HashFunction::create("RIPEMD-160");
  require(hash != nullptr && hash->output_length() == kDigestBytes);
  hash->update(bytes.data(), bytes.size());
  core::Bytes digest(kDigestBytes);
  hash->final(digest.data());
  return digest;
}

}  // namespace

std::optional<core::Bytes> ripemd_160(core::ByteView bytes) {
  core::Bytes digest = by_openssl(bytes);
  if (digest != by_botan(bytes)) return std::nullopt;
  return digest;
}

}  // namespace heyan::crypto
