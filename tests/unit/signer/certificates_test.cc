// Security decision 18: nothing is signed beside a certificate that is not valid, and nothing lost.
#include <gmock/gmock.h>

#include "tests/unit/signer/fixture.h"
#include "verifier/crypto/digest.h"
#include "verifier/report/envelope.h"
#include "verifier/report/payload.h"

namespace heyan::signer {
namespace {

using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::chrono::days kLife{395};

class SignerCertificates : public SignerTest {
 protected:
  // Of the same key.
  static void certify(report::ReportSigner& signer, core::UtcTime from, core::UtcTime until) {
    signer.chain = {*signer.key.self_signed("Test court", from, until)};
  }
  void end(report::ReportSigner& signer) const { certify(signer, now_ - kLife, now_ - hours(1)); }
  void renew(report::ReportSigner& signer) const { certify(signer, now_, now_ + kLife); }

  static void expect_to_wait(const v1::Refusal& refusal) {
    EXPECT_EQ(refusal.code(), "changed");
    EXPECT_FALSE(refusal.final());
  }
  std::uint64_t log_size() const {
    v1::FrontAsks asks;
    asks.mutable_backlog();
    return ask(asks).backlog().log_size();
  }
  v1::FrontGets take_in_s1() const {
    v1::FrontAsks asks;
    asks.mutable_intake()->set_submission_id("s1");
    asks.mutable_intake()->set_court("0491");
    *asks.mutable_intake()->mutable_files() = case_json_alone();
    return ask(asks);
  }
  report::EnvelopeVerdict verify(std::string_view envelope) const {
    const std::vector<crypto::PublicKey> pinned = {keys_.report[0].key.public_key(),
                                                   keys_.report[1].key.public_key()};
    const auto log_key = transparency::NoteVerifier::make(
        keys_.log_name, transparency::NoteKeyType::kEd25519, keys_.log.public_key());
    crypto::SignatureChecker checker(crypto::production_engines(), core::Limits{});
    return report::verify_envelope(core::as_bytes(envelope), pinned, &*log_key, checker);
  }
};

TEST_F(SignerCertificates, NoReportIsSignedBesideOneThatEnded) {
  start();
  const v1::SignerBegin asks = begin_of("s1", 1, take_in("s1").intake_index());
  const v1::SignerBegun begun = begin(asks);
  for (report::ReportSigner& one : keys_.report) {
    end(one);
    certificate_troubles_.clear();
    start();
    const std::uint64_t before = log_size();
    expect_to_wait(begin(asks).refusal());
    expect_to_wait(sign(asks, report_of(begun)).refusal());
    EXPECT_EQ(log_size(), before);
    EXPECT_EQ(certificate_troubles_.size(), 1u) << "told of once";
    renew(one);
  }
  start();
  const v1::SignerBegun again = begin(asks);
  EXPECT_EQ(again.report_number(), begun.report_number());
  const v1::SignerSigned answer = sign(asks, report_of(again));
  ASSERT_FALSE(answer.has_refusal()) << answer.refusal().code();
  EXPECT_EQ(verify(answer.envelope()).jws.outcome, report::JwsOutcome::kValid);
}

TEST_F(SignerCertificates, NoReportIsSignedWhenOneEndsWhileTheSignerRuns) {
  certify(keys_.report[1], now_ - hours(1), now_ + hours(1));
  start();
  const v1::SignerBegin asks = begin_of("s1", 1, take_in("s1").intake_index());
  EXPECT_FALSE(begin(asks).has_refusal());
  pass(hours(2));
  expect_to_wait(begin(asks).refusal());
  EXPECT_THAT(certificate_troubles_, ElementsAre("report-sm2"));
}

TEST_F(SignerCertificates, NothingIsTakenInBesideOneThatEnded) {
  end(keys_.receipt);
  start();
  const std::uint64_t before = log_size();
  expect_to_wait(take_in_s1().refusal());
  EXPECT_EQ(log_size(), before);
  EXPECT_THAT(certificate_troubles_, ElementsAre("receipt-es256"));
  renew(keys_.receipt);
  start();
  EXPECT_TRUE(take_in_s1().has_receipt());
}

TEST_F(SignerCertificates, OneThatHasNotBegunIsWaitedFor) {
  certify(keys_.receipt, now_ + hours(1), now_ + kLife);
  start();
  expect_to_wait(take_in_s1().refusal());
  pass(hours(1));
  EXPECT_TRUE(take_in_s1().has_receipt());
}

TEST_F(SignerCertificates, NothingIsSealedBesideOneThatEnded) {
  end(keys_.seal);
  end(keys_.xml_seal);
  end(keys_.statement);
  start();
  EXPECT_THAT(certificate_troubles_, ElementsAre("seal-es256", "xml-es256", "statement-es256"));
  const v1::SignerBegin asks = begin_of("s1", 1, take_in("s1").intake_index());
  const v1::Report report = report_of(begin(asks));
  ASSERT_FALSE(sign(asks, report).has_refusal()) << "the report has its own";
  v1::SealBegin of;
  of.set_payload_sha256(
      core::to_string(crypto::sha256(core::as_bytes(report::encode_payload(report)))));
  v1::SealBegun begun;
  const Question statement = signer_->for_statement(of, begun);
  signer_->answer(std::span(&statement, 1));
  expect_to_wait(begun.refusal());
  for (const v1::SealForm form : {v1::SEAL_FORM_CMS, v1::SEAL_FORM_XADES}) {
    v1::SealFile file;
    file.set_file_sha256(std::string(32, 'f'));
    file.set_form(form);
    v1::Sealed sealed;
    const Question seal = signer_->for_seal(of, file, sealed);
    signer_->answer(std::span(&seal, 1));
    expect_to_wait(sealed.refusal());
  }
}

// It was logged, then power failed, and the certificates were renewed before the next start.
TEST_F(SignerCertificates, WhatWasLoggedBeforeARenewalIsSignedAsOfTheRenewal) {
  start();
  const v1::SignerBegin asks = begin_of("s1", 1, take_in("s1").intake_index());
  ASSERT_FALSE(sign(asks, report_of(begin(asks))).has_refusal());
  signer_.reset();
  ASSERT_TRUE(place_->execute("UPDATE reports SET envelope = NULL").has_value());
  pass(hours(48));
  for (report::ReportSigner& one : keys_.report) renew(one);
  start();
  const v1::SignerBegun again = begin(asks);
  const report::EnvelopeVerdict verdict = verify(again.envelope());
  EXPECT_EQ(verdict.jws.outcome, report::JwsOutcome::kValid);
  EXPECT_EQ(verdict.log, report::LogOutcome::kValid);
  EXPECT_EQ(verdict.jws.signed_at, now_);
}

TEST_F(SignerCertificates, NothingIsToldOfThoseThatAreValid) {
  start();
  EXPECT_EQ(log_size(), 1u);
  EXPECT_THAT(certificate_troubles_, IsEmpty());
}

}  // namespace
}  // namespace heyan::signer
