#include "gateway/accounts/totp.h"

#include <gtest/gtest.h>

namespace heyan::accounts {
namespace {

const core::Bytes kSecret = core::to_bytes(core::as_bytes("12345678901234567890"));

// RFC 6238 appendix B, the last six of its eight digits.
TEST(Totp, IsThatOfTheStandard) {
  EXPECT_EQ(totp(kSecret, 59), "287082");
  EXPECT_EQ(totp(kSecret, 1111111109), "081804");
  EXPECT_EQ(totp(kSecret, 1111111111), "050471");
  EXPECT_EQ(totp(kSecret, 1234567890), "005924");
  EXPECT_EQ(totp(kSecret, 2000000000), "279037");
  EXPECT_EQ(totp(kSecret, 20000000000), "353130");
}

TEST(Totp, IsTakenOneStepEarlyAndOneStepLate) {
  constexpr std::int64_t kNow = 1111111111;
  const std::string code = totp(kSecret, kNow);
  for (const std::int64_t away : {-30, 0, 30}) {
    EXPECT_EQ(right_step(kSecret, code, kNow + away, 0), kNow / 30) << away;
  }
  EXPECT_EQ(right_step(kSecret, code, kNow + 60, 0), std::nullopt);
  EXPECT_EQ(right_step(kSecret, code, kNow - 60, 0), std::nullopt);
}

TEST(Totp, IsTakenOnceAndNeverAfterALaterOne) {
  constexpr std::int64_t kNow = 1111111111;
  const std::string code = totp(kSecret, kNow);
  EXPECT_EQ(right_step(kSecret, code, kNow, kNow / 30), std::nullopt);
  EXPECT_EQ(right_step(kSecret, code, kNow, kNow / 30 + 1), std::nullopt);
  EXPECT_NE(right_step(kSecret, code, kNow, kNow / 30 - 1), std::nullopt);
}

TEST(Totp, IsSixDigitsAndNothingElse) {
  constexpr std::int64_t kNow = 59;
  for (const std::string_view code :
       {"", "28708", "2870820", "287083", " 287082", "287082 ", "94287082", "28708२"}) {
    EXPECT_EQ(right_step(kSecret, code, kNow, 0), std::nullopt) << code;
  }
}

TEST(Totp, IsWrittenAsAuthenticatorsReadIt) {
  EXPECT_EQ(totp_uri(kSecret, "wang"),
            "otpauth://totp/Heyan:wang?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Heyan"
            "&algorithm=SHA1&digits=6&period=30");
}

}  // namespace
}  // namespace heyan::accounts
