#include "gateway/http/target.h"

#include <gmock/gmock.h>

namespace heyan::http {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Target, SplitsAndDecodesOnce) {
  const auto target = parse_target("/v1/reports/HY%2D1?lang=zh&note=a+b%26c&flag");
  ASSERT_TRUE(target.has_value());
  EXPECT_EQ(target->path, "/v1/reports/HY-1");
  EXPECT_THAT(target->segments, ElementsAre("v1", "reports", "HY-1"));
  EXPECT_THAT(target->query, ElementsAre(Parameter{"lang", "zh"}, Parameter{"note", "a b&c"},
                                         Parameter{"flag", ""}));
  EXPECT_EQ(*target->find_query("lang"), "zh");
  EXPECT_EQ(target->find_query("none"), nullptr);
}

TEST(Target, KnowsTheRootAndATrailingSlash) {
  EXPECT_THAT(parse_target("/")->segments, IsEmpty());
  EXPECT_THAT(parse_target("/?")->query, IsEmpty());
  EXPECT_THAT(parse_target("/a/")->segments, ElementsAre("a", ""));
  EXPECT_EQ(parse_target("/a/")->path, "/a/");
}

TEST(Target, ReadsChineseNames) {
  EXPECT_THAT(parse_target("/%E8%AF%81%E6%8D%AE")->segments, ElementsAre("证据"));
}

TEST(Target, DecodesNothingTwice) {
  EXPECT_THAT(parse_target("/a%252fb")->segments, ElementsAre("a%2fb"));
}

class RefusesTarget : public testing::TestWithParam<std::string> {};

TEST_P(RefusesTarget, It) { EXPECT_FALSE(parse_target(GetParam()).has_value()) << GetParam(); }

INSTANTIATE_TEST_SUITE_P(All, RefusesTarget,
                         testing::Values("", "a", "*", "http://h/", "//", "//h/a", "/a//b", "/a//",
                                         "/.", "/..", "/a/..", "/a/../b", "/a/./b", "/%2e%2e/b",
                                         "/%2E/b", "/.%2e", "/a%2Fb", "/a%2fb", "/a%5cb", "/a\\b",
                                         "/a%00b", "/a%0ab", "/a%0d", "/a%7f", "/a%1b", "/a%",
                                         "/a%2", "/a%zz", "/a%2g", "/a b", "/a#b", "/\xe8\xaf\x81",
                                         "/%ff", "/%c0%af", "/%ed%a0%80", "/a\"b", "/a<b", "/a{b}",
                                         "/a|b", "/a^b", "/a`b", "/?a=1&a=2", "/?a=1&%61=2", "/?=1",
                                         "/?a=%00", "/?a=%", "/?a=\"", "/?a=[1]", "/?a=%ff",
                                         "/?&a=1", std::string("/a\0b", 4)));

TEST(Target, BoundsTheQuery) {
  std::string raw = "/?a0=1";
  for (std::size_t i = 1; i < kQueryParameters; ++i) raw += "&a" + std::to_string(i) + "=1";
  EXPECT_TRUE(parse_target(raw).has_value());
  const auto over = parse_target(raw + "&b=1");
  ASSERT_FALSE(over.has_value());
  EXPECT_EQ(over.error().code, core::ErrorCode::kLimit);
}

}  // namespace
}  // namespace heyan::http
