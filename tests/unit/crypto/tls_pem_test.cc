// TLS files: what a server could not begin with is refused beforehand, and it is said why.
#include "verifier/crypto/tls_pem.h"

#include <gmock/gmock.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <algorithm>

#include "tests/unit/crypto/issuer.h"
#include "verifier/crypto/openssl.h"
#include "verifier/crypto/pem.h"

namespace heyan::crypto {
namespace {

using core::ErrorCode;
using ::testing::HasSubstr;

using BioPtr = std::unique_ptr<BIO, OpensslFree<BIO_free_all>>;

class TlsPemTest : public ::testing::Test {
 protected:
  static std::string certificate_of(const SigningKey& key) {
    return write_pem(test::issue_der({}, key, key), "CERTIFICATE");
  }
  static void expect(const core::Result<void>& refused, const char* text) {
    ASSERT_FALSE(refused.has_value()) << text;
    EXPECT_EQ(refused.error().code, ErrorCode::kMalformed);
    EXPECT_THAT(std::string(refused.error().text), HasSubstr(text));
  }

  SigningKey key_ = *SigningKey::generate(KeyAlgorithm::kEcdsaP256);
  SigningKey other_ = *SigningKey::generate(KeyAlgorithm::kEcdsaP256);
  std::string certificate_ = certificate_of(key_);
  std::string issuer_ = certificate_of(other_);
};

TEST_F(TlsPemTest, CertificatesAreOneOrMoreWithAnyTextBetween) {
  for (const std::string& text :
       {certificate_, certificate_ + issuer_, "Server\n" + certificate_ + "\nCA\n" + issuer_}) {
    EXPECT_TRUE(check_tls_certificates(text).has_value()) << text;
  }
  std::string broken = issuer_;
  broken[broken.size() / 2] = '!';
  for (const std::string& text : {std::string(), std::string("none"), key_.to_pem(), broken,
                                  certificate_ + broken, certificate_.substr(0, 200)}) {
    expect(check_tls_certificates(text), "certificates in PEM");
  }
}

TEST_F(TlsPemTest, AKeyIsThatOfTheFirstCertificate) {
  EXPECT_TRUE(check_tls_identity(certificate_, key_.to_pem()).has_value());
  EXPECT_TRUE(check_tls_identity(certificate_ + issuer_, key_.to_pem()).has_value());
  expect(check_tls_identity(certificate_, other_.to_pem()), "do not fit");
  expect(check_tls_identity(issuer_ + certificate_, key_.to_pem()), "do not fit");
  expect(check_tls_identity(certificate_, certificate_), "private key in PEM");
  expect(check_tls_identity(certificate_, ""), "private key in PEM");
  expect(check_tls_identity("", key_.to_pem()), "certificates in PEM");
}

// One with a password is no file that a service can begin with; nobody is asked for it.
TEST_F(TlsPemTest, AnEncryptedKeyIsNone) {
  const std::string plain = key_.to_pem();
  const BioPtr in(BIO_new_mem_buf(plain.data(), static_cast<int>(plain.size())));
  const KeyPtr key(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr));
  const BioPtr out(BIO_new(BIO_s_mem()));
  ASSERT_EQ(PEM_write_bio_PKCS8PrivateKey(out.get(), key.get(), EVP_aes_256_cbc(), "password", 8,
                                          nullptr, nullptr),
            1);
  std::string encrypted(4096, '\0');
  const int size = BIO_read(out.get(), encrypted.data(), static_cast<int>(encrypted.size()));
  ASSERT_GT(size, 0);
  encrypted.resize(static_cast<std::size_t>(size));
  ASSERT_THAT(encrypted, HasSubstr("ENCRYPTED"));
  expect(check_tls_identity(certificate_, encrypted), "unencrypted private key");
}

TEST_F(TlsPemTest, AKeyThatIsWeakIsNone) {
  const KeyPtr weak(EVP_RSA_gen(1024));
  ASSERT_NE(weak, nullptr);
  const X509Ptr certificate(X509_new());
  ASSERT_EQ(X509_set_pubkey(certificate.get(), weak.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  ASSERT_GT(X509_sign(certificate.get(), weak.get(), EVP_sha256()), 0);
  const auto written = [](auto* of, auto* write) {
    unsigned char* der = nullptr;
    const int size = write(of, &der);
    const OpensslMemory owner(der);
    return core::Bytes(der, der + std::max(size, 0));
  };
  const std::string pem = write_pem(written(certificate.get(), &i2d_X509), "CERTIFICATE");
  const std::string key = write_pem(written(weak.get(), &i2d_PrivateKey), "RSA PRIVATE KEY");
  expect(check_tls_identity(pem, key), "too weak");
}

}  // namespace
}  // namespace heyan::crypto
