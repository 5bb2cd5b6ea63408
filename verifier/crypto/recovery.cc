#include "verifier/crypto/recovery.h"

#include <botan/ecdsa.h>

#include "verifier/crypto/curve.h"

namespace heyan::crypto {

std::optional<core::Bytes> recover_secp256k1(core::ByteView digest, core::ByteView rs,
                                             unsigned recovery_id) {
  const Curve& curve = *curve_of(KeyAlgorithm::kSecp256k1);
  if (digest.size() != curve.bytes || rs.size() != 2 * curve.bytes || recovery_id > 3) {
    return std::nullopt;
  }
  try {
    const Botan::EC_Group group(curve.botan_group);
    const Botan::BigInt r(rs.data(), curve.bytes);
    const Botan::BigInt s(rs.data() + curve.bytes, curve.bytes);
    const Botan::ECDSA_PublicKey key(group, core::to_bytes(digest), r, s,
                                     static_cast<std::uint8_t>(recovery_id));
    const auto point = key.public_point().encode(Botan::PointGFp::UNCOMPRESSED);
    return core::Bytes(point.begin(), point.end());
  } catch (const Botan::Exception&) {
    return std::nullopt;
  }
}

}  // namespace heyan::crypto
