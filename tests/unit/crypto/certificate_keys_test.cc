// The keys of certificates, decoded with few decoders, are those that OpenSSL finds with all of
// its own.
#include "verifier/crypto/certificate_keys.h"

#include <gtest/gtest.h>
#include <openssl/asn1t.h>

#include <algorithm>

#include "tests/unit/crypto/issuer.h"
#include "tests/unit/crypto/vectors.h"
#include "verifier/crypto/openssl.h"

namespace heyan::crypto {
namespace {

X509Ptr read_with(OSSL_LIB_CTX* context, core::ByteView der) {
  const unsigned char* at = der.data();
  return X509Ptr(reinterpret_cast<X509*>(ASN1_item_d2i_ex(
      nullptr, &at, static_cast<long>(der.size()), ASN1_ITEM_rptr(X509), context, nullptr)));
}

void expect_the_same_key(core::ByteView der) {
  ASSERT_NE(certificate_keys(), nullptr);
  const X509Ptr few = read_with(certificate_keys(), der);
  const X509Ptr all = read_with(nullptr, der);
  ASSERT_TRUE(few && all);
  const EVP_PKEY* const key = X509_get0_pubkey(few.get());
  const EVP_PKEY* const expected = X509_get0_pubkey(all.get());
  ASSERT_TRUE(key != nullptr && expected != nullptr);
  EXPECT_STREQ(EVP_PKEY_get0_type_name(key), EVP_PKEY_get0_type_name(expected));
  EXPECT_EQ(EVP_PKEY_eq(key, expected), 1);
}

TEST(CertificateKeys, AreTheSameAsWithAllDecoders) {
  const SigningKey issuer = SigningKey::generate(KeyAlgorithm::kEcdsaP256).value();
  for (const auto algorithm :
       {KeyAlgorithm::kEcdsaP256, KeyAlgorithm::kEd25519, KeyAlgorithm::kSm2}) {
    SCOPED_TRACE(name(algorithm));
    expect_the_same_key(test::issue_der({}, SigningKey::generate(algorithm).value(), issuer));
  }
  SCOPED_TRACE("rsa");
  expect_the_same_key(test::read_file(std::string(HEYAN_VECTORS) + "/crypto/pkits/GoodCACert.crt"));
}

// As with all decoders: the certificate reads, and nobody gets a key from it.
TEST(CertificateKeys, APointOffTheCurveIsNoKey) {
  const SigningKey key = SigningKey::generate(KeyAlgorithm::kEcdsaP256).value();
  core::Bytes der = test::issue_der({}, key, key);
  const core::ByteView point = key.public_key().point();
  const auto place = std::ranges::search(der, point).begin();
  ASSERT_NE(place, der.end());
  place[40] ^= 1;
  for (OSSL_LIB_CTX* const context : {certificate_keys(), static_cast<OSSL_LIB_CTX*>(nullptr)}) {
    const ErrorQueueGuard guard;
    const X509Ptr x509 = read_with(context, der);
    ASSERT_TRUE(x509);
    EXPECT_EQ(X509_get0_pubkey(x509.get()), nullptr);
  }
  EXPECT_FALSE(Certificate::from_der(der).has_value());
}

}  // namespace
}  // namespace heyan::crypto
