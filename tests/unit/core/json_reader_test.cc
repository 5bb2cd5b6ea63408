// What the reader accepts, and above all what it refuses: each refusal is a document that some
// other reader accepts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "verifier/core/json.h"

namespace heyan::core::json {
namespace {

std::expected<Value, ParseError> read(std::string_view text, const Limits& limits = {}) {
  return parse(as_bytes(text), limits);
}

struct Refused {
  std::string_view text;
  ErrorCode code;
  std::string_view pointer = "";
};

void expect_refused(std::initializer_list<Refused> refusals) {
  for (const Refused& refusal : refusals) {
    SCOPED_TRACE(testing::PrintToString(refusal.text));
    const auto result = read(refusal.text);
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(name(result.error().error.code), name(refusal.code));
    EXPECT_EQ(result.error().pointer, refusal.pointer);
    EXPECT_FALSE(result.error().error.text.empty());
    EXPECT_LE(result.error().error.offset, refusal.text.size());
  }
}

using enum ErrorCode;
using namespace std::string_view_literals;

TEST(JsonReader, RefusesWhatIsNotTheGrammar) {
  expect_refused({Refused{"", kTruncated},
                  Refused{" \n\t", kTruncated},
                  Refused{"[", kTruncated, "/0"},
                  Refused{"{", kTruncated},
                  Refused{R"({"a")", kTruncated, "/a"},
                  Refused{R"({"a":)", kTruncated, "/a"},
                  Refused{R"("abc)", kTruncated},
                  Refused{"[1,]", kMalformed, "/1"},
                  Refused{R"({"a":1,})", kMalformed},
                  Refused{"[1,,2]", kMalformed, "/1"},
                  Refused{"[,1]", kMalformed, "/0"},
                  Refused{"[1 2]", kMalformed, "/1"},
                  Refused{R"({"a" 1})", kMalformed, "/a"},
                  Refused{R"({"a"})", kMalformed, "/a"},
                  Refused{R"({"a":1 "b":2})", kMalformed},
                  Refused{R"({a:1})", kMalformed},
                  Refused{R"({'a':1})", kMalformed},
                  Refused{R"({1:1})", kMalformed},
                  Refused{R"({null:1})", kMalformed},
                  Refused{"'a'", kMalformed},
                  Refused{"[1}", kMalformed, "/1"},
                  Refused{R"({"a":1])", kMalformed},
                  Refused{"]", kMalformed},
                  Refused{":", kMalformed},
                  Refused{"// c\n1", kMalformed},
                  Refused{"[1/**/]", kMalformed, "/1"},
                  Refused{"# c\n1", kMalformed},
                  Refused{"True", kMalformed},
                  Refused{"nul", kTruncated},
                  Refused{"nulL", kMalformed},
                  Refused{"undefined", kMalformed},
                  Refused{"\f1", kMalformed},
                  Refused{"\xc2\xa0\x31", kMalformed}});
}

TEST(JsonReader, RefusesBytesAfterTheValue) {
  expect_refused({Refused{"1 2", kTrailing}, Refused{"{}{}", kTrailing}, Refused{"[]]", kTrailing},
                  Refused{"null,", kTrailing}, Refused{"{}\n//", kTrailing},
                  Refused{R"("a""b")", kTrailing}, Refused{"truefalse", kTrailing},
                  // nlohmann's lexer takes a NUL byte for the end of the input.
                  Refused{"{}\0garbage"sv, kMalformed}, Refused{"1\0"sv, kMalformed},
                  Refused{"[1,\0 2]"sv, kMalformed}});
}

TEST(JsonReader, RefusesNumbersOutsideGrammarAndRange) {
  expect_refused({Refused{"-0", kMalformed},
                  Refused{"[-0]", kMalformed, "/0"},
                  Refused{"-0\n", kMalformed},
                  Refused{R"({"n":-0})", kMalformed, "/n"},
                  Refused{"01", kTrailing},
                  Refused{"[01]", kMalformed, "/1"},
                  Refused{"-01", kMalformed},
                  Refused{"+1", kMalformed},
                  Refused{".5", kMalformed},
                  Refused{"5.", kTruncated},
                  Refused{"[5.]", kMalformed, "/0"},
                  Refused{"[1e]", kMalformed, "/0"},
                  Refused{"[1e+]", kMalformed, "/0"},
                  Refused{"[-]", kMalformed, "/0"},
                  Refused{"0x10", kTrailing},
                  Refused{"1_000", kTrailing},
                  Refused{"NaN", kMalformed},
                  Refused{"[Infinity]", kMalformed, "/0"},
                  Refused{"-Infinity", kMalformed},
                  Refused{"1e999", kMalformed},
                  Refused{"[-1e999]", kMalformed, "/0"},
                  Refused{"9223372036854775808", kMalformed},
                  Refused{"18446744073709551615", kMalformed},
                  Refused{"18446744073709551616", kMalformed},
                  Refused{"-9223372036854775809", kMalformed},
                  Refused{R"({"n":100000000000000000000})", kMalformed, "/n"}});
}

TEST(JsonReader, RefusesDuplicateNames) {
  expect_refused({Refused{R"({"a":1,"a":1})", kDuplicate, "/a"},
                  Refused{R"({"a":1,"\u0061":2})", kDuplicate, "/a"},
                  Refused{R"({"":1,"":2})", kDuplicate, "/"},
                  Refused{R"({"x":[{"b":1,"c":2,"b":3}]})", kDuplicate, "/x/0/b"},
                  Refused{R"({"é":1,"\u00e9":2})", kDuplicate, "/é"},
                  Refused{R"({"\ud83d\ude00":1,"😀":2})", kDuplicate, "/😀"},
                  Refused{R"({"a/b~":1,"a\/b~":2})", kDuplicate, "/a~1b~0"}});
}

TEST(JsonReader, RefusesBadEscapesAndControls) {
  expect_refused(
      {Refused{"\"a\nb\"", kMalformed}, Refused{"\"a\tb\"", kMalformed},
       Refused{"\"\x1f\"", kMalformed}, Refused{"\"\0\""sv, kMalformed},
       Refused{R"("\x41")", kMalformed}, Refused{R"("\'")", kMalformed},
       Refused{R"("\u12")", kMalformed}, Refused{R"("\u123g")", kMalformed},
       Refused{R"("\U00000041")", kMalformed}, Refused{R"(["\ud800"])", kMalformed, "/0"},
       Refused{R"(["\udc00"])", kMalformed, "/0"}, Refused{R"(["\ud800\u0041"])", kMalformed, "/0"},
       Refused{R"(["\ud800\ud800"])", kMalformed, "/0"},
       Refused{R"(["\ud800x"])", kMalformed, "/0"}, Refused{R"({"\udfff":1})", kMalformed}});
}

TEST(JsonReader, RefusesWhatIsNotUtf8) {
  expect_refused({Refused{"\xef\xbb\xbf{}", kMalformed}, Refused{"\xff\xfe{\0}\0"sv, kMalformed},
                  Refused{"[\"\x80\"]", kMalformed, "/0"},
                  Refused{"[\"\xc0\xaf\"]", kMalformed, "/0"},          // overlong "/"
                  Refused{"[\"\xc1\x81\"]", kMalformed, "/0"},          // overlong "A"
                  Refused{"[\"\xe0\x80\xaf\"]", kMalformed, "/0"},      // overlong "/"
                  Refused{"[\"\xf0\x80\x80\xaf\"]", kMalformed, "/0"},  // overlong "/"
                  Refused{"[\"\xed\xa0\x80\"]", kMalformed, "/0"},      // surrogate
                  Refused{"[\"\xf4\x90\x80\x80\"]", kMalformed, "/0"},  // above U+10FFFF
                  Refused{"[\"\xf8\x88\x80\x80\x80\"]", kMalformed, "/0"},
                  Refused{"[\"\xe2\x82\"]", kMalformed, "/0"},
                  Refused{"[\"\xff\"]", kMalformed, "/0"}, Refused{"{\"\xc3\":1}", kMalformed}});
}

TEST(JsonReader, ReadsEveryKindOfValue) {
  const auto value = read(
      R"( {"s":"\u0000é\n","i":-9223372036854775808,"j":9223372036854775807,"d":1.5e1,
           "z":-0.0,"t":true,"f":false,"n":null,"a":[],"o":{}} )");
  ASSERT_TRUE(value.has_value());
  EXPECT_EQ(*value->find("s")->as_string(), "\0é\n"sv);
  EXPECT_EQ(*value->find("i")->as_integer(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(*value->find("j")->as_integer(), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(*value->find("d")->as_double(), 15.0);
  EXPECT_EQ(value->find("d")->as_integer(), nullptr);
  EXPECT_EQ(*value->find("z")->as_double(), 0.0);
  EXPECT_TRUE(*value->find("t")->as_bool());
  EXPECT_FALSE(*value->find("f")->as_bool());
  EXPECT_TRUE(value->find("n")->is_null());
  EXPECT_TRUE(value->find("a")->as_array()->empty());
  EXPECT_TRUE(value->find("o")->as_object()->empty());
  EXPECT_EQ(value->find("x"), nullptr);
}

TEST(JsonReader, KeepsTheOrderOfTheDocument) {
  const auto value = read(R"({"b":1,"a":2,"c":3})");
  ASSERT_TRUE(value.has_value());
  std::string names;
  for (const Member& member : *value->as_object()) names += member.first;
  EXPECT_EQ(names, "bac");
}

TEST(JsonReader, SameNamesInDifferentObjectsAreNoDuplicates) {
  EXPECT_TRUE(read(R"({"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]})").has_value());
}

TEST(JsonReader, ReportsTheByteWhereItStopped) {
  EXPECT_EQ(read("[1,2,x]").error().error.offset, 6u);
  EXPECT_EQ(read("\xef\xbb\xbf{}").error().error.offset, 0u);
  EXPECT_EQ(read("[1\0]"sv).error().error.offset, 2u);
}

TEST(JsonReader, BoundsDepth) {
  Limits limits;
  limits.json_depth = 3;
  EXPECT_TRUE(read("[[[1]]]", limits).has_value());
  EXPECT_EQ(read("[[[[1]]]]", limits).error().error.code, kLimit);
  EXPECT_EQ(read(R"({"a":[{"b":[]}]})", limits).error().pointer, "/a/0/b");
  EXPECT_EQ(read(std::string(100'000, '[')).error().error.code, kLimit);
}

TEST(JsonReader, BoundsSize) {
  Limits limits;
  limits.json_bytes = 4;
  EXPECT_TRUE(read("1234", limits).has_value());
  EXPECT_EQ(read("12345", limits).error().error.code, kLimit);
}

TEST(JsonReader, BoundsTheNumberOfValuesAndNames) {
  Limits limits;
  limits.json_nodes = 4;
  EXPECT_TRUE(read("[1,2,3]", limits).has_value());
  EXPECT_EQ(read("[1,2,3,4]", limits).error().error.code, kLimit);
  EXPECT_EQ(read("[[],[],[],[]]", limits).error().error.code, kLimit);
  EXPECT_EQ(read(R"({"a":1,"b":2})", limits).error().error.code, kLimit);
}

TEST(JsonReader, ManyNamesInOneObjectAreReadAndADuplicateFound) {
  std::string text = "{";
  for (int i = 0; i < 50'000; ++i) text += "\"k" + std::to_string(i) + "\":0,";
  EXPECT_TRUE(read(text + R"("last":0})").has_value());
  const auto result = read(text + R"("k7":0})");
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().pointer, "/k7");
}

TEST(JsonReader, PointerShowsHostileNamesCutAndVisible) {
  const auto control = read("{\"\\u001b[31m\\u202e\":x}");
  EXPECT_EQ(control.error().pointer, "/⟨U+001B⟩[31m⟨U+202E⟩");
  const auto cut = read("{\"" + std::string(63, 'a') + "é" + std::string(100, 'b') + "\":x}");
  EXPECT_EQ(cut.error().pointer, "/" + std::string(63, 'a') + "…");
}

}  // namespace
}  // namespace heyan::core::json
