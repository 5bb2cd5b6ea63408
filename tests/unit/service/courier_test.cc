// The courier, with a test in the place of the egress process.
#include "gateway/service/courier.h"

#include <gmock/gmock.h>

#include "gateway/ipc/frame_limits.h"
#include "gateway/service/webhook_events.h"
#include "heyan/v1/gateway.pb.h"
#include "heyan/v1/webhook.pb.h"
#include "tests/unit/store/store_fixture.h"

namespace heyan::service {
namespace {

using Outcome = Courier::Outcome;

class CourierTest : public store::StoreTest {
 protected:
  CourierTest() {
    auto pair = *ipc::make_pair();
    front_ = std::move(pair.a);
    egress_.emplace(std::move(pair.b), ipc::kEgressFrameBytes);
  }
  void file(const std::string& submission_id, const std::string& event,
            const std::string& account = "u-1", std::int64_t created_at_ms = 1000,
            std::string_view type = "text/plain") {
    accept(store::submission(submission_id));
    store::FinishedJob done = finished(claim(), "HY-" + submission_id);
    done.delivery = store::NewDelivery{.id = event,
                                       .account = account,
                                       .content_type = std::string(type),
                                       .body = core::to_bytes("body of " + event),
                                       .created_at_ms = created_at_ms};
    EXPECT_TRUE(store_->finish_job(done).value());
  }
  void start() {
    courier_.emplace(
        Courier::Settings{
            .patience = {{"u-1", std::chrono::seconds(5)}, {"u-2", std::chrono::seconds(5)}},
            .now_ms = [this] { return now_ms_.load(); },
            .has_time = [this] { return has_time_.load(); },
            .every = std::chrono::milliseconds(5),
            .first_wait_ms = 10'000,
            .own_answer = own_answer_,
            .on_tried =
                [this](const store::Delivery& delivery, Outcome outcome, std::string_view fault,
                       unsigned) {
                  const std::lock_guard lock(mutex_);
                  tried_.push_back(delivery.id + " " + std::to_string(static_cast<int>(outcome)) +
                                   " " + std::string(fault));
                }},
        *store_, std::move(front_));
  }
  v1::WebhookAsk asked() {
    auto ask = egress_->receive<v1::WebhookAsk>(ipc::MessageType::kWebhookAsk, soon());
    EXPECT_TRUE(ask.has_value());
    return ask ? *ask : v1::WebhookAsk();
  }
  bool is_asked(std::chrono::milliseconds within) {
    return egress_->receive<v1::WebhookAsk>(ipc::MessageType::kWebhookAsk, ipc::within(within))
        .has_value();
  }
  void answer(const std::string& id, v1::EgressFault fault = v1::EGRESS_FAULT_UNSPECIFIED,
              std::uint32_t number = 0) {
    v1::WebhookGets gets;
    gets.set_id(id);
    if (fault != v1::EGRESS_FAULT_UNSPECIFIED) {
      gets.mutable_failure()->set_fault(fault);
      gets.mutable_failure()->set_number(number);
    }
    EXPECT_TRUE(egress_->send(ipc::MessageType::kWebhookGets, gets, -1, soon()).has_value());
  }
  std::vector<std::string> tried(std::size_t count) {
    for (int i = 0; i < 1000; ++i) {
      {
        const std::lock_guard lock(mutex_);
        if (tried_.size() >= count) return tried_;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return {};
  }
  static ipc::Deadline soon() { return ipc::within(std::chrono::seconds(20)); }

  os::Descriptor front_;
  std::optional<ipc::Channel> egress_;
  std::function<core::Result<v1::CourtAnswer>(const store::Delivery&)> own_answer_;
  std::atomic<std::int64_t> now_ms_ = 1000;
  std::atomic<bool> has_time_ = true;
  std::mutex mutex_;  // guards tried_
  std::vector<std::string> tried_;
  std::optional<Courier> courier_;
};

TEST_F(CourierTest, DeliversWhatIsDueOnce) {
  file("s1", "e1");
  start();
  const v1::WebhookAsk ask = asked();
  EXPECT_EQ(ask.id(), "e1");
  EXPECT_EQ(ask.account(), "u-1");
  EXPECT_EQ(ask.content_type(), "text/plain");
  EXPECT_EQ(ask.body(), "body of e1");
  answer("e1");
  EXPECT_THAT(tried(1), testing::ElementsAre("e1 0 "));
  EXPECT_FALSE(is_asked(std::chrono::milliseconds(50)));
  EXPECT_EQ(store_->deliveries_pending().value(), 0u);
}

// A version that was rejected is verified once more under its number.
TEST_F(CourierTest, ARejectionIsNotToldOnceTheSameVersionHasItsReport) {
  const WebhookEvents events({{"u-1", false}}, [] { return std::int64_t{1000}; });
  const auto reject = [&](const std::string& id) {
    accept(store::submission(id));
    const store::Job job = claim();
    const auto told = events.tell({.job = job, .report = nullptr, .refusal = "no-policy"});
    EXPECT_TRUE(store_->reject_job(job, "no-policy", told.value()).has_value());
  };
  reject("s1");
  ASSERT_EQ(store_->reverify("s1", 3000).value(), 1);
  store::FinishedJob done = finished(claim(), "HY-1");
  done.delivery = store::NewDelivery{.id = "e2",
                                     .account = "u-1",
                                     .content_type = "text/plain",
                                     .body = core::to_bytes("{}"),
                                     .created_at_ms = 1001};
  ASSERT_TRUE(store_->finish_job(done).value());
  reject("s2");
  now_ms_ = 2000;
  start();
  std::vector<std::string> told;
  for (int i = 0; i < 2; ++i) {
    const v1::WebhookAsk ask = asked();
    told.push_back(ask.id() == "e2" ? "e2" : ask.body());
    answer(ask.id());
  }
  EXPECT_THAT(told, testing::UnorderedElementsAre("e2", testing::HasSubstr("submissions/s2")))
      << "that of s2 stands";
  EXPECT_EQ(tried(2).size(), 2u);
  EXPECT_FALSE(is_asked(std::chrono::milliseconds(50)));
  EXPECT_EQ(store_->deliveries_pending().value(), 0u);
}

TEST_F(CourierTest, TriesAgainLaterAndLater) {
  file("s1", "e1");
  start();
  std::int64_t wait = 10'000;
  for (int i = 0; i < 3; ++i, wait *= 2) {
    EXPECT_EQ(asked().id(), "e1");
    answer("e1", v1::EGRESS_FAULT_CONNECTION);
    tried(static_cast<std::size_t>(i) + 1);
    now_ms_ += wait - 1;
    EXPECT_FALSE(is_asked(std::chrono::milliseconds(30))) << i;
    now_ms_ += 1;
  }
  EXPECT_EQ(asked().id(), "e1");
  answer("e1");
  EXPECT_EQ(tried(4).back(), "e1 0 ");
}

TEST_F(CourierTest, NeverWaitsLongerThanSixHoursAndGivesUpAfterThreeDays) {
  file("s1", "e1");
  start();
  constexpr std::int64_t kDay = 86'400'000;
  for (std::size_t i = 1; i <= 12; ++i) {
    asked();
    answer("e1", v1::EGRESS_FAULT_TIME);
    tried(i);
    now_ms_ += 6 * 3'600'000;
  }
  EXPECT_LT(now_ms_.load(), 1000 + 3 * kDay + 1);
  asked();
  answer("e1", v1::EGRESS_FAULT_HTTP_STATUS, 500);
  EXPECT_EQ(tried(13).back(), "e1 2 http-status");
  now_ms_ += kDay;
  EXPECT_FALSE(is_asked(std::chrono::milliseconds(30)));
}

// Days that this clock alone says have passed are none.
TEST_F(CourierTest, NothingIsGivenUpByAClockThatIsNotBelieved) {
  constexpr std::int64_t kDay = std::int64_t{24} * 3'600'000;
  file("s1", "e1");
  has_time_ = false;
  now_ms_ = 1000 + 4 * kDay;
  start();
  asked();
  answer("e1", v1::EGRESS_FAULT_CERTIFICATE);
  EXPECT_EQ(tried(1).back(), "e1 1 certificate");
  EXPECT_EQ(store_->deliveries_pending().value(), 1u);
  has_time_ = true;
  now_ms_ += 4 * kDay;
  asked();
  answer("e1", v1::EGRESS_FAULT_CERTIFICATE);
  EXPECT_EQ(tried(2).back(), "e1 1 certificate") << "the first of which the time is known";
  now_ms_ += 3 * kDay;
  asked();
  answer("e1", v1::EGRESS_FAULT_CERTIFICATE);
  EXPECT_EQ(tried(3).back(), "e1 2 certificate");
}

// Three days of trying, not three days since it happened.
TEST_F(CourierTest, WhatWaitedForAGatewayThatWasAwayIsTriedAsLongAsAnyOther) {
  constexpr std::int64_t kDay = std::int64_t{24} * 3'600'000;
  file("s1", "e1", "u-1", 1000);
  file("s2", "e2", "u-1", 1001);
  now_ms_ = 1000 + 4 * kDay;
  start();
  EXPECT_EQ(asked().id(), "e1");
  answer("e1", v1::EGRESS_FAULT_CONNECTION);
  EXPECT_EQ(tried(1).back(), "e1 1 connection");
  now_ms_ += 3 * kDay - 1;
  EXPECT_EQ(asked().id(), "e1");
  answer("e1", v1::EGRESS_FAULT_HTTP_STATUS, 500);
  EXPECT_EQ(tried(2).back(), "e1 1 http-status");
  EXPECT_EQ(asked().id(), "e2");
  now_ms_ += 1;
  answer("e2", v1::EGRESS_FAULT_CONNECTION);
  EXPECT_EQ(tried(3).back(), "e2 2 connection") << "its system was asked in vain for as long";
}

// It failed, then no gateway ran for days: it is lost by no single attempt after those.
TEST_F(CourierTest, NothingIsGivenUpAtTheStart) {
  constexpr std::int64_t kDay = std::int64_t{24} * 3'600'000;
  file("s1", "e1");
  EXPECT_TRUE(store_->not_delivered({.id = "e1", .not_before_ms = 1000, .at_ms = 1000}));
  now_ms_ = 1000 + 4 * kDay;
  start();
  asked();
  answer("e1", v1::EGRESS_FAULT_CONNECTION);
  EXPECT_EQ(tried(1).back(), "e1 1 connection");
  now_ms_ += kDay / 2 - 1;
  asked();
  answer("e1", v1::EGRESS_FAULT_CONNECTION);
  EXPECT_EQ(tried(2).back(), "e1 1 connection");
  now_ms_ += kDay / 2;
  asked();
  answer("e1", v1::EGRESS_FAULT_CONNECTION);
  EXPECT_EQ(tried(3).back(), "e1 2 connection");
}

// One event that a system refuses keeps no other waiting; a system that is away is asked once.
TEST_F(CourierTest, OneRefusalIsNotAbsence) {
  file("s1", "e1", "u-1", 1);
  file("s2", "e2", "u-1", 2);
  file("s3", "e3", "u-1", 3);
  file("s4", "e4", "u-2", 4);
  start();
  EXPECT_EQ(asked().id(), "e1");
  answer("e1", v1::EGRESS_FAULT_HTTP_STATUS, 400);
  EXPECT_EQ(asked().id(), "e4") << "its account's turn";
  answer("e4");
  EXPECT_EQ(asked().id(), "e2");
  answer("e2", v1::EGRESS_FAULT_HTTP_STATUS, 503);
  EXPECT_EQ(tried(3).back(), "e2 1 http-status");
  EXPECT_FALSE(is_asked(std::chrono::milliseconds(50)));
}

// However many wait for the one, and whatever it answers.
TEST_F(CourierTest, ASlowSystemDelaysAnotherByOneAttempt) {
  for (const char* one : {"1", "2", "3", "4"}) file(std::string("s") + one, std::string("e") + one);
  file("s5", "e5", "u-2", 5000);
  file("s6", "e6", "u-2", 5000);
  now_ms_ = 5000;
  start();
  const auto slowly = [this](const std::string& id, v1::EgressFault fault) {
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    answer(id, fault, 500);
  };
  EXPECT_EQ(asked().id(), "e1");
  slowly("e1", v1::EGRESS_FAULT_HTTP_STATUS);
  for (const char* id : {"e5", "e6"}) {
    EXPECT_EQ(asked().id(), id);
    answer(id);
  }
  EXPECT_EQ(asked().id(), "e2");
  file("s7", "e7", "u-2", 5000);
  slowly("e2", v1::EGRESS_FAULT_UNSPECIFIED);
  EXPECT_EQ(asked().id(), "e7");
  answer("e7");
  EXPECT_EQ(asked().id(), "e3");
}

TEST_F(CourierTest, WhoCannotBeReachedIsAskedOnce) {
  file("s1", "e1", "u-1", 1);
  file("s2", "e2", "u-1", 2);
  start();
  EXPECT_EQ(asked().id(), "e1");
  answer("e1", v1::EGRESS_FAULT_CERTIFICATE);
  tried(1);
  EXPECT_FALSE(is_asked(std::chrono::milliseconds(50)));
  EXPECT_EQ(store_->deliveries_pending().value(), 2u);
}

TEST_F(CourierTest, AnAnswerToAnotherQuestionIsNone) {
  file("s1", "e1");
  start();
  asked();
  answer("e0");
  answer("e1", v1::EGRESS_FAULT_REDIRECT);
  EXPECT_THAT(tried(1), testing::ElementsAre("e1 1 redirect"));
}

TEST_F(CourierTest, AsksNothingForAnAccountThatIsNotTold) {
  file("s1", "e1", "u-9");
  start();
  EXPECT_THAT(tried(1), testing::ElementsAre("e1 1 no-webhook"));
  EXPECT_FALSE(is_asked(std::chrono::milliseconds(30)));
}

// What comes of it nobody knows, so it is as if it had not been tried.
TEST_F(CourierTest, EndsWithoutWaitingForAnAnswer) {
  file("s1", "e1");
  start();
  asked();
  const auto begun = std::chrono::steady_clock::now();
  courier_.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(3));
  const auto due = store_->due_delivery("u-1", 1000).value();
  ASSERT_TRUE(due);
  EXPECT_EQ(due->attempts, 0u);
  EXPECT_TRUE(tried_.empty());
}

TEST_F(CourierTest, IsLostWhereTheOtherEndSpeaksNonsense) {
  file("s1", "e1");
  start();
  asked();
  EXPECT_TRUE(
      egress_->send(ipc::MessageType::kEgressGets, v1::EgressGets(), -1, soon()).has_value());
  for (int i = 0; i < 1000 && !courier_->is_lost(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_TRUE(courier_->is_lost());
  EXPECT_EQ(store_->deliveries_pending().value(), 1u);
}

TEST_F(CourierTest, MakesASystemsOwnAnswerWhenItIsSent) {
  own_answer_ = [](const store::Delivery& delivery) -> core::Result<v1::CourtAnswer> {
    v1::CourtAnswer answer;
    answer.set_content_type("text/xml");
    answer.set_body("<a>" + delivery.submission + "</a>");
    return answer;
  };
  file("s1", "e1", "u-1", 1000, kOwnAnswer);
  start();
  const v1::WebhookAsk ask = asked();
  EXPECT_EQ(ask.content_type(), "text/xml");
  EXPECT_EQ(ask.body(), "<a>s1</a>");
  answer("e1");
  EXPECT_THAT(tried(1), testing::ElementsAre("e1 0 "));
}

TEST_F(CourierTest, TriesASystemsOwnAnswerAgainThatCannotBeMade) {
  own_answer_ = [](const store::Delivery&) -> core::Result<v1::CourtAnswer> {
    return core::fail(core::ErrorCode::kIo, "the renderer is away");
  };
  file("s1", "e1", "u-1", 1000, kOwnAnswer);
  start();
  EXPECT_THAT(tried(1), testing::ElementsAre("e1 1 no-answer"));
  EXPECT_FALSE(is_asked(std::chrono::milliseconds(50)));
  EXPECT_EQ(store_->deliveries_pending().value(), 1u);
}

TEST_F(CourierTest, AnAnswerThatCannotBeMadeHoldsUpNoOther) {
  own_answer_ = [](const store::Delivery&) -> core::Result<v1::CourtAnswer> {
    return core::fail(core::ErrorCode::kIo, "its adapter is switched off");
  };
  file("s1", "e1", "u-1", 1000, kOwnAnswer);
  file("s2", "e2");
  start();
  EXPECT_EQ(asked().id(), "e2");
  answer("e2");
  EXPECT_THAT(tried(2), testing::ElementsAre("e1 1 no-answer", "e2 0 "));
}

}  // namespace
}  // namespace heyan::service
