// What the signer seals, and what it does not.
#include <gtest/gtest.h>

#include "tests/unit/signer/fixture.h"
#include "verifier/crypto/cms.h"
#include "verifier/crypto/digest.h"
#include "verifier/crypto/xades.h"
#include "verifier/report/payload.h"
#include "verifier/report/statement.h"

namespace heyan::signer {
namespace {

class SignerSealTest : public SignerTest {
 protected:
  SignerSealTest() {
    start();
    const v1::SignerBegin asks = begin_of("s1", 1, take_in("s1").intake_index());
    const v1::SignerBegun begun = begin(asks);
    report_ = report_of(begun);
    EXPECT_FALSE(sign(asks, report_).has_refusal());
    payload_ = crypto::sha256(core::as_bytes(report::encode_payload(report_)));
  }
  v1::SealBegun statement(const core::Bytes& payload) {
    v1::SealBegin asks;
    asks.set_payload_sha256(core::to_string(payload));
    v1::SealBegun begun;
    const Question question = signer_->for_statement(asks, begun);
    signer_->answer(std::span(&question, 1));
    return begun;
  }
  v1::Sealed seal(const core::Bytes& payload, const core::Bytes& file,
                  v1::SealForm form = v1::SEAL_FORM_CMS) {
    v1::SealBegin begin;
    begin.set_payload_sha256(core::to_string(payload));
    v1::SealFile asks;
    asks.set_file_sha256(core::to_string(file));
    asks.set_form(form);
    v1::Sealed sealed;
    const Question question = signer_->for_seal(begin, asks, sealed);
    signer_->answer(std::span(&question, 1));
    return sealed;
  }
  v1::Report report_;
  core::Bytes payload_;
};

TEST_F(SignerSealTest, TheStatementSaysWhatWasIssued) {
  const v1::SealBegun begun = statement(payload_);
  ASSERT_FALSE(begun.has_refusal()) << begun.refusal().code();
  EXPECT_EQ(begun.now_ms(), core::to_unix_ms(now_));
  crypto::SignatureChecker checker(crypto::production_engines(), core::Limits{});
  const auto key = keys_.statement.key.public_key();
  const auto verdict = report::verify_statement(begun.statement(), std::span(&key, 1), checker);
  ASSERT_EQ(verdict.outcome, report::StatementOutcome::kValid);
  EXPECT_EQ(verdict.statement->number, report_.number());
  EXPECT_EQ(verdict.statement->payload_sha256, payload_);
  EXPECT_EQ(verdict.statement->log_index, 2u);  // after the log's beginning and the intake
}

TEST_F(SignerSealTest, TheSealNamesFileAndPayload) {
  const core::Bytes file(32, 0xf1);
  const v1::Sealed sealed = seal(payload_, file);
  ASSERT_FALSE(sealed.has_refusal()) << sealed.refusal().code();
  crypto::SignatureChecker checker(crypto::production_engines(), core::Limits{});
  const auto read = crypto::verify_cms(core::as_bytes(sealed.seal()), checker);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->outcome, crypto::SignatureOutcome::kValid);
  EXPECT_EQ(read->document_sha256, file);
  EXPECT_EQ(read->payload_sha256, payload_);
  EXPECT_TRUE(read->certificate == keys_.seal.chain.front());
}

TEST_F(SignerSealTest, AnXmlSealNamesFilePayloadAndTime) {
  const core::Bytes file(32, 0xf1);
  const v1::Sealed sealed = seal(payload_, file, v1::SEAL_FORM_XADES);
  ASSERT_FALSE(sealed.has_refusal()) << sealed.refusal().code();
  crypto::SignatureChecker checker(crypto::production_engines(), core::Limits{});
  const auto read = crypto::verify_xades(sealed.seal(), checker);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->outcome, crypto::SignatureOutcome::kValid);
  EXPECT_EQ(read->document_sha256, file);
  EXPECT_EQ(read->payload_sha256, payload_);
  EXPECT_EQ(read->at, now_);
  EXPECT_TRUE(read->certificate == keys_.xml_seal.chain.front());
  EXPECT_EQ(core::as_bytes(statement(payload_).xml_certificate()).size(),
            read->certificate.der().size());
}

TEST_F(SignerSealTest, OnlyTheFormsThatThereAreAreSealed) {
  EXPECT_TRUE(seal(payload_, core::Bytes(32, 1), v1::SEAL_FORM_UNSPECIFIED).has_refusal());
  EXPECT_TRUE(seal(payload_, core::Bytes(32, 1), static_cast<v1::SealForm>(9)).has_refusal());
}

TEST_F(SignerSealTest, WhatWasNotIssuedIsNeitherStatedNorSealed) {
  core::Bytes other = payload_;
  other.back() ^= 1;
  for (const core::Bytes& payload : {other, core::Bytes(31, 1), core::Bytes()}) {
    EXPECT_TRUE(statement(payload).has_refusal());
    EXPECT_TRUE(statement(payload).statement().empty());
    EXPECT_TRUE(seal(payload, core::Bytes(32, 1)).has_refusal());
    EXPECT_TRUE(seal(payload, core::Bytes(32, 1), v1::SEAL_FORM_XADES).has_refusal());
    EXPECT_TRUE(seal(payload, core::Bytes(32, 1)).seal().empty());
  }
}

TEST_F(SignerSealTest, WhatIsNoDigestOfAFileIsNotSealed) {
  EXPECT_TRUE(seal(payload_, core::Bytes(20, 1)).has_refusal());
  EXPECT_TRUE(seal(payload_, core::Bytes()).has_refusal());
}

TEST_F(SignerSealTest, EachUseHasItsOwnKeyAndTheLogAnnouncesIt) {
  EXPECT_FALSE(keys_.seal.key.public_key() == keys_.statement.key.public_key());
  EXPECT_FALSE(keys_.seal.key.public_key() == keys_.receipt.key.public_key());
  EXPECT_FALSE(keys_.seal.key.public_key() == keys_.xml_seal.key.public_key());
}

}  // namespace
}  // namespace heyan::signer
