// The canonical form against the examples of RFC 8785, and the values themselves.
#include <gtest/gtest.h>

#include "verifier/core/json.h"

namespace heyan::core::json {
namespace {

std::string canonical(std::string_view text) {
  const auto value = parse(as_bytes(text), Limits());
  return value ? write_canonical(*value) : "unreadable: " + std::string(value.error().error.text);
}

// RFC 8785 section 3.2.2, without its doubles (which we do not write).
TEST(JsonWriter, StringAndLiteralsOfRfc8785) {
  EXPECT_EQ(canonical(R"({
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  })"),
            R"({"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"})");
}

// RFC 8785 section 3.2.3: sorted by UTF-16 code units, so that the smiling face (D83D DE00) comes
// before U+FB33.
TEST(JsonWriter, NameOrderOfRfc8785) {
  EXPECT_EQ(
      canonical(R"({
    "\u20ac": "Euro Sign",
    "\r": "Carriage Return",
    "\ufb33": "Hebrew Letter Dalet With Dagesh",
    "1": "One",
    "\ud83d\ude00": "Emoji: Grinning Face",
    "\u0080": "Control",
    "\u00f6": "Latin Small Letter O With Diaeresis"
  })"),
      "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xc2\x80\":\"Control\","
      "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
      "\"😀\":\"Emoji: Grinning Face\",\"\xef\xac\xb3\":\"Hebrew Letter Dalet With Dagesh\"}");
}

// From the same author's test files (cyberphone/json-canonicalization, "french" and "structures").
TEST(JsonWriter, OrderIsByCodeUnitAndNested) {
  EXPECT_EQ(canonical(R"({"peach":"a","péché":"b","pêche":"c","sin":"d"})"),
            R"({"peach":"a","péché":"b","pêche":"c","sin":"d"})");
  EXPECT_EQ(
      canonical(R"({
    "1": {"f": {"f": "hi","F": 5} ,"\n": 56},
    "10": { }, "": "empty", "a": { },
    "111": [ {"e": "yes","E": "no" } ], "A": { }
  })"),
      R"({"":"empty","1":{"\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{"E":"no","e":"yes"}],)"
      R"("A":{},"a":{}})");
}

TEST(JsonWriter, SupplementaryPlanesStandBetweenD7ffAndE000) {
  EXPECT_EQ(
      canonical("{\"\xee\x80\x80\":1,\"\xf4\x8f\xbf\xbf\":2,\"\xed\x9f\xbf\":3,\"\xef\xbf\xbf\":4,"
                "\"\xf0\x90\x80\x80\":5,\"x\xee\x80\x80\":6,\"x\xf0\x90\x80\x80\":7,\"x\":8}"),
      "{\"x\":8,\"x\xf0\x90\x80\x80\":7,\"x\xee\x80\x80\":6,\"\xed\x9f\xbf\":3,"
      "\"\xf0\x90\x80\x80\":5,\"\xf4\x8f\xbf\xbf\":2,\"\xee\x80\x80\":1,\"\xef\xbf\xbf\":4}");
}

TEST(JsonWriter, EscapesExactlyWhatTheStandardEscapes) {
  std::string all;
  for (char c = 0; c < 0x20; ++c) all += c;
  all += "\"\\/\x7f";
  EXPECT_EQ(write_canonical(Value(all)),
            R"("\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f)"
            R"(\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c)"
            "\\u001d\\u001e\\u001f\\\"\\\\/\x7f\"");
}

TEST(JsonWriter, IntegersWithinWhatADoubleHolds) {
  EXPECT_EQ(canonical("[0,-1,9007199254740991,-9007199254740991]"),
            "[0,-1,9007199254740991,-9007199254740991]");
}

TEST(JsonWriter, BuildsObjectsAndArrays) {
  Value value;
  value.set("b", 1).set("a", Value().push("x").push(nullptr).push(true));
  EXPECT_EQ(write_canonical(value), R"({"a":["x",null,true],"b":1})");
  EXPECT_EQ(write_canonical(Value(Value::Object{})), "{}");
  EXPECT_EQ(write_canonical(Value(Value::Array{})), "[]");
}

TEST(JsonWriterDeathTest, OurOwnMistakesAbort) {
  EXPECT_DEATH(write_canonical(Value(1.5)), "");
  EXPECT_DEATH(write_canonical(Value(std::int64_t{1} << 53)), "");
  EXPECT_DEATH(write_canonical(Value(-(std::int64_t{1} << 53))), "");
  EXPECT_DEATH(write_canonical(Value("\xff")), "");
  EXPECT_DEATH(write_canonical(Value().set("\xed\xa0\x80", 1)), "");
  EXPECT_DEATH(Value(std::uint64_t{1} << 63), "");
  EXPECT_DEATH(Value().set("a", 1).set("a", 2), "");
  EXPECT_DEATH(Value(1).set("a", 2), "");
  EXPECT_DEATH(Value(1).push(2), "");
}

// RFC 6901 section 5.
TEST(JsonPointer, ExamplesOfRfc6901) {
  const auto value = parse(as_bytes(R"({"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,
                                        "i\\j":5,"k\"l":6," ":7,"m~n":8})"),
                           Limits());
  ASSERT_TRUE(value.has_value());
  EXPECT_EQ(value->at(""), &*value);
  EXPECT_EQ(*value->at("/foo/0")->as_string(), "bar");
  const std::string_view pointers[] = {"/",     "/a~1b", "/c%d", "/e^f", "/g|h",
                                       "/i\\j", "/k\"l", "/ ",   "/m~0n"};
  for (std::int64_t i = 0; i < 9; ++i) EXPECT_EQ(*value->at(pointers[i])->as_integer(), i);
}

TEST(JsonPointer, PointsAtNothingWhereItIsNotExact) {
  const auto value = parse(as_bytes(R"({"a":[1,2],"m~n":8,"0":9})"), Limits());
  ASSERT_TRUE(value.has_value());
  for (const std::string_view pointer :
       {"a", "/b", "/a/2", "/a/-", "/a/00", "/a/01", "/a/+1", "/a/", "/a/99999999999999999999",
        "/a/0/0", "/m~n", "/m~2n", "/m~", "//a", "/0/0"}) {
    EXPECT_EQ(value->at(pointer), nullptr) << pointer;
  }
}

TEST(JsonPointer, IsToldFromOtherText) {
  for (const std::string_view one : {"", "/", "//", "/a", "/a/b", "/~0~1", "/a~1b/", "/ "}) {
    EXPECT_TRUE(is_pointer(one)) << one;
  }
  for (const std::string_view one : {"a", "a/b", " /a", "#/a", "$.a", "~0", "/~", "/~2", "/a~/b"}) {
    EXPECT_FALSE(is_pointer(one)) << one;
  }
}

TEST(JsonPointer, TokensAreEscaped) {
  EXPECT_EQ(escape_pointer_token("a/b~c~1"), "a~1b~0c~01");
  EXPECT_EQ(escape_pointer_token(""), "");
}

}  // namespace
}  // namespace heyan::core::json
