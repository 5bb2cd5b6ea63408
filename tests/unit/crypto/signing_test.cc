#include "verifier/crypto/signing.h"

#include <gtest/gtest.h>

#include "tests/unit/crypto/issuer.h"
#include "tests/unit/crypto/vectors.h"
#include "verifier/crypto/pem.h"

namespace heyan::crypto {
namespace {

using test::at;
using test::flipped;

struct Kind {
  KeyAlgorithm algorithm;
  Scheme scheme;
};

class Signing : public testing::TestWithParam<Kind> {
 protected:
  SignatureOutcome verify(const PublicKey& key, const Scheme& scheme, core::ByteView message,
                          core::ByteView signature) {
    return checker_.verify(key, scheme, message, signature);
  }

  const SigningKey key_ = SigningKey::generate(GetParam().algorithm).value();
  const core::Bytes message_ = core::to_bytes("0123456789abcdef0123456789abcdef");
  SignatureChecker checker_{production_engines(), {}};
};

TEST_P(Signing, BothLibrariesAcceptWhatWasSigned) {
  for (int i = 0; i < 8; ++i) {
    const auto signature = key_.sign(GetParam().scheme, message_);
    ASSERT_TRUE(signature);
    EXPECT_EQ(verify(key_.public_key(), GetParam().scheme, message_, *signature),
              SignatureOutcome::kValid);
    EXPECT_EQ(verify(key_.public_key(), GetParam().scheme, flipped(message_, 3), *signature),
              SignatureOutcome::kInvalid);
    EXPECT_EQ(verify(key_.public_key(), GetParam().scheme, message_, flipped(*signature, 100)),
              SignatureOutcome::kInvalid);
  }
}

TEST_P(Signing, AnotherKeyDidNotSign) {
  const SigningKey other = SigningKey::generate(GetParam().algorithm).value();
  EXPECT_FALSE(other.public_key() == key_.public_key());
  EXPECT_EQ(verify(other.public_key(), GetParam().scheme, message_,
                   *key_.sign(GetParam().scheme, message_)),
            SignatureOutcome::kInvalid);
}

TEST_P(Signing, PemRoundTrip) {
  const auto again = SigningKey::from_pem(key_.to_pem());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->public_key(), key_.public_key());
  EXPECT_EQ(again->to_pem(), key_.to_pem());
  EXPECT_EQ(verify(key_.public_key(), GetParam().scheme, message_,
                   *again->sign(GetParam().scheme, message_)),
            SignatureOutcome::kValid);
}

TEST_P(Signing, SelfSignedCertificate) {
  const auto certificate =
      key_.self_signed("核验报告签名", at("2026-01-01T00:00:00Z"), at("2056-01-01T00:00:00Z"));
  ASSERT_TRUE(certificate);
  EXPECT_EQ(certificate->key(), key_.public_key());
  EXPECT_EQ(certificate->subject_values("CN"), std::vector<std::string>{"核验报告签名"});
  EXPECT_EQ(certificate->not_before(), at("2026-01-01T00:00:00Z"));
  EXPECT_EQ(certificate->not_after(), at("2056-01-01T00:00:00Z"));
  EXPECT_FALSE(certificate->is_ca());
  EXPECT_EQ(certificate->verify_signed_by(*certificate, checker_), SignatureOutcome::kValid);
}

TEST_P(Signing, SchemesOfOtherKeysAreRefused) {
  for (const auto kind : {SignatureKind::kEcdsa, SignatureKind::kRsaPkcs1, SignatureKind::kRsaPss,
                          SignatureKind::kEd25519, SignatureKind::kSm2, SignatureKind::kSm2Raw}) {
    const bool raw_of_sm2 =
        kind == SignatureKind::kSm2Raw && GetParam().algorithm == KeyAlgorithm::kSm2;
    const bool own = kind == GetParam().scheme.kind || raw_of_sm2 ||
                     (kind == SignatureKind::kSm2 && GetParam().algorithm == KeyAlgorithm::kSm2);
    EXPECT_EQ(key_.sign({.kind = kind}, message_).has_value(), own);
  }
}

constexpr auto kRs = SignatureEncoding::kRs;
INSTANTIATE_TEST_SUITE_P(
    Kinds, Signing,
    testing::Values(Kind{KeyAlgorithm::kEcdsaP256, {}},
                    Kind{KeyAlgorithm::kEcdsaP256, {.encoding = kRs}},
                    Kind{KeyAlgorithm::kEcdsaP256, {.low_s = true}},
                    Kind{KeyAlgorithm::kEd25519, {.kind = SignatureKind::kEd25519}},
                    Kind{KeyAlgorithm::kSm2, {.kind = SignatureKind::kSm2, .hash = Hash::kSm3}},
                    Kind{KeyAlgorithm::kSm2,
                         {.kind = SignatureKind::kSm2, .hash = Hash::kSm3, .encoding = kRs}},
                    Kind{KeyAlgorithm::kSm2, {.kind = SignatureKind::kSm2, .hash = Hash::kSha256}},
                    Kind{KeyAlgorithm::kSm2,
                         {.kind = SignatureKind::kSm2, .hash = Hash::kSm3, .sm2_user_id = ""}},
                    Kind{KeyAlgorithm::kSm2,
                         {.kind = SignatureKind::kSm2, .hash = Hash::kSm3, .sm2_user_id = "a,b"}},
                    Kind{KeyAlgorithm::kSm2, {.kind = SignatureKind::kSm2Raw}}));

TEST(SigningKeys, LowSIsMadeWhereAsked) {
  const SigningKey key = SigningKey::generate(KeyAlgorithm::kEcdsaP256).value();
  for (int i = 0; i < 32; ++i) {
    const auto signature = key.sign({.encoding = kRs, .low_s = true}, core::as_bytes("m"));
    ASSERT_TRUE(signature);
    EXPECT_LT(signature->at(32), 0x80) << i;
  }
}

TEST(SigningKeys, OthersAreNotGenerated) {
  for (const auto algorithm :
       {KeyAlgorithm::kRsa, KeyAlgorithm::kEcdsaP384, KeyAlgorithm::kSecp256k1}) {
    EXPECT_FALSE(SigningKey::generate(algorithm));
  }
}

TEST(SigningKeys, BadPem) {
  const std::string pem = SigningKey::generate(KeyAlgorithm::kEcdsaP256).value().to_pem();
  EXPECT_FALSE(SigningKey::from_pem(""));
  EXPECT_FALSE(SigningKey::from_pem(pem + pem));
  EXPECT_FALSE(SigningKey::from_pem("x" + pem));
  core::Bytes der = *read_pem(pem, "PRIVATE KEY");
  der.push_back(0);
  EXPECT_FALSE(SigningKey::from_pem(write_pem(der, "PRIVATE KEY")));
  der.resize(der.size() - 9);
  EXPECT_FALSE(SigningKey::from_pem(write_pem(der, "PRIVATE KEY")));
}

TEST(RandomBytes, AreOfTheSizeAndDiffer) {
  EXPECT_EQ(random_bytes(32).size(), 32u);
  EXPECT_TRUE(random_bytes(0).empty());
  EXPECT_NE(random_bytes(32), random_bytes(32));
}

}  // namespace
}  // namespace heyan::crypto
