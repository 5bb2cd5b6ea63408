#include <gtest/gtest.h>

#include <chrono>

#include "court_adapters/china/credit_code.h"
#include "court_adapters/china/resident_id.h"

namespace heyan::court_adapters::china {
namespace {

using namespace std::chrono;
using namespace std::string_view_literals;

constexpr std::int64_t kNow =
    duration_cast<milliseconds>((sys_days(2026y / 3 / 5)).time_since_epoch()).count();

TEST(CreditCode, SmallLettersAndBlanksAreNormalised) {
  const Checked code = read_credit_code(" 91510104ma73167688\n");
  EXPECT_EQ(code.verdict, Verdict::kNormalised);
  EXPECT_EQ(code.text, "91510104MA73167688");
  EXPECT_EQ(code.original, " 91510104ma73167688\n");
}

TEST(CreditCode, AWrongInnerCheckIsAWarning) {
  const Checked code = read_credit_code("91420106MA7395957G");
  EXPECT_EQ(code.verdict, Verdict::kWarning);
  EXPECT_EQ(code.code, "organisation-code-check");
  EXPECT_EQ(code.text, "91420106MA7395957G");
}

TEST(CreditCode, RefusesOthers) {
  for (const std::string_view text :
       {""sv, "9"sv, "91330100799655058A"sv, "913301007996550580B"sv, "91330100799655058\xC2\xA0"sv,
        "01330100799655058L"sv, "91000100799655058B"sv, "9133010I799655058B"sv,
        "913A0100799655058B"sv, "９1330100799655058B"sv, "91330100 799655058B"sv,
        "91330100799655058B\0"sv}) {
    EXPECT_EQ(read_credit_code(text).verdict, Verdict::kInvalid) << text;
    EXPECT_EQ(read_credit_code(text).code, "bad-credit-code") << text;
  }
  EXPECT_FALSE(read_credit_code(std::string(1'000'000, ' ')).readable());
}

// Every wrong last character is noticed.
TEST(CreditCode, OneCheckCharacterFits) {
  int fits = 0;
  for (const char c : std::string_view("0123456789ABCDEFGHJKLMNPQRTUWXY")) {
    if (read_credit_code(std::string("91330100799655058").append(1, c)).readable()) ++fits;
  }
  EXPECT_EQ(fits, 1);
}

TEST(ResidentId, SaysWhoseItIs) {
  const ResidentId id = read_resident_id("11010519491231002x", kNow);
  EXPECT_EQ(id.verdict, Verdict::kNormalised);
  EXPECT_EQ(id.text, "11010519491231002X");
  EXPECT_EQ(id.born, 1949y / 12 / 31);
  EXPECT_FALSE(id.male);
}

TEST(ResidentId, FifteenDigitsAreOfOldDocuments) {
  const ResidentId id = read_resident_id("110105930412001", kNow);
  EXPECT_EQ(id.verdict, Verdict::kWarning);
  EXPECT_EQ(id.code, "legacy-resident-id");
  EXPECT_EQ(id.born, 1993y / 4 / 12);
  EXPECT_TRUE(id.male);
}

TEST(ResidentId, RefusesOthers) {
  for (const std::string_view text :
       {"", "110105194912310020", "11010519491231002", "110105194912310X2X", "110105194902300021",
        "110105930431001", "000105930412001", "84000019940823002X", "999124198108030024",
        "11010517991231002X", "1101051949123100２X", "110105 19491231002X", "11010593041200X"}) {
    const ResidentId id = read_resident_id(text, kNow);
    EXPECT_EQ(id.verdict, Verdict::kInvalid) << text;
    EXPECT_EQ(id.code, "bad-resident-id") << text;
    EXPECT_EQ(id.text, "") << text;
    EXPECT_FALSE(id.born.ok()) << text;
  }
}

TEST(ResidentId, NobodyIsBornTomorrow) {
  const auto day = [](sys_days date) {
    return duration_cast<milliseconds>(date.time_since_epoch()).count();
  };
  EXPECT_TRUE(read_resident_id("11010519491231002X", day(1949y / 12 / 31)).readable());
  EXPECT_FALSE(read_resident_id("11010519491231002X", day(1949y / 12 / 30)).readable());
}

}  // namespace
}  // namespace heyan::court_adapters::china
