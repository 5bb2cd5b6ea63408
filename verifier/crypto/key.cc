#include "verifier/crypto/key.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>

#include "verifier/crypto/curve.h"
#include "verifier/crypto/der.h"
#include "verifier/crypto/digest.h"
#include "verifier/crypto/handles.h"
#include "verifier/crypto/pem.h"

namespace heyan::crypto {
namespace {

using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;
using HandlesPtr = std::shared_ptr<const PublicKey::Handles>;

constexpr std::array<std::string_view, 6> kNames = {"ecdsa-p256", "ecdsa-p384", "secp256k1",
                                                    "rsa",        "ed25519",    "sm2"};
constexpr std::array kCurveKeys = {KeyAlgorithm::kEcdsaP256, KeyAlgorithm::kEcdsaP384,
                                   KeyAlgorithm::kSecp256k1, KeyAlgorithm::kSm2};
constexpr std::size_t kEd25519Bytes = 32;
constexpr std::size_t kRsaLeastBits = 2048;
constexpr std::size_t kRsaWeakBits = 1024;
constexpr std::size_t kSpkiBytes = 4096;

// AlgorithmIdentifier { rsaEncryption, NULL } (RFC 8017 A.1).
// id-RSASSA-PSS without parameters (RFC 4055 1.2): a key for PSS alone, under any of its
// parameters.
constexpr std::array<std::uint8_t, 13> kRsaPssAlgorithm = {0x30, 0x0b, 0x06, 0x09, 0x2a, 0x86, 0x48,
                                                           0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a};
constexpr std::array<std::uint8_t, 15> kRsaAlgorithm = {
    0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00};

bool starts_with(ByteView bytes, ByteView prefix) {
  return bytes.size() >= prefix.size() && core::equal(bytes.first(prefix.size()), prefix);
}

core::Bytes joined(ByteView a, ByteView b) {
  core::Bytes bytes = core::to_bytes(a);
  bytes.insert(bytes.end(), b.begin(), b.end());
  return bytes;
}

std::size_t bit_length(ByteView magnitude) {
  return magnitude.size() * 8 - static_cast<std::size_t>(std::countl_zero(magnitude.front()));
}

// Both libraries read the key, or nobody does.
Result<HandlesPtr> finish(PublicKey::Handles handles) {
  handles.sha256 = sha256(handles.spki);
  handles.openssl = openssl_key(handles);
  if (!handles.openssl) return fail(ErrorCode::kMalformed, "public key refused by OpenSSL");
  if (handles.algorithm != KeyAlgorithm::kEd25519) {
    handles.botan = botan_key(handles);
    if (!handles.botan) return fail(ErrorCode::kMalformed, "public key refused by Botan");
  }
  return std::make_shared<const PublicKey::Handles>(std::move(handles));
}

Result<HandlesPtr> curve_key(const Curve& curve, ByteView point) {
  if (point.size() != 1 + 2 * curve.bytes || point[0] != 0x04) {
    return fail(ErrorCode::kMalformed, "point is not uncompressed and of the curve's length");
  }
  PublicKey::Handles handles;
  handles.algorithm = curve.algorithm;
  handles.spki = joined(curve.spki_prefix, point);
  handles.point = core::to_bytes(point);
  handles.bits = curve.bytes * 8;
  return finish(std::move(handles));
}

Result<HandlesPtr> ed25519_key(ByteView point) {
  if (point.size() != kEd25519Bytes || !sodium_accepts_point(point)) {
    return fail(ErrorCode::kMalformed, "Ed25519 point is not canonical and of prime order");
  }
  PublicKey::Handles handles;
  handles.algorithm = KeyAlgorithm::kEd25519;
  handles.spki = joined(ed25519_spki_prefix(), point);
  handles.point = core::to_bytes(point);
  handles.bits = 253;
  return finish(std::move(handles));
}

Result<RsaNumbers> read_rsa_numbers(ByteView der) {
  DerReader outer(der);
  HEYAN_TRY(const DerValue sequence, outer.next(der::kSequence));
  HEYAN_CHECK_OK(outer.expect_end());
  DerReader reader(sequence.content);
  HEYAN_TRY(const DerValue modulus, reader.next(der::kInteger));
  HEYAN_TRY(const DerValue exponent, reader.next(der::kInteger));
  HEYAN_CHECK_OK(reader.expect_end());
  HEYAN_TRY(const ByteView n, der_unsigned(modulus.content));
  HEYAN_TRY(const ByteView e, der_unsigned(exponent.content));
  return RsaNumbers{core::to_bytes(n), core::to_bytes(e)};
}

Result<void> check_rsa_numbers(const RsaNumbers& rsa, const core::Limits& limits) {
  const std::size_t bits = bit_length(rsa.modulus);
  // Nobody gets a weak key who did not ask for nothing else: weak_keys.h.
  const std::size_t least = limits.rsa_bits < kRsaLeastBits ? kRsaWeakBits : kRsaLeastBits;
  if (bits < least) return fail(ErrorCode::kUnsupported, "RSA modulus below 2048 bits");
  if (bits > limits.rsa_bits) return fail(ErrorCode::kLimit, "RSA modulus too long");
  if (rsa.modulus.back() % 2 == 0) return fail(ErrorCode::kMalformed, "RSA modulus is even");
  if (rsa.exponent.size() > 8) return fail(ErrorCode::kLimit, "RSA exponent too large");
  std::uint64_t exponent = 0;
  for (const std::uint8_t octet : rsa.exponent) exponent = exponent << 8 | octet;
  if (exponent > limits.rsa_exponent) return fail(ErrorCode::kLimit, "RSA exponent too large");
  if (exponent < 3 || exponent % 2 == 0) {
    return fail(ErrorCode::kMalformed, "RSA exponent is even or below 3");
  }
  return {};
}

Result<HandlesPtr> rsa_key(ByteView spki, const core::Limits& limits) {
  DerReader outer(spki);
  HEYAN_TRY(const DerValue info, outer.next(der::kSequence));
  HEYAN_CHECK_OK(outer.expect_end());
  DerReader reader(info.content);
  HEYAN_TRY(const DerValue algorithm, reader.next(der::kSequence));
  const bool pss_only = core::equal(algorithm.whole, kRsaPssAlgorithm);
  if (!pss_only && !core::equal(algorithm.whole, kRsaAlgorithm)) {
    return fail(ErrorCode::kUnsupported, "public key algorithm or curve not supported");
  }
  HEYAN_TRY(const DerValue bits, reader.next(der::kBitString));
  HEYAN_CHECK_OK(reader.expect_end());
  if (bits.content.empty() || bits.content[0] != 0) {
    return fail(ErrorCode::kMalformed, "RSA public key is not whole octets");
  }
  HEYAN_TRY(RsaNumbers rsa, read_rsa_numbers(bits.content.subspan(1)));
  HEYAN_CHECK_OK(check_rsa_numbers(rsa, limits));
  PublicKey::Handles handles;
  handles.algorithm = KeyAlgorithm::kRsa;
  handles.spki = core::to_bytes(spki);
  handles.bits = bit_length(rsa.modulus);
  handles.rsa = std::move(rsa);
  handles.pss_only = pss_only;
  return finish(std::move(handles));
}

Result<HandlesPtr> read_spki(ByteView der, const core::Limits& limits) {
  if (der.size() > kSpkiBytes) return fail(ErrorCode::kLimit, "public key too long");
  // The one canonical encoding of a named-curve key is a constant prefix and the point.
  for (const KeyAlgorithm algorithm : kCurveKeys) {
    const Curve& curve = *curve_of(algorithm);
    if (starts_with(der, curve.spki_prefix)) {
      return curve_key(curve, der.subspan(curve.spki_prefix.size()));
    }
  }
  if (starts_with(der, ed25519_spki_prefix())) {
    return ed25519_key(der.subspan(ed25519_spki_prefix().size()));
  }
  return rsa_key(der, limits);
}

}  // namespace

std::string_view name(KeyAlgorithm algorithm) {
  return kNames.at(static_cast<std::size_t>(algorithm));
}

std::optional<KeyAlgorithm> key_algorithm_by_name(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<KeyAlgorithm>(i);
  }
  return std::nullopt;
}

Result<PublicKey> PublicKey::from_spki(ByteView der, const core::Limits& limits) {
  HEYAN_TRY(HandlesPtr handles, read_spki(der, limits));
  return PublicKey(std::move(handles));
}

Result<PublicKey> PublicKey::from_pem(std::string_view pem, const core::Limits& limits) {
  HEYAN_TRY(const core::Bytes der, read_pem(pem, "PUBLIC KEY"));
  return from_spki(der, limits);
}

Result<PublicKey> PublicKey::from_point(KeyAlgorithm algorithm, ByteView point) {
  if (algorithm == KeyAlgorithm::kRsa) return fail(ErrorCode::kUnsupported, "RSA has no point");
  const Curve* curve = curve_of(algorithm);
  HEYAN_TRY(HandlesPtr handles, curve != nullptr ? curve_key(*curve, point) : ed25519_key(point));
  return PublicKey(std::move(handles));
}

KeyAlgorithm PublicKey::algorithm() const { return handles_->algorithm; }
ByteView PublicKey::spki() const { return handles_->spki; }
ByteView PublicKey::sha256() const { return handles_->sha256; }
ByteView PublicKey::point() const { return handles_->point; }
std::size_t PublicKey::bits() const { return handles_->bits; }

bool PublicKey::operator==(const PublicKey& other) const {
  return handles_ == other.handles_ || handles_->spki == other.handles_->spki;
}

}  // namespace heyan::crypto
