#include "verifier/crypto/issuing.h"

#include <gtest/gtest.h>

namespace heyan::crypto {
namespace {

const core::UtcTime kFrom = *core::parse_rfc3339("2026-01-01T00:00:00Z");
const core::UtcTime kUntil = *core::parse_rfc3339("2027-01-01T00:00:00Z");

class IssuingTest : public ::testing::Test {
 protected:
  static CertificateRequest request(CertificateUse use) {
    return {.use = use,
            .common_name = "Test",
            .dns_names = {"localhost"},
            .addresses = {"127.0.0.1", "::1"},
            .not_before = kFrom,
            .not_after = kUntil};
  }
  core::Result<Certificate> issue(const CertificateRequest& wanted) const {
    return issue_certificate(wanted, leaf_.public_key(), issuer_, &*authority_);
  }
  ChainFault chain(const Certificate& leaf) const {
    SignatureChecker checker(production_engines(), core::Limits{});
    return verify_chain(leaf, std::span(&*authority_, 1), {}, kFrom + std::chrono::hours(1),
                        checker)
        .fault;
  }

  SigningKey issuer_ = *SigningKey::generate(KeyAlgorithm::kEcdsaP256);
  SigningKey leaf_ = *SigningKey::generate(KeyAlgorithm::kEcdsaP256);
  core::Result<Certificate> authority_ = issue_certificate(request(CertificateUse::kAuthority),
                                                           issuer_.public_key(), issuer_, nullptr);
};

TEST_F(IssuingTest, AnAuthorityIssuesForServersAndClients) {
  ASSERT_TRUE(authority_.has_value());
  EXPECT_TRUE(authority_->is_ca());
  for (const auto use : {CertificateUse::kServer, CertificateUse::kClient}) {
    const auto certificate = issue(request(use));
    ASSERT_TRUE(certificate.has_value()) << certificate.error().text;
    EXPECT_FALSE(certificate->is_ca());
    EXPECT_TRUE(certificate->key() == leaf_.public_key());
    EXPECT_EQ(chain(*certificate), ChainFault::kNone);
  }
}

TEST_F(IssuingTest, AnotherKeyThanTheAuthoritysIssuesNothing) {
  const auto wanted = request(CertificateUse::kServer);
  EXPECT_FALSE(issue_certificate(wanted, leaf_.public_key(), leaf_, &*authority_).has_value());
  EXPECT_FALSE(issue_certificate(wanted, leaf_.public_key(), issuer_, nullptr).has_value());
}

TEST_F(IssuingTest, WhatAnAuthorityDidNotSignDoesNotChain) {
  const auto own =
      issue_certificate(request(CertificateUse::kServer), leaf_.public_key(), leaf_, nullptr);
  ASSERT_TRUE(own.has_value());
  EXPECT_NE(chain(*own), ChainFault::kNone);
}

TEST_F(IssuingTest, ALeafIssuesNothingThatChains) {
  const auto leaf = issue(request(CertificateUse::kServer));
  ASSERT_TRUE(leaf.has_value());
  const auto below =
      issue_certificate(request(CertificateUse::kClient), issuer_.public_key(), leaf_, &*leaf);
  ASSERT_TRUE(below.has_value());
  SignatureChecker checker(production_engines(), core::Limits{});
  EXPECT_NE(verify_chain(*below, std::span(&*authority_, 1), std::span(&*leaf, 1),
                         kFrom + std::chrono::hours(1), checker)
                .fault,
            ChainFault::kNone);
}

TEST_F(IssuingTest, NamesThatMeanSomethingElseAreRefused) {
  for (const char* name : {"", "a,DNS:b", "a;b", "a b", "@section", "A", "a\n"}) {
    auto wanted = request(CertificateUse::kServer);
    wanted.dns_names = {name};
    EXPECT_FALSE(issue(wanted).has_value()) << name;
    wanted = request(CertificateUse::kServer);
    wanted.addresses = {name};
    EXPECT_FALSE(issue(wanted).has_value()) << name;
  }
  auto nameless = request(CertificateUse::kServer);
  nameless.dns_names.clear();
  nameless.addresses.clear();
  EXPECT_FALSE(issue(nameless).has_value());
}

}  // namespace
}  // namespace heyan::crypto
