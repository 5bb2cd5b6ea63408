#include "verifier/crypto/es256.h"

#include <gtest/gtest.h>

#include "verifier/crypto/signing.h"

namespace heyan::crypto {
namespace {

const Scheme kScheme{
    .kind = SignatureKind::kEcdsa, .hash = Hash::kSha256, .encoding = SignatureEncoding::kRs};

class Es256Test : public testing::Test {
 protected:
  SigningKey key_ = SigningKey::generate(KeyAlgorithm::kEcdsaP256).value();
  core::Bytes message_ = core::to_bytes(core::as_bytes("header.payload"));
  core::Bytes signature_ = key_.sign(kScheme, message_).value();
  Es256Verifier verifier_ = Es256Verifier::from_point(key_.public_key().point()).value();
};

TEST_F(Es256Test, WhatTheKeySignedVerifies) { EXPECT_TRUE(verifier_.verify(message_, signature_)); }

TEST_F(Es256Test, NothingElseDoes) {
  core::Bytes other = message_;
  other[3] ^= 1;
  EXPECT_FALSE(verifier_.verify(other, signature_));
  for (std::size_t at = 0; at < signature_.size(); ++at) {
    core::Bytes changed = signature_;
    changed[at] ^= 1;
    EXPECT_FALSE(verifier_.verify(message_, changed)) << at;
  }
  EXPECT_FALSE(verifier_.verify(message_, core::Bytes(64, 0)));
  EXPECT_FALSE(verifier_.verify(message_, core::ByteView(signature_).first(63)));
  EXPECT_FALSE(verifier_.verify(message_, {}));
  const auto stranger = SigningKey::generate(KeyAlgorithm::kEcdsaP256).value();
  EXPECT_FALSE(Es256Verifier::from_point(stranger.public_key().point())
                   .value()
                   .verify(message_, signature_));
}

TEST_F(Es256Test, APointIsOneOfTheCurve) {
  core::Bytes point = core::to_bytes(key_.public_key().point());
  EXPECT_FALSE(Es256Verifier::from_point(core::ByteView(point).first(33)).has_value());
  EXPECT_FALSE(Es256Verifier::from_point({}).has_value());
  point[0] = 0x06;
  EXPECT_FALSE(Es256Verifier::from_point(point).has_value());
  point[0] = 0x04;
  point[64] ^= 1;
  EXPECT_FALSE(Es256Verifier::from_point(point).has_value());
  EXPECT_FALSE(Es256Verifier::from_point(
                   SigningKey::generate(KeyAlgorithm::kSm2).value().public_key().point())
                   .has_value());
}

}  // namespace
}  // namespace heyan::crypto
