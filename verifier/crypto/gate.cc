#include "verifier/crypto/gate.h"

#include <algorithm>
#include <array>
#include <span>

#include "verifier/crypto/curve.h"
#include "verifier/crypto/der.h"

namespace heyan::crypto {
namespace {

using core::Bytes;
using core::ByteView;

constexpr std::size_t kDigestBytes = 32;       // of SM2's e
constexpr std::size_t kSm2UserIdBytes = 8191;  // ENTL counts bits in 16 bits
constexpr std::size_t kEd25519Half = 32;

// The order L of edwards25519's prime subgroup, and the field prime, little-endian as on the wire
// (RFC 8032 5.1).
constexpr std::array<std::uint8_t, 32> kEd25519Order = {
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x10};
constexpr std::array<std::uint8_t, 32> kEd25519Prime = {
    0xed, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f};

// y of the eight points whose order divides 8 (the sign of x makes eight of five).
constexpr std::array<std::array<std::uint8_t, 32>, 5> kSmallOrderY = {{
    {0x00},
    {0x01},
    {0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
    {0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4,
     0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6,
     0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05},
    {0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b,
     0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39,
     0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a},
}};

bool is_zero(ByteView number) {
  return std::ranges::all_of(number, [](std::uint8_t octet) { return octet == 0; });
}

// Both big-endian and of one length.
bool less(ByteView a, ByteView b) { return std::ranges::lexicographical_compare(a, b); }

// Both little-endian and of one length.
bool less_little_endian(ByteView a, ByteView b) {
  return std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend());
}

// r + s == n, without wrapping: the case t = 0 of GB/T 32918.2 7.1 B5.
bool sums_to(ByteView r, ByteView s, ByteView n) {
  unsigned carry = 0;
  for (std::size_t i = n.size(); i-- > 0;) {
    const unsigned sum = r[i] + s[i] + carry;
    if ((sum & 0xff) != n[i]) return false;
    carry = sum >> 8;
  }
  return carry == 0;
}

bool signable(Hash hash) { return hash != Hash::kMd5 && hash != Hash::kSha1; }

std::optional<Bytes> pass_curve(const Curve& curve, const Scheme& scheme, ByteView signature) {
  std::optional<Bytes> rs;
  if (scheme.encoding == SignatureEncoding::kDer) {
    rs = from_der_signature(signature, curve.bytes);
  } else if (signature.size() == 2 * curve.bytes) {
    rs = core::to_bytes(signature);
  }
  if (!rs) return std::nullopt;
  const ByteView r = ByteView(*rs).first(curve.bytes);
  const ByteView s = ByteView(*rs).last(curve.bytes);
  const bool in_range = !is_zero(r) && !is_zero(s) && less(r, curve.order) && less(s, curve.order);
  if (!in_range) return std::nullopt;
  if (scheme.low_s && less(curve.half_order, s)) return std::nullopt;
  if (curve.algorithm == KeyAlgorithm::kSm2 && sums_to(r, s, curve.order)) return std::nullopt;
  return rs;
}

std::optional<Bytes> pass_rsa(const PublicKey::Handles& key, const Scheme& scheme,
                              ByteView signature) {
  // RFC 8017 has no object identifier for SM3, and SHA-1 is no basis for a signature.
  if (!signable(scheme.hash) || scheme.hash == Hash::kSm3) return std::nullopt;
  if (key.pss_only && scheme.kind != SignatureKind::kRsaPss) return std::nullopt;
  const Bytes& modulus = key.rsa.modulus;
  if (signature.size() != modulus.size() || !less(signature, modulus)) return std::nullopt;
  return core::to_bytes(signature);
}

// Canonical (y < p) and not of small order, whatever the sign bit.
bool good_point(ByteView point) {
  std::array<std::uint8_t, kEd25519Half> y;
  std::ranges::copy(point, y.begin());
  y.back() &= 0x7f;
  return less_little_endian(y, kEd25519Prime) &&
         std::ranges::none_of(kSmallOrderY, [&](const auto& small) { return small == y; });
}

std::optional<Bytes> pass_ed25519(const PublicKey::Handles& key, ByteView signature) {
  if (signature.size() != 2 * kEd25519Half) return std::nullopt;
  const bool good = good_point(key.point) && good_point(signature.first(kEd25519Half)) &&
                    less_little_endian(signature.last(kEd25519Half), kEd25519Order);
  if (!good) return std::nullopt;
  return core::to_bytes(signature);
}

std::optional<Bytes> pass_sm2(const PublicKey::Handles& key, const Scheme& scheme, ByteView message,
                              ByteView signature) {
  if (key.algorithm != KeyAlgorithm::kSm2) return std::nullopt;
  if (scheme.kind == SignatureKind::kSm2Raw) {
    if (message.size() != kDigestBytes) return std::nullopt;
  } else if ((scheme.hash != Hash::kSm3 && scheme.hash != Hash::kSha256) ||
             scheme.sm2_user_id.size() > kSm2UserIdBytes) {
    return std::nullopt;
  }
  return pass_curve(*curve_of(key.algorithm), scheme, signature);
}

void put_der_integer(ByteView number, Bytes& out) {
  while (number.size() > 1 && number.front() == 0) number = number.subspan(1);
  const bool pad = (number.front() & 0x80) != 0;
  out.push_back(der::kInteger);
  out.push_back(static_cast<std::uint8_t>(number.size() + (pad ? 1 : 0)));
  if (pad) out.push_back(0);
  out.insert(out.end(), number.begin(), number.end());
}

bool copy_right_aligned(core::Result<DerValue> integer, std::span<std::uint8_t> out) {
  if (!integer) return false;
  const auto number = der_unsigned(integer->content);
  if (!number || number->size() > out.size()) return false;
  std::ranges::copy(*number, out.last(number->size()).begin());
  return true;
}

}  // namespace

std::optional<Bytes> pass_gate(const PublicKey::Handles& key, const Scheme& scheme,
                               ByteView message, ByteView signature) {
  switch (scheme.kind) {
    case SignatureKind::kEcdsa: {
      const Curve* curve = curve_of(key.algorithm);
      if (curve == nullptr || key.algorithm == KeyAlgorithm::kSm2 || !signable(scheme.hash)) {
        return std::nullopt;
      }
      return pass_curve(*curve, scheme, signature);
    }
    case SignatureKind::kEcdsaRaw: {
      const Curve* curve = curve_of(key.algorithm);
      if (curve == nullptr || key.algorithm == KeyAlgorithm::kSm2) return std::nullopt;
      if (message.size() != kDigestBytes) return std::nullopt;
      return pass_curve(*curve, scheme, signature);
    }
    case SignatureKind::kRsaPkcs1:
    case SignatureKind::kRsaPss:
      if (key.algorithm != KeyAlgorithm::kRsa) return std::nullopt;
      return pass_rsa(key, scheme, signature);
    case SignatureKind::kEd25519:
      if (key.algorithm != KeyAlgorithm::kEd25519) return std::nullopt;
      return pass_ed25519(key, signature);
    case SignatureKind::kSm2:
    case SignatureKind::kSm2Raw:
      return pass_sm2(key, scheme, message, signature);
  }
  return std::nullopt;
}

Bytes to_der_signature(ByteView rs) {
  Bytes numbers;
  numbers.reserve(rs.size() + 6);
  put_der_integer(rs.first(rs.size() / 2), numbers);
  put_der_integer(rs.last(rs.size() / 2), numbers);
  // Two integers of at most 49 octets stay below 128: one length octet.
  Bytes der = {der::kSequence, static_cast<std::uint8_t>(numbers.size())};
  der.insert(der.end(), numbers.begin(), numbers.end());
  return der;
}

std::optional<Bytes> from_der_signature(ByteView der, std::size_t bytes) {
  DerReader outer(der);
  const auto sequence = outer.next(der::kSequence);
  if (!sequence || !outer.at_end()) return std::nullopt;
  DerReader reader(sequence->content);
  Bytes rs(2 * bytes);
  const std::span<std::uint8_t> out(rs);
  if (!copy_right_aligned(reader.next(der::kInteger), out.first(bytes)) ||
      !copy_right_aligned(reader.next(der::kInteger), out.last(bytes)) || !reader.at_end()) {
    return std::nullopt;
  }
  return rs;
}

}  // namespace heyan::crypto
