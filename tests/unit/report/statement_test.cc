#include "verifier/report/statement.h"

#include <gtest/gtest.h>

#include "verifier/canonical.h"

namespace heyan::report {
namespace {

v1::Report report_of(int items) {
  v1::Report report;
  report.set_number(heyan::report_number(core::Bytes(10, 0x5a)));
  report.set_as_of_ms(1'790'000'000'999);
  report.set_verdict(v1::SUBMISSION_VERDICT_ATTENTION_REQUIRED);
  report.mutable_trust()->set_sample(true);
  for (int i = 0; i < items; ++i) {
    v1::ItemReport& item = *report.add_evidence();
    item.set_verdict(static_cast<v1::Verdict>(1 + i % 6));
    v1::MeasuredDigest& digest = *item.mutable_measured()->add_digests();
    digest.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
    digest.set_first(std::string(32, static_cast<char>('a' + i % 20)));
    digest.set_second(digest.first());
  }
  return report;
}

class StatementTest : public ::testing::Test {
 protected:
  Statement statement(int items) {
    return *statement_of(report_of(items), core::Bytes(32, 0x11), 1234567);
  }
  StatementVerdict verify(const std::string& text) {
    return verify_statement(text, std::span(&public_, 1), checker_);
  }
  crypto::SigningKey key_ = *crypto::SigningKey::generate(crypto::KeyAlgorithm::kEcdsaP256);
  crypto::PublicKey public_ = key_.public_key();
  crypto::SignatureChecker checker_{crypto::production_engines(), core::Limits{}};
};

TEST_F(StatementTest, WhatWasSignedIsRead) {
  for (const int items : {0, 1, 8, 9, 1000}) {
    const Statement said = statement(items);
    const StatementVerdict verdict = verify(*sign_statement(said, key_));
    EXPECT_EQ(verdict.outcome, StatementOutcome::kValid) << items;
    EXPECT_EQ(verdict.statement, said) << items;
  }
}

TEST_F(StatementTest, UpToEightItemsAreNamedThenTheyAreCounted) {
  EXPECT_EQ(statement(8).items.size(), 8u);
  const Statement many = statement(13);
  EXPECT_TRUE(many.items.empty());
  EXPECT_EQ(many.counts, (std::array<std::uint64_t, 6>{3, 2, 2, 2, 2, 2}));
}

TEST_F(StatementTest, AFileWithoutAFingerprintHasZeros) {
  v1::Report report = report_of(1);
  report.mutable_evidence(0)->mutable_measured()->mutable_digests(0)->set_second(
      std::string(32, 'z'));  // the libraries disagree
  const auto said = statement_of(report, core::Bytes(32, 1), 0);
  EXPECT_EQ(said->items[0].fingerprint, core::Bytes(10, 0));
}

// A code of version 12 at level M holds 367 such characters (ISO/IEC 18004 table 7).
TEST_F(StatementTest, ItIsSmallEnoughForPaper) {
  EXPECT_LE(sign_statement(statement(8), key_)->size(), 367u);
}

TEST_F(StatementTest, NoCharacterCanBeChangedDroppedOrAdded) {
  const std::string text = *sign_statement(statement(8), key_);
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const char other : {'A', 'B', 'Q', '7', 'a', ' '}) {
      std::string changed = text;
      if (changed[i] == other) continue;
      changed[i] = other;
      EXPECT_NE(verify(changed).outcome, StatementOutcome::kValid) << i;
      EXPECT_FALSE(verify(changed).statement.has_value());
    }
    EXPECT_NE(verify(text.substr(0, i)).outcome, StatementOutcome::kValid) << i;
  }
  EXPECT_EQ(verify(text + "A").outcome, StatementOutcome::kNotOne);
  EXPECT_EQ(verify(text + "\n").outcome, StatementOutcome::kNotOne);
  EXPECT_EQ(verify("https://court.example/" + text).outcome, StatementOutcome::kNotOne);
  EXPECT_EQ(verify("").outcome, StatementOutcome::kNotOne);
  EXPECT_EQ(verify("HY1.").outcome, StatementOutcome::kNotOne);
  EXPECT_EQ(verify(std::string(100'000, 'A')).outcome, StatementOutcome::kNotOne);
}

TEST_F(StatementTest, AnotherKeyIsAnUnknownIssuerAndNothingIsRepeated) {
  const auto other = *crypto::SigningKey::generate(crypto::KeyAlgorithm::kEcdsaP256);
  const StatementVerdict verdict = verify(*sign_statement(statement(2), other));
  EXPECT_EQ(verdict.outcome, StatementOutcome::kIssuerUnknown);
  EXPECT_FALSE(verdict.statement.has_value());
}

TEST_F(StatementTest, ANumberThatNoGatewayGivesIsRefused) {
  v1::Report report = report_of(1);
  for (const char* number :
       {"", "R-1", "HY-AAAA", "HY-AAAA-AAAA-AAAA-AAAa", "HYAAAAAAAAAAAAAAAA"}) {
    report.set_number(number);
    EXPECT_FALSE(statement_of(report, core::Bytes(32, 1), 0).has_value()) << number;
  }
}

}  // namespace
}  // namespace heyan::report
