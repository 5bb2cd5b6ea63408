// TIM, W4 and PLT: notes, each of which costs a party an explanation.
#include <limits>
#include <utility>

#include "tests/unit/checks/fixture.h"

namespace heyan::checks::testing {
namespace {

class Circumstantial : public ChecksTest {
 protected:
  v1::Submission& submission() { return *record_.mutable_submission(); }
};

TEST_F(Circumstantial, AnIndependentTimeOfAnotherProofLiftsTheNote) {
  EXPECT_EQ(only(v1::CHECK_TIM_1).effect(), v1::EFFECT_NOTE);
  v1::Attestation& time = add_attestation(v1::TIER_TIME_PROOF);
  set_answer(time, v1::CHECK_TIM_1, v1::OUTCOME_PASS);
  time.mutable_time()->set_independent(true);
  time.mutable_time()->set_not_after_ms(kRecorded);
  ASSERT_EQ(run(v1::CHECK_TIM_1).size(), 1U);
  EXPECT_EQ(run(v1::CHECK_TIM_1).front().outcome(), v1::OUTCOME_PASS);
  *attestations_[0][1].mutable_record()->mutable_digests(0) =
      digest(v1::DIGEST_ALGORITHM_SHA_256, 'x');
  EXPECT_EQ(run(v1::CHECK_TIM_1).front().effect(), v1::EFFECT_NOTE);
}

TEST_F(Circumstantial, TimesInOrderAreFine) {
  item().mutable_claims()->set_when_ms(kRecorded);
  submission().set_filed_at_ms(kRecorded + kDay);
  EXPECT_EQ(only(v1::CHECK_TIM_2).outcome(), v1::OUTCOME_PASS);
  item().mutable_claims()->set_when_ms(kRecorded + 60'000);  // written to the minute
  EXPECT_EQ(only(v1::CHECK_TIM_2).outcome(), v1::OUTCOME_PASS);
}

TEST_F(Circumstantial, TimesThatContradictOneAnother) {
  item().mutable_claims()->set_when_ms(kRecorded + 60'001);
  EXPECT_EQ(only(v1::CHECK_TIM_2).code(), v1::REASON_TIME_ORDER_CONFLICT);
  item().clear_claims();
  submission().set_filed_at_ms(kRecorded - kDay);
  EXPECT_EQ(only(v1::CHECK_TIM_2).code(), v1::REASON_TIME_ORDER_CONFLICT);
  submission().clear_filed_at_ms();
  ledger_record().set_when_ms(kAsOf + kDay);
  EXPECT_EQ(only(v1::CHECK_TIM_2).code(), v1::REASON_TIME_ORDER_CONFLICT);
  ledger_record().clear_when_ms();
  EXPECT_EQ(only(v1::CHECK_TIM_2).outcome(), v1::OUTCOME_PASS);
  attestation().mutable_time()->set_not_before_ms(kRecorded);
  attestation().mutable_time()->set_not_after_ms(kRecorded - kDay);
  EXPECT_EQ(only(v1::CHECK_TIM_2).code(), v1::REASON_TIME_ORDER_CONFLICT);
}

// A stamp was made at the end of its interval, less its accuracy.
TEST_F(Circumstantial, AStampThatWasMadeAfterTheFiling) {
  v1::Attestation& stamp = add_attestation(v1::TIER_TIME_PROOF);
  stamp.mutable_record()->clear_when_ms();
  stamp.mutable_time()->set_policy("1.2.3.4");
  stamp.mutable_time()->set_accuracy_us(1'500'001);
  stamp.mutable_time()->set_not_after_ms(kRecorded + 1'501 + 60'000);
  submission().set_filed_at_ms(kRecorded);
  EXPECT_FALSE(has(run(v1::CHECK_TIM_2), v1::REASON_TIME_ORDER_CONFLICT));
  stamp.mutable_time()->set_not_after_ms(kRecorded + 1'501 + 60'001);
  const auto findings = run(v1::CHECK_TIM_2);
  ASSERT_TRUE(has(findings, v1::REASON_TIME_ORDER_CONFLICT));
  EXPECT_EQ(findings.back().effect(), v1::EFFECT_NOTE);
  EXPECT_EQ(findings.back().subject().attestation(), 1u);
  EXPECT_EQ(findings.back().params(0).name(), "filed");
  EXPECT_EQ(findings.back().params(1).name(), "stamped");
  stamp.mutable_time()->clear_policy();  // the end of a day is no time at which a stamp was made
  EXPECT_FALSE(has(run(v1::CHECK_TIM_2), v1::REASON_TIME_ORDER_CONFLICT));
}

// A stamp may be as much older than the record as it likes, and not older than what the file says
// of itself.
TEST_F(Circumstantial, AStampThatIsOlderThanWhatItCovers) {
  v1::Attestation& stamp = add_attestation(v1::TIER_TIME_PROOF);
  stamp.mutable_record()->clear_when_ms();
  stamp.mutable_time()->set_not_after_ms(kRecorded - kDay);
  EXPECT_FALSE(has(run(v1::CHECK_TIM_2), v1::REASON_TIME_ORDER_CONFLICT));
  v1::ContentFacts& contents = *measured().mutable_contents();
  contents.add_times()->set_at_ms(kRecorded - kDay + 60'000);
  contents.add_times()->set_at_ms(kRecorded - 2 * kDay);
  EXPECT_FALSE(has(run(v1::CHECK_TIM_2), v1::REASON_TIME_ORDER_CONFLICT));
  contents.add_times()->set_at_ms(kRecorded - kDay + 60'001);
  EXPECT_TRUE(has(run(v1::CHECK_TIM_2), v1::REASON_TIME_ORDER_CONFLICT));
}

TEST_F(Circumstantial, BoundsOfTwoProofsThatExcludeOneAnother) {
  add_attestation(v1::TIER_TIME_PROOF).mutable_time()->set_not_before_ms(kRecorded);
  v1::Attestation& early = add_attestation(v1::TIER_TIME_PROOF);
  early.mutable_time()->set_independent(true);
  early.mutable_time()->set_not_after_ms(kRecorded);
  EXPECT_FALSE(has(run(v1::CHECK_TIM_2), v1::REASON_TIME_ORDER_CONFLICT));
  early.mutable_time()->set_not_after_ms(kRecorded - kDay);
  EXPECT_TRUE(has(run(v1::CHECK_TIM_2), v1::REASON_TIME_ORDER_CONFLICT));
  // Of another file, nothing contradicts anything.
  *early.mutable_record()->mutable_digests(0) = digest(v1::DIGEST_ALGORITHM_SHA_256, 'x');
  EXPECT_FALSE(has(run(v1::CHECK_TIM_2), v1::REASON_TIME_ORDER_CONFLICT));
}

// A record file may hold any number; sums of times must not overflow (the sanitizers look).
TEST_F(Circumstantial, TimesAtTheEndsOfTime) {
  constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t kFirst = std::numeric_limits<std::int64_t>::min();
  for (const auto& [claimed, recorded] : {std::pair{kFirst, kLast}, std::pair{kLast, kFirst}}) {
    item().mutable_claims()->set_when_ms(claimed);
    ledger_record().set_when_ms(recorded);
    attestation().mutable_time()->set_not_before_ms(claimed);
    attestation().mutable_time()->set_not_after_ms(recorded);
    submission().set_filed_at_ms(claimed);
    EXPECT_TRUE(has(run(v1::CHECK_TIM_2), v1::REASON_TIME_ORDER_CONFLICT));
    v1::LedgerView& view = *circumstances_.add_views();
    view.set_ledger("chain");
    view.set_reachable(true);
    view.set_taken_at_ms(recorded);
    v1::LookUp& look_up = *view.add_look_ups();
    look_up.set_item("E1");
    look_up.set_answer(v1::LOOK_UP_ANSWER_ID_UNKNOWN);
    view.set_height(1000);
    EXPECT_EQ(has(run(v1::CHECK_REC_2), v1::REASON_CHAIN_VIEW_STALE), recorded == kFirst);
    circumstances_.clear_views();
  }
}

TEST_F(Circumstantial, Who) {
  EXPECT_EQ(only(v1::CHECK_W4_1).outcome(), v1::OUTCOME_UNDETERMINED);  // the record names nobody
  ledger_record().set_who(" 某文化公司　");
  item().set_party("P1");
  EXPECT_EQ(only(v1::CHECK_W4_1).outcome(), v1::OUTCOME_PASS);
  ledger_record().set_who("91110108551385082Q");
  EXPECT_EQ(only(v1::CHECK_W4_1).outcome(), v1::OUTCOME_PASS);
  ledger_record().set_who("某文化公司分公司");
  EXPECT_EQ(only(v1::CHECK_W4_1).code(), v1::REASON_WHO_MISMATCH);
  submission().mutable_submitter()->set_name("某文化公司分公司");
  EXPECT_EQ(only(v1::CHECK_W4_1).outcome(), v1::OUTCOME_PASS);
}

TEST_F(Circumstantial, WhoWithoutNamesIsNotAsked) {
  ledger_record().set_who("somebody");
  submission().clear_parties();
  EXPECT_EQ(only(v1::CHECK_W4_1).outcome(), v1::OUTCOME_NOT_APPLICABLE);
}

TEST_F(Circumstantial, WithoutAnItemsPartyThoseOfTheSubmittersRoleAreAsked) {
  submission().mutable_parties(0)->set_role(v1::ROLE_DEFENDANT);
  submission().mutable_submitter()->set_role(v1::ROLE_PLAINTIFF);
  submission().mutable_submitter()->set_name("P");
  ledger_record().set_who("某文化公司");
  EXPECT_EQ(only(v1::CHECK_W4_1).code(), v1::REASON_WHO_MISMATCH);
  submission().mutable_parties(0)->set_role(v1::ROLE_PLAINTIFF);
  EXPECT_EQ(only(v1::CHECK_W4_1).outcome(), v1::OUTCOME_PASS);
}

TEST_F(Circumstantial, WhatComparesLikeWithLike) {
  EXPECT_EQ(only(v1::CHECK_W4_2).outcome(), v1::OUTCOME_UNDETERMINED);
  for (const char* what : {"article.html", "files/article.html", "archive/2026/article.html"}) {
    ledger_record().set_what(what);
    EXPECT_EQ(only(v1::CHECK_W4_2).outcome(), v1::OUTCOME_PASS) << what;
  }
  ledger_record().set_what("photo.jpg");
  EXPECT_EQ(only(v1::CHECK_W4_2).code(), v1::REASON_WHAT_MISMATCH);
  ledger_record().set_what("原创文章网页");  // a title: nothing to compare with yet
  EXPECT_EQ(only(v1::CHECK_W4_2).outcome(), v1::OUTCOME_UNDETERMINED);
  item().set_name("原创文章网页");
  EXPECT_EQ(only(v1::CHECK_W4_2).outcome(), v1::OUTCOME_PASS);
  item().set_name("聊天记录");
  EXPECT_EQ(only(v1::CHECK_W4_2).code(), v1::REASON_WHAT_MISMATCH);
  item().mutable_claims()->set_what("原创文章网页");
  EXPECT_EQ(only(v1::CHECK_W4_2).outcome(), v1::OUTCOME_PASS);
}

TEST_F(Circumstantial, WhenIsImplausibleOnlyLaterThanTheRecord) {
  EXPECT_EQ(only(v1::CHECK_W4_3).outcome(), v1::OUTCOME_NOT_PERFORMED);
  EXPECT_EQ(only(v1::CHECK_W4_3).effect(), v1::EFFECT_NONE);
  v1::ContentFacts& contents = *measured().mutable_contents();
  contents.set_performed(true);  // for another question
  EXPECT_EQ(only(v1::CHECK_W4_3).outcome(), v1::OUTCOME_NOT_PERFORMED);
  contents.add_times()->set_at_ms(kRecorded);
  EXPECT_EQ(only(v1::CHECK_W4_3).outcome(), v1::OUTCOME_PASS);
  contents.add_times()->set_at_ms(kRecorded + 1);
  EXPECT_EQ(only(v1::CHECK_W4_3).code(), v1::REASON_WHEN_IMPLAUSIBLE);
  ledger_record().clear_when_ms();
  EXPECT_EQ(only(v1::CHECK_W4_3).outcome(), v1::OUTCOME_UNDETERMINED);
}

TEST_F(Circumstantial, Where) {
  EXPECT_EQ(only(v1::CHECK_W4_4).outcome(), v1::OUTCOME_UNDETERMINED);
  ledger_record().set_where("https://a.example/x");
  EXPECT_EQ(only(v1::CHECK_W4_4).outcome(), v1::OUTCOME_NOT_APPLICABLE);
  measured().mutable_contents()->set_address("https://a.example/x");
  EXPECT_EQ(only(v1::CHECK_W4_4).outcome(), v1::OUTCOME_PASS);
  item().mutable_claims()->set_where("https://b.example/x");
  EXPECT_EQ(only(v1::CHECK_W4_4).code(), v1::REASON_WHERE_MISMATCH);
  item().clear_claims();
  measured().mutable_contents()->set_address("https://a.example/y");
  EXPECT_EQ(only(v1::CHECK_W4_4).code(), v1::REASON_WHERE_MISMATCH);
}

TEST_F(Circumstantial, ARecordThatDoesNotStandInItsLedgerIsComparedWithNothing) {
  ledger_record().set_who("x");
  ledger_record().set_what("x");
  ledger_record().set_where("x");
  measured().mutable_contents()->set_address("y");
  item().set_name("y");
  item().mutable_claims()->set_when_ms(kAsOf);
  set_answer(attestation(), v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED);
  for (const auto check :
       {v1::CHECK_TIM_2, v1::CHECK_W4_1, v1::CHECK_W4_2, v1::CHECK_W4_3, v1::CHECK_W4_4}) {
    EXPECT_EQ(only(check).outcome(), v1::OUTCOME_NOT_APPLICABLE);
  }
}

TEST_F(Circumstantial, WhatIsRelayedOfThePlatformChangesNothing) {
  EXPECT_EQ(only(v1::CHECK_PLT_1).outcome(), v1::OUTCOME_NOT_APPLICABLE);
  item().set_source("自有平台");
  EXPECT_EQ(only(v1::CHECK_PLT_1).outcome(), v1::OUTCOME_DECLARED);
  EXPECT_EQ(only(v1::CHECK_PLT_2).outcome(), v1::OUTCOME_NOT_APPLICABLE);
  submission().mutable_parties(0)->add_linked_institutions("platform-a");
  const auto finding = only(v1::CHECK_PLT_2);
  EXPECT_EQ(finding.outcome(), v1::OUTCOME_DECLARED);
  EXPECT_EQ(finding.effect(), v1::EFFECT_NONE);
  EXPECT_EQ(finding.subject().institution(), "platform-a");
}

}  // namespace
}  // namespace heyan::checks::testing
