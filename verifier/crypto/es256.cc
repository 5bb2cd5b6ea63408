#include "verifier/crypto/es256.h"

#include "verifier/crypto/gate.h"
#include "verifier/crypto/handles.h"

namespace heyan::crypto {
namespace {

constexpr std::size_t kPointBytes = 65;
constexpr std::uint8_t kUncompressed = 0x04;

Scheme scheme() {
  return {.kind = SignatureKind::kEcdsa, .hash = Hash::kSha256, .encoding = SignatureEncoding::kRs};
}

}  // namespace

core::Result<Es256Verifier> Es256Verifier::from_point(core::ByteView point) {
  PublicKey::Handles key;
  key.algorithm = KeyAlgorithm::kEcdsaP256;
  key.point = core::to_bytes(point);
  if (point.size() == kPointBytes && point[0] == kUncompressed) key.openssl = openssl_key(key);
  if (!key.openssl) return core::fail(core::ErrorCode::kMalformed, "that is no key of P-256");
  return Es256Verifier(std::make_shared<const PublicKey::Handles>(std::move(key)));
}

bool Es256Verifier::verify(core::ByteView message, core::ByteView signature) const {
  const auto passed = pass_gate(*key_, scheme(), message, signature);
  return passed && openssl_verify(*key_, scheme(), message, *passed);
}

}  // namespace heyan::crypto
