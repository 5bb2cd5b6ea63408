// What a token says of its PIN, before one is tried.
#include <gtest/gtest.h>

#include "gateway/keys/token_session.h"

namespace heyan::keys {
namespace {

constexpr CK_FLAGS kAsUsual = CKF_RNG | CKF_LOGIN_REQUIRED | CKF_USER_PIN_INITIALIZED |
                              CKF_TOKEN_INITIALIZED | CKF_SO_PIN_COUNT_LOW | CKF_SO_PIN_LOCKED;

TEST(TokenPin, IsTriedWhereNoWrongOneWas) {
  EXPECT_TRUE(expect_untried_pin(kAsUsual).has_value()) << "the security officer's is another";
}

TEST(TokenPin, IsNotTriedWhereAWrongOneWas) {
  for (const CK_FLAGS flag :
       {CKF_USER_PIN_COUNT_LOW, CKF_USER_PIN_FINAL_TRY, CKF_USER_PIN_LOCKED}) {
    const auto untried = expect_untried_pin(kAsUsual | flag);
    ASSERT_FALSE(untried.has_value()) << flag;
    EXPECT_EQ(untried.error().code, core::ErrorCode::kUnsupported) << flag;
  }
}

// The gravest is said: what is to be done differs.
TEST(TokenPin, ThatIsLockedIsSaidToBe) {
  const auto locked = expect_untried_pin(kAsUsual | CKF_USER_PIN_COUNT_LOW |
                                         CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED);
  ASSERT_FALSE(locked.has_value());
  EXPECT_EQ(locked.error().text, "its PIN is locked");
}

}  // namespace
}  // namespace heyan::keys
