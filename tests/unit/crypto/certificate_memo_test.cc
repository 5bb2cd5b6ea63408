#include <gtest/gtest.h>

#include "verifier/crypto/certificate_memo.h"
#include "verifier/crypto/signing.h"

namespace heyan::crypto {
namespace {

std::string pem_of(const Certificate& certificate) {
  return "-----BEGIN CERTIFICATE-----\n" + core::to_base64(certificate.der()).substr(0, 64) + "\n";
}

// What is remembered is the reading of exactly this text; a fault is not remembered as anything
// else.
TEST(CertificateMemo, RemembersTheSameTextOnly) {
  const auto key = SigningKey::generate(KeyAlgorithm::kEcdsaP256);
  ASSERT_TRUE(key.has_value());
  const auto from = *core::parse_rfc3339("2026-01-01T00:00:00Z");
  const auto until = *core::parse_rfc3339("2027-01-01T00:00:00Z");
  const auto certificate = key->self_signed("memo", from, until);
  ASSERT_TRUE(certificate.has_value());
  std::string pem = "-----BEGIN CERTIFICATE-----\n";
  const std::string base64 = core::to_base64(certificate->der());
  for (std::size_t i = 0; i < base64.size(); i += 64) pem += base64.substr(i, 64) + "\n";
  pem += "-----END CERTIFICATE-----\n";
  const core::Limits limits;
  SignatureChecker checker(production_engines(), limits);
  const auto once = Certificate::from_pem_once(pem, checker);
  ASSERT_TRUE(once.has_value());
  EXPECT_EQ(*once, *certificate);
  const auto again = Certificate::from_pem_once(pem, checker);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(&again->parsed(), &once->parsed());
  EXPECT_FALSE(Certificate::from_pem_once(pem_of(*certificate), checker).has_value());
  EXPECT_FALSE(Certificate::from_pem_once(pem_of(*certificate), checker).has_value());
}

// What was read as DER is not taken for PEM because it is known, nor the other way round.
TEST(CertificateMemo, TheSameBytesAreParsedOnceAndStayDer) {
  const auto key = SigningKey::generate(KeyAlgorithm::kEcdsaP256);
  ASSERT_TRUE(key.has_value());
  const auto certificate = key->self_signed("memo", *core::parse_rfc3339("2026-01-01T00:00:00Z"),
                                            *core::parse_rfc3339("2027-01-01T00:00:00Z"));
  ASSERT_TRUE(certificate.has_value());
  const core::Bytes der = core::to_bytes(certificate->der());
  const core::Limits limits;
  SignatureChecker checker(production_engines(), limits);
  const auto once = read_der_once(der, checker);
  ASSERT_TRUE(once.has_value());
  EXPECT_EQ(*once, *certificate);
  EXPECT_EQ(&read_der_once(der, checker)->parsed(), &once->parsed());
  EXPECT_FALSE(Certificate::from_pem_once(core::as_text(der), checker).has_value());
  core::Bytes longer = der;
  longer.push_back(0);
  EXPECT_FALSE(read_der_once(longer, checker).has_value());
  EXPECT_FALSE(read_der_once(longer, checker).has_value());
}

}  // namespace
}  // namespace heyan::crypto
