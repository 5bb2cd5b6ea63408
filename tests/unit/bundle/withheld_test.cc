// Withheld values are found in whatever spelling a proof has them, and in nothing else.
#include "gateway/bundle/withheld.h"

#include <gtest/gtest.h>

namespace heyan::bundle {
namespace {

Disclosure field(std::string pointer, std::string value) {
  return {.pointer = std::move(pointer), .value = std::move(value), .salt = {}};
}

const std::vector<Disclosure>& fields() {
  static const std::vector<Disclosure> all = {
      field("/submitter/name", "张三丰"), field("/parties/1/idNumber", "91330100MA00000002"),
      field("/parties/1/name", "Ann"), field("/evidence/0/claims/who", "\U00020BB7田")};
  return all;
}

TEST(Withheld, IsFoundInEverySpelling) {
  const Withheld all(fields(), {});
  for (const char* text :
       {"张三丰", "x张三丰x", R"({"a":["b",{"c":"张三丰"}]})", R"({"张三丰":1})",
        R"({"a":"0xe5bca0e4b889e4b8b0"})", R"({"a":"00E5BCA0E4B889E4B8B0"})",
        R"({"a":"5byg5LiJ5Liw"})", R"({"a":"eOW8oOS4ieS4sHg="})", R"(\u5f20\u4e09\u4e30)",
        R"(x\u5F20\u4E09\u4E30)", R"({"a":"\\u5f20\\u4e09\\u4e30"})",
        R"({"a":"\u5f20\u4e09\u4e30"})", "91330100ma00000002", "91330100MA00000002",
        R"({"a":"0x3931333330313030"})", R"(\ud842\udfb7\u7530)", "\U00020BB7田"}) {
    const bool part = std::string_view(text).find("3931333330313030\"") != std::string_view::npos;
    EXPECT_EQ(all.shown_by(text), !part) << text;
  }
}

TEST(Withheld, IsNotFoundWhereItIsNot) {
  const Withheld all(fields(), {});
  for (const char* text : {"", "张三", "张三 丰", "91330100MA0000000", "{", "[1.5,null,true]",
                           "Ann", R"({"a":"Ann"})", "\xff\xfe", "5byg5LiJ5Liw"}) {
    EXPECT_FALSE(all.shown_by(text)) << text;
  }
}

TEST(Withheld, IsNotWhatIsShown) {
  const Withheld none(fields(), fields());
  EXPECT_FALSE(none.shown_by("张三丰 91330100MA00000002"));
  EXPECT_FALSE(none.beneath("/parties/1"));
  // Shown as another value is not shown.
  const std::vector<Disclosure> other = {field("/submitter/name", "张三")};
  EXPECT_TRUE(Withheld(fields(), other).shown_by("张三丰"));
}

TEST(Withheld, LiesBeneathItsPlaceAndNoOther) {
  const Withheld all(fields(), {});
  EXPECT_TRUE(all.beneath("/parties/1"));
  EXPECT_FALSE(all.beneath("/parties/10"));
  EXPECT_FALSE(all.beneath("/parties/1/name"));
  EXPECT_FALSE(all.beneath("/part"));
}

}  // namespace
}  // namespace heyan::bundle
