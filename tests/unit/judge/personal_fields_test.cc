// Which fields of a report are personal, and what stands in their place.
#include "verifier/personal_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "verifier/canonical.h"

namespace heyan {
namespace {

using testing::ElementsAre;

class PersonalFields : public testing::Test {
 protected:
  PersonalFields() {
    record_.set_salt_key(std::string(32, 's'));
    v1::Submission& submission = *record_.mutable_submission();
    submission.mutable_submitter()->set_name("Submitter Name");
    submission.mutable_submitter()->set_account_id("account-771");
    v1::Party& first = *submission.add_parties();
    first.set_name("First Name");
    first.set_id_number("ID-1");
    submission.add_parties()->set_name("Second Name");
    submission.add_evidence();
    submission.add_evidence()->mutable_claims()->set_who("Claimed Who");
    report_.add_evidence()->add_attestations();
    v1::ItemReport& item = *report_.add_evidence();
    item.add_attestations();
    v1::Attestation& attestation = *item.add_attestations();
    attestation.mutable_record()->set_id("EV-1");
    attestation.mutable_record()->set_who("Recorded Who");
    for (const auto& [name, value] : {std::pair("operator", "Zhixin"),
                                      {"depositor", "Depositor Name"},
                                      {"depositor", "Depositor Again"}}) {
      v1::Param& param = *attestation.add_declared();
      param.set_name(name);
      param.set_value(value);
    }
  }

  std::vector<Disclosure> withhold() {
    crypto::SignatureChecker checker(crypto::production_engines(), limits_);
    return withhold_personal_fields(report_, {.record = record_,
                                              .circumstances = circumstances_,
                                              .trust = trust_,
                                              .policy = trust::default_policy(),
                                              .as_of = {},
                                              .checker = checker,
                                              .limits = limits_});
  }
  std::vector<std::string> places() const {
    std::vector<std::string> out;
    for (const auto& commitment : report_.commitments()) out.push_back(commitment.pointer());
    return out;
  }

  core::Limits limits_;
  v1::CaseRecord record_;
  v1::Circumstances circumstances_;
  trust::TrustList trust_;
  v1::Report report_;
};

TEST_F(PersonalFields, AreTakenOutOfWhatIsSigned) {
  const auto disclosures = withhold();
  EXPECT_THAT(places(),
              ElementsAre("/submitter/accountId", "/submitter/name", "/parties/0/idNumber",
                          "/parties/0/name", "/parties/1/name",
                          "/evidence/1/attestations/1/declared/depositor",
                          "/evidence/1/attestations/1/record/who", "/evidence/1/claims/who"));
  ASSERT_EQ(disclosures.size(), 8u);
  const std::string bytes = core::to_string(canonical_bytes(report_));
  for (int i = 0; i < 8; ++i) {
    const Disclosure& one = disclosures[static_cast<std::size_t>(i)];
    EXPECT_EQ(one.pointer, report_.commitments(i).pointer());
    EXPECT_EQ(core::to_string(commitment_to(one)), report_.commitments(i).digest());
    EXPECT_EQ(bytes.find(one.value), std::string::npos) << one.value;
  }
  EXPECT_EQ(bytes.find("Depositor Again"), std::string::npos);
  EXPECT_EQ(disclosures[5].value, "Depositor Name");
  EXPECT_EQ(disclosures[6].value, "Recorded Who");
  // What says nothing of a person stays.
  EXPECT_EQ(report_.evidence(1).attestations(1).record().id(), "EV-1");
  ASSERT_EQ(report_.evidence(1).attestations(1).declared_size(), 1);
  EXPECT_EQ(report_.evidence(1).attestations(1).declared(0).value(), "Zhixin");
}

// As contracts have it for the command line, which keeps nothing from anybody.
TEST_F(PersonalFields, WhatARecordSaysStaysWhereTheSubmissionIsDeclared) {
  report_.set_submission_is_declared(true);
  withhold();
  EXPECT_THAT(places(),
              ElementsAre("/submitter/accountId", "/submitter/name", "/parties/0/idNumber",
                          "/parties/0/name", "/parties/1/name", "/evidence/1/claims/who"));
  EXPECT_EQ(report_.evidence(1).attestations(1).record().who(), "Recorded Who");
  EXPECT_EQ(report_.evidence(1).attestations(1).declared_size(), 3);
}

TEST_F(PersonalFields, TheSameSaltKeyGivesTheSameAnotherOneNothingOfIt) {
  const v1::Report fresh = report_;
  const auto one = withhold();
  const v1::Report first = report_;
  report_ = fresh;
  EXPECT_EQ(withhold(), one);
  EXPECT_EQ(canonical_bytes(report_), canonical_bytes(first));
  report_ = fresh;
  record_.set_salt_key(std::string(32, 't'));
  withhold();
  for (int i = 0; i < first.commitments_size(); ++i) {
    EXPECT_NE(report_.commitments(i).digest(), first.commitments(i).digest());
  }
}

}  // namespace
}  // namespace heyan
