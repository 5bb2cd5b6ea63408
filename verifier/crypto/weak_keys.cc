#include "verifier/crypto/weak_keys.h"

namespace heyan::crypto {
namespace {

constexpr std::size_t kMostBits = 2047;

}  // namespace

core::Result<Certificate> read_weak_certificate(core::ByteView der, core::Limits limits) {
  limits.rsa_bits = kMostBits;
  auto certificate = Certificate::from_der(der, limits);
  if (certificate && !is_weak(certificate->key())) {
    return core::fail(core::ErrorCode::kLimit, "not a weak key");
  }
  return certificate;
}

bool is_weak(const PublicKey& key) {
  return key.algorithm() == KeyAlgorithm::kRsa && key.bits() <= kMostBits;
}

bool is_weak(Hash hash) { return hash == Hash::kMd5 || hash == Hash::kSha1; }

}  // namespace heyan::crypto
