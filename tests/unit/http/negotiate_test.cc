#include "gateway/http/negotiate.h"

#include <gtest/gtest.h>

#include <array>

namespace heyan::http {
namespace {

constexpr std::array<std::string_view, 4> kReports = {"application/json", "application/jose+json",
                                                      "application/pdf", "text/html"};

std::optional<std::size_t> choose(std::string_view accept) {
  return choose_media_type(accept, kReports);
}

TEST(MediaType, IsTheFirstOfferWithoutAWish) {
  EXPECT_EQ(choose(""), 0u);
  EXPECT_EQ(choose("*/*"), 0u);
  EXPECT_EQ(choose("application/*"), 0u);
}

TEST(MediaType, FollowsNamesAndQualities) {
  EXPECT_EQ(choose("application/pdf"), 2u);
  EXPECT_EQ(choose("APPLICATION/PDF"), 2u);
  EXPECT_EQ(choose("application/json;q=0.5, application/pdf"), 2u);
  EXPECT_EQ(choose("application/json;q=0.5, application/pdf;q=0.499"), 0u);
  EXPECT_EQ(choose("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8"), 3u);
  EXPECT_EQ(choose("image/png, application/jose+json; q=0.1"), 1u);
}

TEST(MediaType, TakesTheClosestRange) {
  EXPECT_EQ(choose("application/*;q=0.9, application/json;q=0.1"), 1u);
  EXPECT_EQ(choose("*/*, application/json;q=0"), 1u);
  EXPECT_EQ(choose("application/json;q=0, */*;q=0"), std::nullopt);
}

TEST(MediaType, CanBeNone) {
  EXPECT_EQ(choose("image/png"), std::nullopt);
  EXPECT_EQ(choose("application/pdf;q=0"), std::nullopt);
  EXPECT_EQ(choose("application/pdf;q=0.000"), std::nullopt);
  EXPECT_EQ(choose_media_type("*/*", {}), std::nullopt);
}

TEST(MediaType, TakesWhatNobodyUnderstandsForNoWish) {
  for (const std::string_view bad :
       {"application/pdf;q=2", "application/pdf;q=1.001", "application/pdf;q=0.1234",
        "application/pdf;q=x", "application/pdf;q=", "application/pdf;q=.5", ";q=1",
        "application/pdf; \"", "application/pdf;q=1;q=0", "application/pdf;q=0x"}) {
    EXPECT_EQ(choose(bad), 0u) << bad;
  }
}

TEST(Languages, AreChineseUnlessEnglishIsPreferred) {
  for (const std::string_view zh :
       {"", "zh", "zh-CN,zh;q=0.9,en;q=0.8", "fr", "*", "en;q=0.5, zh-Hans-CN;q=0.5", "english",
        "en;q=0, *", "en;q=2", "e"}) {
    EXPECT_EQ(choose_language(zh), Language::kZh) << zh;
  }
  for (const std::string_view en : {"en", "en-GB, zh;q=0.5", "EN", "fr, en;q=0.1", "zh;q=0, *"}) {
    EXPECT_EQ(choose_language(en), Language::kEn) << en;
  }
}

}  // namespace
}  // namespace heyan::http
