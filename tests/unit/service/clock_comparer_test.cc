// The front's part in comparing clocks, with a test in the place of signer and egress process.
#include "gateway/service/clock_comparer.h"

#include <gmock/gmock.h>

#include "tests/unit/service/other_side.h"

namespace heyan::service {
namespace {

using namespace std::chrono_literals;
using Outcome = ClockComparison::Outcome;

class ClockComparerTest : public ::testing::Test {
 protected:
  ClockComparerTest()
      : side_([this](const v1::FrontAsks& asks) { return signer_answers(asks); }),
        signer_(side_.front()) {
    auto pair = pair_or_die();
    front_ = std::move(pair.a);
    egress_.emplace(std::move(pair.b), ipc::kEgressFrameBytes);
  }

  void start(std::chrono::milliseconds every, std::chrono::milliseconds again) {
    client_.emplace(StampDesk::Settings{.patience = 5s, .on_document = {}}, std::move(front_));
    comparer_.emplace(ClockComparer::Settings{.every = every,
                                              .again = again,
                                              .on_compared =
                                                  [this](const ClockComparison& one) {
                                                    const std::lock_guard lock(mutex_);
                                                    compared_.push_back(one);
                                                  }},
                      signer_, *client_);
  }
  // What egress is asked next, answered with that token; empty: with a failure. False: nothing.
  bool asked(const std::string& token, ipc::Deadline until = ipc::within(20s)) {
    const auto ask = egress_->receive<v1::StampAsk>(ipc::MessageType::kStampAsk, until);
    if (!ask) return false;
    last_asked_ = *ask;
    v1::StampGets gets;
    gets.set_id(ask->id());
    if (token.empty())
      gets.mutable_failure()->set_fault(v1::EGRESS_FAULT_CONNECTION);
    else
      gets.set_token(token);
    return egress_->send(ipc::MessageType::kStampGets, gets, -1, ipc::within(20s)).has_value();
  }
  std::vector<ClockComparison> compared(std::size_t count) {
    for (int i = 0; i < 4000; ++i) {
      {
        const std::lock_guard lock(mutex_);
        if (compared_.size() >= count) return compared_;
      }
      std::this_thread::sleep_for(5ms);
    }
    return {};
  }
  v1::FrontGets signer_answers(const v1::FrontAsks& asks) {
    v1::FrontGets gets;
    const std::lock_guard lock(mutex_);
    if (refuses_) {
      gets.mutable_refusal()->set_code("unsupported");
    } else if (asks.has_backlog()) {
      if (has_time_) gets.mutable_backlog();
    } else if (asks.has_clock_question()) {
      gets.mutable_clock_question()->set_sha256(std::string(32, 'q'));
    } else {
      token_ = asks.clock_answer().token();
      ++brought_;
      gets.mutable_clock_compared()->set_agrees(apart_ms_ == 0);
      gets.mutable_clock_compared()->set_apart_ms(apart_ms_);
    }
    return gets;
  }

  std::mutex mutex_;  // guards the next six
  std::vector<ClockComparison> compared_;
  std::string token_;
  int brought_ = 0;
  bool refuses_ = false;
  bool has_time_ = true;
  std::int64_t apart_ms_ = 0;
  v1::StampAsk last_asked_;
  SignerSide side_;
  SignerClient signer_;
  os::Descriptor front_;
  std::optional<ipc::Channel> egress_;
  std::optional<StampDesk> client_;
  std::optional<ClockComparer> comparer_;
};

TEST_F(ClockComparerTest, BringsTheSignerTheTimeOfWhatItDrew) {
  start(1h, 1h);
  ASSERT_TRUE(asked("token"));
  EXPECT_EQ(last_asked_.sha256(), std::string(32, 'q'));
  EXPECT_TRUE(last_asked_.any_time()) << "egress must not judge the time";
  const auto one = compared(1);
  ASSERT_EQ(one.size(), 1u);
  EXPECT_EQ(one[0].outcome, Outcome::kAgrees);
  EXPECT_EQ(token_, "token");
  EXPECT_FALSE(asked("token", ipc::within(200ms))) << "once an hour";
}

TEST_F(ClockComparerTest, AsksAgainSoonUntilTheyAgree) {
  apart_ms_ = -700'000;
  start(1h, 10ms);
  ASSERT_TRUE(asked("token"));
  const auto differs = compared(1);
  ASSERT_FALSE(differs.empty());
  EXPECT_EQ(differs[0].outcome, Outcome::kDiffers);
  EXPECT_EQ(differs[0].apart, -700s);
  {
    const std::lock_guard lock(mutex_);
    apart_ms_ = 0;
  }
  ASSERT_TRUE(asked("token"));
  const auto agrees = compared(2);
  ASSERT_EQ(agrees.size(), 2u);
  EXPECT_EQ(agrees[1].outcome, Outcome::kAgrees);
  EXPECT_FALSE(asked("token", ipc::within(200ms)));
}

// It was set; whether to what it should be, the authority knows.
TEST_F(ClockComparerTest, AsksAgainSoonWhereTheSignerHasNoTime) {
  start(1h, 10ms);
  ASSERT_TRUE(asked("token"));
  ASSERT_FALSE(compared(1).empty());
  EXPECT_FALSE(asked("token", ipc::within(100ms)));
  {
    const std::lock_guard lock(mutex_);
    has_time_ = false;
  }
  EXPECT_TRUE(asked("token"));
  EXPECT_TRUE(asked("token"));
}

TEST_F(ClockComparerTest, SaysWhyNothingCameOfIt) {
  start(1h, 10ms);
  ASSERT_TRUE(asked(""));
  const auto first = compared(1);
  ASSERT_FALSE(first.empty());
  EXPECT_EQ(first[0].outcome, Outcome::kFailed);
  EXPECT_EQ(first[0].fault, "connection");
  EXPECT_EQ(brought_, 1) << "nothing is brought, too, for the signer waits for it";
  EXPECT_TRUE(token_.empty());
}

TEST_F(ClockComparerTest, AsksNobodyWhereTheSignerDrawsNothing) {
  refuses_ = true;
  start(1h, 10ms);
  const auto one = compared(2);
  ASSERT_GE(one.size(), 2u);
  EXPECT_EQ(one[1].outcome, Outcome::kFailed);
  EXPECT_EQ(one[1].fault, "signer");
  EXPECT_FALSE(asked("token", ipc::within(100ms)));
}

TEST_F(ClockComparerTest, EndsAtOnceWhileItWaits) {
  start(1h, 1h);
  const auto began = std::chrono::steady_clock::now();
  comparer_.reset();  // its question is open
  EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
}

}  // namespace
}  // namespace heyan::service
