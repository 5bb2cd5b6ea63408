// What a court's system is told of an end.
#include "gateway/service/webhook_events.h"

#include <gmock/gmock.h>

#include "heyan/v1/gateway.pb.h"
#include "tests/unit/store/store_fixture.h"

namespace heyan::service {
namespace {

class EventsTest : public store::StoreTest {
 protected:
  WebhookEvents events_{{{"u-1", false}, {"u-2", true}},
                        [] { return std::int64_t{1'700'000'000'123}; }};
  EventsTest() {
    job_.submission = "s1";
    job_.version = 2;
    job_.account = "u-1";
  }
  store::Job job_;
};

TEST_F(EventsTest, SayThatAReportIsThereAndNothingOfItsContent) {
  store::FinishedJob report = finished(job_, "HY-1");
  report.case_number = "（2026）京0491民初1号";
  const auto told = events_.tell({.job = job_, .report = &report, .refusal = ""});
  ASSERT_TRUE(told && *told);
  EXPECT_EQ(core::to_string((*told)->body),
            R"({"data":{"links":{"report":"/v1/reports/HY-1","submission":"/v1/submissions/s1"},)"
            R"("reportNumber":"HY-1","state":"DONE","submission":"s1","verdict":"ALL_CONSISTENT",)"
            R"("version":2},"timestamp":"2023-11-14T22:13:20.123Z","type":"submission.done"})");
  EXPECT_THAT((*told)->id, testing::MatchesRegex("evt_[0-9a-f]+"));
  EXPECT_EQ((*told)->account, "u-1");
  EXPECT_EQ((*told)->content_type, "application/json");
}

TEST_F(EventsTest, LeaveItToTheSystemsOwnAnswerWhereThatIsWanted) {
  v1::Session session;
  session.mutable_message()->set_adapter("ecf5");
  job_.session = core::to_bytes(core::as_bytes(session.SerializeAsString()));
  store::FinishedJob report = finished(job_, "HY-1");
  const auto plain = events_.tell({.job = job_, .report = &report, .refusal = ""});
  ASSERT_TRUE(plain && *plain);
  EXPECT_EQ((*plain)->content_type, "application/json");
  job_.account = "u-2";
  const auto own = events_.tell({.job = job_, .report = &report, .refusal = ""});
  ASSERT_TRUE(own && *own);
  EXPECT_EQ((*own)->content_type, kOwnAnswer);
  EXPECT_EQ(core::to_string((*own)->body), "ecf5");
  job_.session.clear();
  const auto of_a_case = events_.tell({.job = job_, .report = &report, .refusal = ""});
  ASSERT_TRUE(of_a_case && *of_a_case);
  EXPECT_EQ((*of_a_case)->content_type, "application/json");
}

TEST_F(EventsTest, SayThatThereIsNone) {
  const auto told = events_.tell({.job = job_, .report = nullptr, .refusal = "NO_TRUST"});
  ASSERT_TRUE(told && *told);
  EXPECT_EQ(core::to_string((*told)->body),
            R"({"data":{"links":{"submission":"/v1/submissions/s1"},"refusal":"NO_TRUST",)"
            R"("state":"REJECTED","submission":"s1","version":2},)"
            R"("timestamp":"2023-11-14T22:13:20.123Z","type":"submission.rejected"})");
}

TEST_F(EventsTest, SayWhichVersionWasRejected) {
  const auto version = [](std::string_view body, std::string_view type = "application/json") {
    store::Delivery delivery;
    delivery.content_type = type;
    delivery.body = core::to_bytes(body);
    return version_rejected(delivery);
  };
  const auto told = events_.tell({.job = job_, .report = nullptr, .refusal = "NO_TRUST"});
  ASSERT_TRUE(told && *told);
  const std::string body = core::to_string((*told)->body);
  EXPECT_EQ(version(body), 2u);
  EXPECT_EQ(version(body, kOwnAnswer), std::nullopt);
  const store::FinishedJob report = finished(job_, "HY-1");
  const auto done = events_.tell({.job = job_, .report = &report, .refusal = ""});
  ASSERT_TRUE(done && *done);
  EXPECT_EQ(version(core::to_string((*done)->body)), std::nullopt);
  for (const char* other :
       {"", "{}", "ecf5", "[]", R"({"type":1})", R"({"type":"submission.rejected"})",
        R"({"data":[],"type":"submission.rejected"})",
        R"({"data":{"version":"2"},"type":"submission.rejected"})",
        R"({"data":{"version":-1},"type":"submission.rejected"})",
        R"({"data":{"version":4294967296},"type":"submission.rejected"})"}) {
    EXPECT_EQ(version(other), std::nullopt) << other;
  }
}

TEST_F(EventsTest, GoToNobodyElse) {
  job_.account = "u-3";
  const auto told = events_.tell({.job = job_, .report = nullptr, .refusal = "NO_TRUST"});
  ASSERT_TRUE(told);
  EXPECT_FALSE(told->has_value());
}

}  // namespace
}  // namespace heyan::service
