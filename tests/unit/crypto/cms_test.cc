#include "verifier/crypto/cms.h"

#include <gtest/gtest.h>

#include "verifier/crypto/pem.h"

namespace heyan::crypto {
namespace {

using core::Bytes;

const Bytes kDocument(32, 0xd0);
const Bytes kPayload(32, 0x9a);

SigningKey new_key() { return *SigningKey::generate(KeyAlgorithm::kEcdsaP256); }
Certificate certificate_of(const SigningKey& key) {
  return *key.self_signed("Test court", *core::parse_rfc3339("2026-01-01T00:00:00Z"),
                          *core::parse_rfc3339("2027-01-01T00:00:00Z"));
}

class CmsTest : public ::testing::Test {
 protected:
  core::Result<CmsSignature> read(core::ByteView der) {
    SignatureChecker checker(production_engines(), core::Limits{});
    return verify_cms(der, checker);
  }
  bool holds(core::ByteView der) {
    const auto seal = read(der);
    return seal && seal->outcome == SignatureOutcome::kValid && seal->certificate == certificate_ &&
           seal->document_sha256 == kDocument && seal->payload_sha256 == kPayload;
  }
  SigningKey key_ = new_key();
  Certificate certificate_ = certificate_of(key_);
  Bytes der_ = *sign_cms(key_, certificate_, kDocument, kPayload);
};

TEST_F(CmsTest, WhatWasSignedIsRead) { EXPECT_TRUE(holds(der_)); }

TEST_F(CmsTest, NoBytePassesChanged) {
  for (std::size_t i = 0; i < der_.size(); ++i) {
    for (const std::uint8_t flip : {0x01, 0x20, 0x80}) {
      Bytes changed = der_;
      changed[i] ^= flip;
      EXPECT_FALSE(holds(changed)) << "byte " << i;
    }
  }
}

TEST_F(CmsTest, NothingIsMissingOrBehindIt) {
  for (std::size_t size = 0; size < der_.size(); ++size) {
    EXPECT_FALSE(read(core::ByteView(der_).first(size)).has_value()) << size;
  }
  der_.push_back(0);
  EXPECT_FALSE(read(der_).has_value());
}

TEST_F(CmsTest, AnotherKeyThanTheCertificatesSignsNothing) {
  EXPECT_FALSE(sign_cms(new_key(), certificate_, kDocument, kPayload).has_value());
}

TEST_F(CmsTest, AnotherAlgorithmSignsNothing) {
  const SigningKey sm2 = *SigningKey::generate(KeyAlgorithm::kSm2);
  const auto certificate = certificate_of(sm2);
  EXPECT_FALSE(sign_cms(sm2, certificate, kDocument, kPayload).has_value());
}

TEST_F(CmsTest, DigestsOfAnotherLengthAreRefused) {
  const auto der = sign_cms(key_, certificate_, kDocument, Bytes(31, 1));
  ASSERT_TRUE(der.has_value());
  EXPECT_FALSE(read(*der).has_value());
}

// A key that never leaves its token signs through an interface that takes digests alone.
class Keeper final : public DigestSigner {
 public:
  explicit Keeper(SigningKey key) : key_(std::move(key)) {}
  core::Result<Bytes> sign(core::ByteView digest) const override {
    return key_.sign({.kind = SignatureKind::kEcdsaRaw,
                      .hash = Hash::kSha256,
                      .encoding = SignatureEncoding::kRs},
                     digest);
  }

 private:
  SigningKey key_;
};

TEST_F(CmsTest, AKeyInATokenSealsToo) {
  const auto kept = SigningKey::kept_by(std::make_shared<Keeper>(key_), key_.public_key());
  ASSERT_TRUE(kept.has_value());
  const auto der = sign_cms(*kept, certificate_, kDocument, kPayload);
  ASSERT_TRUE(der.has_value()) << der.error().text;
  EXPECT_TRUE(holds(*der));
}

}  // namespace
}  // namespace heyan::crypto
