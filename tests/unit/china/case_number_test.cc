#include "court_adapters/china/case_number.h"

#include <gtest/gtest.h>

#include <chrono>

namespace heyan::court_adapters::china {
namespace {

using namespace std::chrono;

// 2026-12-31T16:00:00Z: in Beijing it is 2027.
constexpr std::int64_t kNewYear =
    duration_cast<milliseconds>((sys_days(2026y / 12 / 31) + 16h).time_since_epoch()).count();

CaseNumber read(std::string_view text) { return read_case_number(text, kNewYear); }

TEST(CaseNumber, IsReadIntoItsParts) {
  const CaseNumber number = read("(2026)最高法知民终12号之十一");
  EXPECT_EQ(number.verdict, Verdict::kValid);
  EXPECT_EQ(number.text, "（2026）最高法知民终12号之十一");
  EXPECT_EQ(number.original, "(2026)最高法知民终12号之十一");
  EXPECT_EQ(number.year, 2026);
  EXPECT_EQ(number.court, "最高法");
  EXPECT_EQ(number.special, "知");
  EXPECT_EQ(number.type, "民终");
  EXPECT_EQ(number.sequence, 12U);
  EXPECT_EQ(number.suffix, "之十一");
}

TEST(CaseNumber, KeepsWhatWasGivenAndSaysWhatChanged) {
  const CaseNumber number = read("\u3000（２０２６)京０４９１民初１２号 ");
  EXPECT_EQ(number.verdict, Verdict::kNormalised);
  EXPECT_EQ(number.code, "not-normal");
  EXPECT_EQ(number.text, "（2026）京0491民初12号");
  EXPECT_EQ(number.original, "\u3000（２０２６)京０４９１民初１２号 ");
}

TEST(CaseNumber, TheYearIsThatOfBeijing) {
  EXPECT_EQ(read("(2027)京0491民初1号").verdict, Verdict::kValid);
  EXPECT_EQ(read_case_number("(2027)京0491民初1号", kNewYear - 1).verdict, Verdict::kInvalid);
}

TEST(CaseNumber, AnUnknownTypeAndAnOldFormAreWarnings) {
  EXPECT_EQ(read("(2026)京0491民奇1号").code, "unknown-case-type");
  EXPECT_TRUE(read("(2026)京0491民奇1号").readable());
  const CaseNumber old = read("(2015)海行民初字第5号");
  EXPECT_EQ(old.code, "legacy-case-number");
  EXPECT_EQ(old.court, "海行民初");
  EXPECT_EQ(old.sequence, 5U);
}

TEST(CaseNumber, DrawnNumbersHaveEightDigits) {
  EXPECT_EQ(read("(2026)最高法刑核00123456号").verdict, Verdict::kValid);
  EXPECT_EQ(read("(2026)最高法刑核123456号").verdict, Verdict::kInvalid);
}

TEST(CaseNumber, RefusesWhatTheRuleDoesNotHave) {
  for (const std::string_view text : {"",
                                      "（2026）",
                                      "(2026)京0491民初1",
                                      "(2016)海民初字第5号",
                                      "(2015)字第5号",
                                      "(2015)海民初字第05号",
                                      "(1948)京0491民初1号",
                                      "(2026)京1民初1号",
                                      "(2026)京民初123456789号",
                                      "(2026)京民初1号之",
                                      "(2026)京民初1号之一十",
                                      "(2026)京民初1号之十十",
                                      "(2026)京民初1号之一之二",
                                      "(2026)京知知民终1号x",
                                      "(2026)京1号",
                                      "(2026)京民辖终监1号",
                                      "(2026)京Ａ民初1号",
                                      "(2026) 京民初1号",
                                      "((2026))京民初1号",
                                      "(2026)\xff民初1号",
                                      "[2026]京民初1号"}) {
    const CaseNumber number = read(text);
    EXPECT_EQ(number.verdict, Verdict::kInvalid) << text;
    EXPECT_EQ(number.code, "bad-case-number") << text;
    EXPECT_FALSE(number.reason.empty()) << text;
    EXPECT_EQ(number.text, "") << text;
    EXPECT_EQ(number.court, "") << text;
    EXPECT_EQ(number.original, text);
  }
  EXPECT_FALSE(read("(2026)京民初1号" + std::string(1'000'000, ' ')).readable());
}

}  // namespace
}  // namespace heyan::court_adapters::china
