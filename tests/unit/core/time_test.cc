#include "verifier/core/time.h"

#include <gtest/gtest.h>

#include <limits>

namespace heyan::core {
namespace {

std::int64_t ms(std::string_view text) {
  const auto time = parse_rfc3339(text);
  EXPECT_TRUE(time.has_value()) << text;
  return time ? to_unix_ms(*time) : -1;
}

// RFC 3339 section 5.8, without the leap second, and numbers from `date -u +%s`.
TEST(Time, ReadsTheExamplesOfRfc3339) {
  EXPECT_EQ(ms("1985-04-12T23:20:50.52Z"), 482196050520);
  EXPECT_EQ(ms("1996-12-19T16:39:57-08:00"), 851042397000);
  EXPECT_EQ(ms("1937-01-01T12:00:27.87+00:20"), -1041337172130);
  EXPECT_EQ(ms("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(ms("1969-12-31T23:59:59.999Z"), -1);
  EXPECT_EQ(ms("2000-02-29T00:00:00Z"), 951782400000);
  EXPECT_EQ(ms("2026-11-20T16:30:00+08:00"), ms("2026-11-20T08:30:00Z"));
  EXPECT_EQ(ms("2026-11-20T08:30:00-00:00"), ms("2026-11-20T08:30:00Z"));
  EXPECT_EQ(ms("0001-01-01T00:00:00Z"), -62135596800000);
  EXPECT_EQ(ms("9999-12-31T23:59:59.999Z"), 253402300799999);
}

TEST(Time, CutsDigitsBeyondMilliseconds) {
  EXPECT_EQ(ms("1970-01-01T00:00:00.1Z"), 100);
  EXPECT_EQ(ms("1970-01-01T00:00:00.12Z"), 120);
  EXPECT_EQ(ms("1970-01-01T00:00:00.123Z"), 123);
  EXPECT_EQ(ms("1970-01-01T00:00:00.1239999999999999999999999Z"), 123);
}

TEST(Time, RefusesEverythingElse) {
  for (const std::string_view text : {"",
                                      "2026",
                                      "2026-11-20",
                                      "2026-11-20T08:30Z",
                                      "2026-11-20T08:30:00",
                                      "2026-11-20T08:30:00z",
                                      "2026-11-20t08:30:00Z",
                                      "2026-11-20 08:30:00Z",
                                      "2026-11-20T08:30:00.Z",
                                      "2026-11-20T08:30:00,5Z",
                                      "2026-11-20T08:30:00+08",
                                      "2026-11-20T08:30:00+0800",
                                      "2026-11-20T08:30:00+24:00",
                                      "2026-11-20T08:30:00+08:60",
                                      "2026-11-20T08:30:00Z ",
                                      " 2026-11-20T08:30:00Z",
                                      "2026-11-20T08:30:00ZZ",
                                      "2026-11-20T08:30:00Z+08:00",
                                      "26-11-20T08:30:00Z",
                                      "02026-11-20T08:30:00Z",
                                      "+2026-11-20T08:30:00Z",
                                      "-001-11-20T08:30:00Z",
                                      "0000-01-01T00:00:00Z",
                                      "2026-00-20T08:30:00Z",
                                      "2026-13-20T08:30:00Z",
                                      "2026-11-00T08:30:00Z",
                                      "2026-11-31T08:30:00Z",
                                      "2026-02-29T08:30:00Z",
                                      "1900-02-29T08:30:00Z",
                                      "2026-1-20T08:30:00Z",
                                      "2026-11-20T24:00:00Z",
                                      "2026-11-20T08:60:00Z",
                                      "2026-11-20T08:30:60Z",
                                      "2016-12-31T23:59:60Z",
                                      "2026-11-20T8:30:00Z",
                                      "2026/11/20T08:30:00Z",
                                      "2026-11-20T08.30.00Z",
                                      "2026-11-20T-8:30:00Z",
                                      "2026-11-20T08:30:0xZ",
                                      "２026-11-20T08:30:00Z",
                                      "0001-01-01T00:00:00+00:01",
                                      "9999-12-31T23:59:59-00:01",
                                      "1795163400"}) {
    EXPECT_FALSE(parse_rfc3339(text).has_value()) << text;
  }
}

TEST(Time, WritesMillisecondsOnlyWhereThereAreAny) {
  EXPECT_EQ(format_rfc3339(from_unix_ms(0)), "1970-01-01T00:00:00Z");
  EXPECT_EQ(format_rfc3339(from_unix_ms(1)), "1970-01-01T00:00:00.001Z");
  EXPECT_EQ(format_rfc3339(from_unix_ms(-1)), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(format_rfc3339(from_unix_ms(951782400120)), "2000-02-29T00:00:00.120Z");
}

TEST(Time, WritingAndReadingAreInverse) {
  for (std::int64_t value = -62135596800000; value <= 253402300799999; value += 86'399'999'917) {
    EXPECT_EQ(ms(format_rfc3339(from_unix_ms(value))), value);
  }
}

TEST(Time, TimesWithoutATextualFormAreShownAsTheNearest) {
  EXPECT_EQ(format_rfc3339(from_unix_ms(std::numeric_limits<std::int64_t>::max())),
            "9999-12-31T23:59:59.999Z");
  EXPECT_EQ(format_rfc3339(from_unix_ms(std::numeric_limits<std::int64_t>::min())),
            "0001-01-01T00:00:00Z");
}

}  // namespace
}  // namespace heyan::core
