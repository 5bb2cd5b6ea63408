// Until when a report can be checked: the earliest end of what it relies on, and of nothing else.
#include "verifier/renewal.h"

#include <gtest/gtest.h>

namespace heyan {
namespace {

constexpr std::int64_t kAsOf = 1'795'000'000'000;
constexpr std::int64_t kDay = 86'400'000;

class Renewal : public ::testing::Test {
 protected:
  Renewal() {
    report_.set_as_of_ms(kAsOf);
    attestation().set_outcome(v1::OUTCOME_PASS);
    attestation().mutable_record()->add_digests()->set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
  }

  v1::Attestation& attestation() {
    if (report_.evidence().empty()) report_.add_evidence()->add_attestations();
    return *report_.mutable_evidence(0)->mutable_attestations(0);
  }

  v1::Signature& sign(const std::string& institution, std::int64_t until) {
    v1::Signature& signature = *attestation().add_signatures();
    signature.set_institution(institution);
    signature.set_counted(true);
    signature.set_valid_until_ms(until);
    return signature;
  }

  const v1::Report& renewed() {
    const core::Limits limits;
    crypto::SignatureChecker checker(crypto::Engines{}, limits);
    const v1::CaseRecord record;
    const v1::Circumstances circumstances;
    const trust::TrustList trust;
    add_renewal(report_, Judging{.record = record,
                                 .circumstances = circumstances,
                                 .trust = trust,
                                 .policy = policy_,
                                 .as_of = core::from_unix_ms(kAsOf),
                                 .checker = checker,
                                 .limits = limits});
    return report_;
  }

  v1::Report report_;
  trust::Policy policy_ = trust::default_policy();
};

TEST_F(Renewal, IsTheEarliestEndOfACountedSignature) {
  sign("later", kAsOf + 2 * kDay);
  sign("first", kAsOf + kDay);
  sign("also-later", kAsOf + 3 * kDay);
  EXPECT_EQ(renewed().renew_before().at_ms(), kAsOf + kDay);
  EXPECT_EQ(report_.renew_before().institution(), "first");
  EXPECT_EQ(report_.renew_before().algorithm(), "");
}

TEST_F(Renewal, IsTheEndOfAnAlgorithmWhereThatComesFirst) {
  sign("one", kAsOf + 2 * kDay);
  policy_.algorithm_until["sha-256"] = core::from_unix_ms(kAsOf + kDay);
  policy_.algorithm_until["sm3"] = core::from_unix_ms(kAsOf + 1);  // no fingerprint of the record
  EXPECT_EQ(renewed().renew_before().at_ms(), kAsOf + kDay);
  EXPECT_EQ(report_.renew_before().algorithm(), "sha-256");
  EXPECT_EQ(report_.renew_before().institution(), "");
}

TEST_F(Renewal, RestsOnNothingThatIsNotReliedOn) {
  sign("not-counted", kAsOf + kDay).set_counted(false);
  sign("without-end", 0).clear_valid_until_ms();
  sign("ended-before", kAsOf - kDay);
  sign("ends-now", kAsOf);
  EXPECT_FALSE(renewed().has_renew_before());
  sign("counted", kAsOf + kDay);
  for (const auto outcome : {v1::OUTCOME_FAIL, v1::OUTCOME_UNDETERMINED}) {
    attestation().set_outcome(outcome);
    EXPECT_FALSE(renewed().has_renew_before());
  }
}

}  // namespace
}  // namespace heyan
