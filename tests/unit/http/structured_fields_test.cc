#include "gateway/http/structured_fields.h"

#include <gmock/gmock.h>

#include <array>

namespace heyan::http {
namespace {

using core::ErrorCode;
using testing::HasSubstr;

std::string again(std::string_view text) {
  const auto dictionary = parse_sf_dictionary(text);
  return dictionary ? write_sf(*dictionary) : std::string(dictionary.error().text);
}

// Examples of RFC 8941 section 3.2 and RFC 9421 section 2.3, and what there is of each type.
TEST(StructuredFields, AreWrittenAsTheyWereRead) {
  for (const std::string_view text : std::to_array<std::string_view>({
           "",
           "en=\"Applepie\", da=:w4ZibGV0w6ZydGU=:",
           "a=?0, b, c;foo=bar",
           "rating=1.5, feelings=(joy sadness)",
           "a=(1 2), b=3, c=4;aa=bb, d=(5 6);valid",
           "sig1=(\"@method\" \"@query-param\";name=\"Pet\");created=1618884473;keyid=\"k\"",
           "x=-999999999999999, y=*t/1:2, z=\"a\\\"b\\\\c\", e=::",
           "n=-0.125",
       })) {
    EXPECT_EQ(again(text), text);
  }
}

TEST(StructuredFields, HaveOneSpelling) {
  EXPECT_EQ(again("a=1 ,\tb=2;  p=3"), "a=1, b=2;p=3");
  EXPECT_EQ(again("a=?1;q=?1, b=( 1  2 )"), "a;q, b=(1 2)");
  EXPECT_EQ(again("d=1.50, e=-3.0, f=00012"), "d=1.5, e=-3.0, f=12");
}

TEST(StructuredFields, RefuseWhatIsNotOfTheGrammar) {
  for (const std::string_view text : std::to_array<std::string_view>({
           "A=1",
           "a=1,",
           ",a=1",
           "a=1,,b=2",
           "a= 1",
           "a=\"x",
           "a=\"\\n\"",
           "a=\"\x7f\"",
           "a=\"\xc3\xa4\"",
           "a=:AA:",
           "a=:AAAA",
           "a=:AB==:",
           "a=?2",
           "a=-",
           "a=1.",
           "a=1.2345",
           "a=1234567890123.0",
           "a=(1",
           "a=(1)(2)",
           "a=(1\"x\")",
           "a=();B=1",
           "a=((1))",
           "a=1 b=2",
           "a=1;",
           "a=@1",
           "a=1\xe2\x80\xae",
           "a=--1",
           "a=x;p=1;p=2",
           "a=1, a=2",
           "a=.5",
           "a=(1\t2)",
           "=1",
           "a=\"\n\"",
       })) {
    EXPECT_FALSE(parse_sf_dictionary(text)) << text;
  }
  EXPECT_EQ(parse_sf_dictionary("a=1, a=1").error().code, ErrorCode::kDuplicate);
  EXPECT_EQ(parse_sf_dictionary("a=1 b").error().code, ErrorCode::kTrailing);
  EXPECT_EQ(parse_sf_dictionary("a=1, b=:AA:").error().offset, 8u);
}

TEST(StructuredFields, HaveLimits) {
  EXPECT_EQ(parse_sf_dictionary("a=1234567890123456").error().code, ErrorCode::kLimit);
  EXPECT_TRUE(parse_sf_dictionary("a=123456789012345"));
  std::string many = "a=(";
  for (int i = 0; i < 129; ++i) many += "1 ";
  EXPECT_EQ(parse_sf_dictionary(many + ")").error().code, ErrorCode::kLimit);
  EXPECT_EQ(parse_sf_dictionary("a=\"" + std::string(9000, 'x') + "\"").error().code,
            ErrorCode::kLimit);
}

TEST(StructuredFields, AnItemStandsAlone) {
  const auto item = parse_sf_item(" tok;v=2 ");
  ASSERT_TRUE(item);
  EXPECT_EQ(item->value, SfBare(SfToken{"tok"}));
  EXPECT_EQ(*find_sf(item->parameters, "v"), SfBare(std::int64_t{2}));
  EXPECT_EQ(find_sf(item->parameters, "w"), nullptr);
  EXPECT_FALSE(parse_sf_item("1, 2"));
  EXPECT_FALSE(parse_sf_item(""));
}

}  // namespace
}  // namespace heyan::http
