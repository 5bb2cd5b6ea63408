// Security decision 11: beyond ten minutes from the authority's clock nothing is dated.
#include "gateway/signer/outside_clock.h"

#include <gtest/gtest.h>

#include "tests/unit/ers/authority.h"
#include "tests/unit/signer/fixture.h"

namespace heyan::signer {
namespace {

using namespace std::chrono_literals;
using core::ErrorCode;
using ers::testing::TestAuthority;

const core::UtcTime kNow = *core::parse_rfc3339("2026-11-24T09:00:00Z");

const TestAuthority& authority() {
  static const TestAuthority one("TSA", "2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z");
  return one;
}

TEST(Apart, IsZeroWithinTheSpanAndItsAccuracy) {
  EXPECT_EQ(apart(kNow, 0us, kNow, kNow), 0ms);
  EXPECT_EQ(apart(kNow + 2s, 0us, kNow, kNow + 5s), 0ms);
  EXPECT_EQ(apart(kNow - 1s, 1s, kNow, kNow + 5s), 0ms);
  EXPECT_EQ(apart(kNow + 6s, 1s, kNow, kNow + 5s), 0ms);
  EXPECT_EQ(apart(kNow - 1ms, 1us, kNow, kNow), 0ms) << "rounded up";
}

TEST(Apart, SaysOnWhichSideAndByHowMuchAtLeast) {
  EXPECT_EQ(apart(kNow + 20min, 0us, kNow, kNow + 5s), 20min - 5s);
  EXPECT_EQ(apart(kNow + 20min, 1min, kNow, kNow), 19min);
  EXPECT_EQ(apart(kNow - 20min, 0us, kNow, kNow + 5s), -20min);
  EXPECT_EQ(apart(kNow - 20min, 1min, kNow, kNow), -19min);
}

class OutsideClockTest : public SignerTest {
 protected:
  OutsideClockTest() {
    authorities_ = authority().listed().trust.anchors;
    start();
  }
  std::string question() {
    v1::FrontAsks asks;
    asks.mutable_clock_question();
    const v1::FrontGets gets = ask(asks);
    EXPECT_EQ(gets.clock_question().sha256().size(), 32u) << gets.refusal().code();
    return gets.clock_question().sha256();
  }
  v1::FrontGets answer(const core::Bytes& token) {
    v1::FrontAsks asks;
    asks.mutable_clock_answer()->set_token(core::to_string(token));
    return ask(asks);
  }
  core::Bytes stamp(const std::string& question, core::UtcTime time, unsigned accuracy = 0) const {
    return authority().stamp(crypto::Hash::kSha256, core::as_bytes(question),
                             core::format_rfc3339(time), accuracy);
  }
  v1::ClockCompared compared(std::chrono::seconds difference, unsigned accuracy = 0) {
    const v1::FrontGets gets = answer(stamp(question(), now_ + difference, accuracy));
    EXPECT_TRUE(gets.has_clock_compared()) << gets.refusal().code();
    return gets.clock_compared();
  }
  // Refused for now where it is not dated: a clock can be set right.
  bool dates() {
    v1::FrontAsks asks;
    asks.mutable_intake()->set_submission_id("s" + std::to_string(++submissions_));
    *asks.mutable_intake()->mutable_files() = case_json_alone();
    const v1::FrontGets gets = ask(asks);
    EXPECT_FALSE(gets.has_refusal() && gets.refusal().final());
    return gets.has_receipt();
  }
  std::uint64_t log_size() {
    v1::FrontAsks asks;
    asks.mutable_backlog();
    return ask(asks).backlog().log_size();
  }
  int submissions_ = 0;
};

TEST_F(OutsideClockTest, UpToTenMinutesAreBorne) {
  for (const auto difference : {0s, 59s, 600s, -59s, -600s}) {
    const v1::ClockCompared said = compared(difference);
    EXPECT_TRUE(said.agrees()) << difference.count();
    EXPECT_EQ(said.apart_ms(), std::chrono::milliseconds(difference).count());
    EXPECT_TRUE(dates());
  }
  EXPECT_EQ(clock_troubles_, 0);
}

TEST_F(OutsideClockTest, BeyondThemNothingIsDatedUntilTheyAgree) {
  ASSERT_TRUE(compared(0s).agrees());
  ASSERT_TRUE(dates());
  const std::uint64_t before = log_size();
  for (const auto difference : {601s, -601s, 28'800s, -31'536'000s}) {
    const v1::ClockCompared said = compared(difference);
    EXPECT_FALSE(said.agrees()) << difference.count();
    EXPECT_EQ(said.apart_ms(), std::chrono::milliseconds(difference).count());
    EXPECT_FALSE(dates());
    EXPECT_FALSE(dates()) << "it is not believed for being asked again";
    EXPECT_EQ(log_size(), 0u) << "nor is the gateway ready";
    EXPECT_TRUE(compared(0s).agrees());
    EXPECT_EQ(log_size(), before) << "nothing was appended";
  }
  EXPECT_TRUE(dates());
  EXPECT_EQ(clock_troubles_, 4) << "said once each time";
}

TEST_F(OutsideClockTest, TheStatedAccuracyIsAllowedFor) {
  EXPECT_TRUE(compared(630s, 30).agrees());
  EXPECT_FALSE(compared(631s, 30).agrees());
}

// What is logged an hour ahead keeps everybody waiting for that hour.
TEST_F(OutsideClockTest, NothingIsDatedBeforeTheFirstComparison) {
  EXPECT_FALSE(dates());
  EXPECT_FALSE(signer_->may_log_heads());
  EXPECT_EQ(log_size(), 0u) << "nor is the gateway ready";
  const core::Bytes token = stamp(question(), now_);
  EXPECT_FALSE(dates());
  EXPECT_TRUE(answer(token).clock_compared().agrees());
  EXPECT_TRUE(dates());
  EXPECT_TRUE(signer_->may_log_heads());
  EXPECT_EQ(log_size(), 2u);
  EXPECT_EQ(clock_troubles_, 0);
}

TEST_F(OutsideClockTest, AnAuthorityThatDoesNotAnswerKeepsNobodyWaitingForLong) {
  pass(30s - 1ms);
  EXPECT_FALSE(dates());
  pass(1ms);
  EXPECT_TRUE(dates());
  start();
  EXPECT_FALSE(dates());
  EXPECT_EQ(answer({}).refusal().code(), "not-found");
  EXPECT_FALSE(dates()) << "nothing was asked";
  question();
  EXPECT_EQ(answer({}).refusal().code(), "malformed");
  EXPECT_TRUE(dates()) << "whoever brings nothing has waited for it";
}

// The clock was wrong, and was set right.
TEST_F(OutsideClockTest, WithinAMinuteOfTheAuthorityASetClockIsBelieved) {
  now_ += 2h;
  ASSERT_TRUE(compared(0s).agrees());
  ASSERT_TRUE(dates());
  for (const auto jump : {3600s, -61s}) {
    now_ += jump;
    EXPECT_FALSE(dates());
    EXPECT_TRUE(compared(jump > 0s ? 61s : -61s).agrees()) << "of ten minutes";
    EXPECT_FALSE(dates()) << "which is not close enough";
    EXPECT_TRUE(compared(jump > 0s ? 60s : -60s).agrees());
    EXPECT_EQ(dates(), jump > 0s) << "the log's time is not gone back";
  }
}

// What the authority does not know of the time, and what the way took, may be on the wrong side.
TEST_F(OutsideClockTest, ATimeThatIsNotKnownToTheMinuteHasNoSetClockBelieved) {
  ASSERT_TRUE(compared(0s).agrees());
  ASSERT_TRUE(dates());
  now_ += 9min;
  const v1::ClockCompared said = compared(-9min, 600);
  EXPECT_TRUE(said.agrees());
  EXPECT_EQ(said.apart_ms(), 0);
  EXPECT_FALSE(dates());
  const std::string asked = question();
  const core::UtcTime then = now_;
  pass(61s);
  EXPECT_TRUE(answer(stamp(asked, then)).clock_compared().agrees());
  EXPECT_FALSE(dates());
  EXPECT_TRUE(compared(0s, 60).agrees());
  EXPECT_TRUE(dates());
}

TEST_F(OutsideClockTest, ABelievedClockStaysBelievedWithoutAnAnswer) {
  question();
  pass(24h * 30);
  EXPECT_TRUE(dates());
}

TEST_F(OutsideClockTest, NoAnswerMakesADisbelievedClockBelieved) {
  ASSERT_FALSE(compared(3600s).agrees());
  question();
  EXPECT_TRUE(answer({}).has_refusal());
  EXPECT_FALSE(dates());
}

TEST_F(OutsideClockTest, OnlyATokenOverWhatWasJustDrawnCounts) {
  const std::string old = question();
  const core::Bytes token = stamp(old, now_ + 1h);
  const std::string drawn = question();
  EXPECT_NE(drawn, old);
  EXPECT_EQ(answer(token).refusal().code(), "malformed") << "of an earlier question";
  EXPECT_EQ(answer(stamp(drawn, now_ + 1h)).refusal().code(), "not-found") << "it had its answer";
  const core::Bytes good = stamp(question(), now_);
  EXPECT_TRUE(answer(good).has_clock_compared());
  EXPECT_EQ(answer(good).refusal().code(), "not-found") << "once";
  EXPECT_TRUE(dates()) << "none of them did any harm";
}

// Kept back, a token of then would hide what the clock was set to since.
TEST_F(OutsideClockTest, AnAnswerThatComesLateSaysNothing) {
  const core::Bytes token = stamp(question(), now_);
  pass(2min + 1ms);
  EXPECT_EQ(answer(token).refusal().code(), "changed");
  const core::Bytes other = stamp(question(), now_);
  pass(2min);
  EXPECT_TRUE(answer(other).clock_compared().agrees());
}

// The clock is set between question and answer: time that passed is what the other clock says.
TEST_F(OutsideClockTest, AClockThatIsSetMeanwhileDiffers) {
  const std::string drawn = question();
  const core::Bytes token = stamp(drawn, now_);
  now_ += 1h;
  const v1::FrontGets gets = answer(token);
  EXPECT_FALSE(gets.clock_compared().agrees());
  EXPECT_EQ(gets.clock_compared().apart_ms(), -3'600'000);
}

TEST_F(OutsideClockTest, NobodyElsesClockCounts) {
  const TestAuthority stranger("TSA", "2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z");
  const auto of_stranger = [&] {
    return stranger.stamp(crypto::Hash::kSha256, core::as_bytes(question()),
                          "2026-11-24T12:00:00Z");
  };
  EXPECT_EQ(answer(of_stranger()).refusal().code(), "malformed");
  core::Bytes changed = stamp(question(), now_);
  changed.back() ^= 1;
  EXPECT_EQ(answer(changed).refusal().code(), "malformed");
  core::Bytes longer = stamp(question(), now_);
  longer.push_back(0);
  EXPECT_EQ(answer(longer).refusal().code(), "malformed");
  EXPECT_EQ(
      answer(stamp(question(), *core::parse_rfc3339("2031-01-01T00:00:00Z"))).refusal().code(),
      "malformed")
      << "the authority's certificate had ended";
  question();
  EXPECT_EQ(answer(core::to_bytes(std::string_view("no token"))).refusal().code(), "malformed");
  EXPECT_TRUE(dates());
}

TEST_F(OutsideClockTest, AnAuthorityThatDoesNotKnowTheTimeSaysNothing) {
  EXPECT_EQ(answer(stamp(question(), now_ + 1h, 601)).refusal().code(), "malformed");
  EXPECT_TRUE(answer(stamp(question(), now_ + 1h, 600)).has_clock_compared());
}

TEST_F(OutsideClockTest, NothingIsAskedWhereThereIsNoAuthority) {
  authorities_.clear();
  start();
  v1::FrontAsks asks;
  asks.mutable_clock_question();
  EXPECT_EQ(ask(asks).refusal().code(), "unsupported");
  EXPECT_EQ(answer(core::Bytes(10, 1)).refusal().code(), "not-found");
}

}  // namespace
}  // namespace heyan::signer
