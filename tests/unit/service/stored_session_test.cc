#include "gateway/service/stored_session.h"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

namespace heyan::service {
namespace {

core::Bytes stored(const std::function<void(v1::Session&)>& change,
                   const std::string& account = "person:li") {
  v1::Session session;
  session.mutable_court()->set_code("0491");
  session.set_account_id(account);
  session.set_authentication(v1::AUTHENTICATION_PASSWORD);
  change(session);
  return core::to_bytes(core::as_bytes(session.SerializeAsString()));
}

TEST(StoredSession, IsTheRows) {
  const auto session = stored_session(stored([](v1::Session&) {}), "0491", "person:li");
  ASSERT_TRUE(session.has_value());
  EXPECT_EQ(session->account_id(), "person:li");
  EXPECT_EQ(session->authentication(), v1::AUTHENTICATION_PASSWORD);
}

TEST(StoredSession, OfAPersonItSpeaksForThatPersonAlone) {
  const std::vector<std::function<void(v1::Session&)>> forged = {
      [](v1::Session& one) { one.set_account_id("court-system-1"); },
      [](v1::Session& one) { one.set_account_id("person:wang"); },
      [](v1::Session& one) { one.mutable_court()->set_code("0192"); },
      [](v1::Session& one) { one.set_authentication(v1::AUTHENTICATION_COURT_SYSTEM); },
      [](v1::Session& one) { one.add_checked_parties("Li"); },
      [](v1::Session& one) { one.mutable_message()->set_adapter("court-ecf"); },
      [](v1::Session& one) { one.add_remarks(); },
      [](v1::Session& one) { one.add_known()->set_key("k"); }};
  for (std::size_t i = 0; i < forged.size(); ++i) {
    const auto session = stored_session(stored(forged[i]), "0491", "person:li");
    ASSERT_FALSE(session.has_value()) << i;
    EXPECT_EQ(session.error().code, core::ErrorCode::kInternal) << i;
  }
}

TEST(StoredSession, OfACourtsSystemItBringsWhatSystemsBring) {
  const auto change = [](v1::Session& one) {
    one.set_authentication(v1::AUTHENTICATION_COURT_SYSTEM);
    one.add_checked_parties("Li");
    one.mutable_message()->set_adapter("court-ecf");
  };
  EXPECT_TRUE(stored_session(stored(change, "court-system-1"), "0491", "court-system-1"));
}

TEST(StoredSession, ThatDoesNotReadIsNone) {
  EXPECT_FALSE(stored_session(core::to_bytes("\xff"), "0491", "court-system-1").has_value());
}

}  // namespace
}  // namespace heyan::service
