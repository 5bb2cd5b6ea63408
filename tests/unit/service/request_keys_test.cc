// One Idempotency-Key: what is the same request, and when it came.
#include <gmock/gmock.h>

#include "tests/unit/service/acceptance_fixture.h"

namespace heyan::service {
namespace {

using core::ErrorCode;

class RequestKeysTest : public AcceptanceTest {
 protected:
  RequestKeysTest() { named_ = {"files/a", "files/b"}; }

  const Parts in_order_ = {{"case.json", "{}"}, {"files/a", "1"}, {"files/b", "2"}};
  const Parts otherwise_ = {{"files/b", "2"}, {"case.json", "{}"}, {"files/a", "1"}};
};

// In which order a client's library sends them, is not what was asked for.
TEST_F(RequestKeysTest, TheSamePartsInAnotherOrderAreTheSameRequest) {
  ASSERT_TRUE(accept_parts("one", "k", otherwise_).has_value());
  const auto again = accept_parts("two", "k", in_order_);
  ASSERT_TRUE(again.has_value()) << again.error().error.text;
  EXPECT_EQ(again->submission, "one");
  EXPECT_TRUE(again->replayed);
  EXPECT_EQ(intakes_, 1);
}

TEST_F(RequestKeysTest, OtherPartsAreAnotherRequest) {
  ASSERT_TRUE(accept_parts("one", "k", in_order_).has_value());
  const Parts changed = {{"case.json", "{}"}, {"files/a", "2"}, {"files/b", "1"}};
  EXPECT_EQ(accept_parts("two", "k", changed).error().error.text, kKeyReused);
  const Parts fewer = {{"case.json", "{}"}, {"files/a", "1"}};
  EXPECT_EQ(accept_parts("three", "k", fewer).error().error.text, kKeyReused);
}

// As earlier versions of this program kept it; sent again as it was it is the same, accepted or
// not.
TEST_F(RequestKeysTest, ARequestThatIsKeptInItsOrderIsTheSameInThatOrder) {
  const core::Bytes kept = fingerprint_as_sent(stage("kept", otherwise_));
  ASSERT_NE(kept, fingerprint_of(stage("sorted", otherwise_)));
  EXPECT_EQ(fingerprint_as_sent(stage("a", in_order_)), fingerprint_of(stage("b", in_order_)));
  {
    Staged staged = stage("one", otherwise_);
    v1::Session session;
    session.mutable_court()->set_code("0491");
    session.set_account_id("a");
    signer_is_away_ = true;
    EXPECT_EQ(
        accept({*store_, *vault_, signer_, boxes_, keys_}, "one", staged, session, {"k", kept})
            .error()
            .error.code,
        ErrorCode::kIo);
    signer_is_away_ = false;
  }
  EXPECT_EQ(accept_parts("two", "k", in_order_).error().error.text, kKeyReused);
  const auto accepted = accept_parts("three", "k", otherwise_);
  ASSERT_TRUE(accepted.has_value()) << accepted.error().error.text;
  EXPECT_EQ(accepted->submission, "one");
  EXPECT_TRUE(accept_parts("four", "k", otherwise_)->replayed);
}

TEST_F(RequestKeysTest, ARequestThatIsUnderWayIsToldApart) {
  const KeysInUse::Ticket held = keys_.enter({"0491", "a", "k"});
  EXPECT_EQ(accept_parts("one", "k", in_order_).error().error.text, kUnderWay);
}

// Lists are read page by page by it: what takes long to be put by does not come to stand behind
// what came later and was quick.
TEST_F(RequestKeysTest, ASubmissionIsListedByWhenItWasAccepted) {
  std::int64_t at_ms = 5000;
  now_ms_ = [&] { return at_ms; };
  record_ = [&](const std::string&, const v1::Session&) -> core::Result<void> {
    at_ms = 9000;  // the signer and the vault have done by then
    return {};
  };
  ASSERT_TRUE(accept_parts("one", "k", in_order_).has_value());
  const auto found = store_->find_submission("one", store::Scope::of_court("0491"));
  ASSERT_TRUE(found.has_value() && found->has_value());
  EXPECT_EQ((*found)->received_at_ms, 9000);
  v1::Session session;
  ASSERT_TRUE(session.ParseFromString(core::to_string((*found)->session)));
  EXPECT_EQ(session.received_at_ms(), 1000);  // when its request came
}

}  // namespace
}  // namespace heyan::service
