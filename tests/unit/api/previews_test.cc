// Addresses under which files are shown: how long, to whom, and as what.
#include "gateway/api/previews.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace heyan::api {
namespace {

constexpr std::int64_t kNow = 1'000'000;
constexpr std::int64_t kLife = std::chrono::milliseconds(Previews::kLife).count();

Preview preview(std::string owner, std::string path = "files/a.png") {
  return {.court = "0491",
          .submission = "s",
          .file = {.path = std::move(path), .size = 1, .sha256 = core::Bytes(32, 1)},
          .frame = "https://localhost:8443",
          .owner = std::move(owner)};
}

TEST(Previews, AreFoundByTheirWholeNameUntilTheirTimeIsOver) {
  Previews previews;
  const auto granted = previews.grant(preview("s1"), kNow).value();
  EXPECT_EQ(granted.name.size(), 64);
  EXPECT_EQ(granted.until_ms, kNow + kLife);
  ASSERT_TRUE(previews.find(granted.name, kNow).has_value());
  EXPECT_EQ(previews.find(granted.name, kNow)->file.path, "files/a.png");
  EXPECT_TRUE(previews.find(granted.name, kNow + kLife - 1).has_value());
  EXPECT_FALSE(previews.find(granted.name, kNow + kLife).has_value());
  EXPECT_FALSE(previews.find("", kNow).has_value());
  EXPECT_FALSE(previews.find(granted.name.substr(1), kNow).has_value());
  EXPECT_FALSE(previews.find(granted.name + "0", kNow).has_value());
  EXPECT_FALSE(previews.find(std::string(64, '0'), kNow).has_value());
}

TEST(Previews, NoTwoAreAlike) {
  Previews previews;
  EXPECT_NE(previews.grant(preview("s1"), kNow)->name, previews.grant(preview("s1"), kNow)->name);
}

TEST(Previews, TheOldestOfOneOwnerGoesForOneMore) {
  Previews previews;
  const auto others = previews.grant(preview("s2"), kNow - 1).value();
  const auto first = previews.grant(preview("s1"), kNow).value();
  std::vector<std::string> names;
  for (std::size_t i = 1; i < Previews::kOfOneOwner; ++i) {
    names.push_back(previews.grant(preview("s1"), kNow + 1)->name);
  }
  EXPECT_TRUE(previews.find(first.name, kNow + 2).has_value());
  ASSERT_TRUE(previews.grant(preview("s1"), kNow + 2).has_value());
  EXPECT_FALSE(previews.find(first.name, kNow + 2).has_value());
  EXPECT_TRUE(previews.find(others.name, kNow + 2).has_value());
  EXPECT_TRUE(std::ranges::all_of(
      names, [&](const auto& name) { return previews.find(name, kNow + 2).has_value(); }));
}

TEST(Previews, AreBoundedAltogetherUntilTheirTimeIsOver) {
  Previews previews;
  for (std::size_t i = 0; i < Previews::kAltogether; ++i) {
    ASSERT_TRUE(previews.grant(preview("s" + std::to_string(i)), kNow).has_value());
  }
  EXPECT_FALSE(previews.grant(preview("one more"), kNow).has_value());
  EXPECT_TRUE(previews.grant(preview("one more"), kNow + kLife).has_value());
}

std::string_view type_of(std::string_view bytes) { return picture_type(core::as_bytes(bytes)); }

TEST(Previews, NothingThatRunsIsAPicture) {
  EXPECT_EQ(type_of("\x89PNG\r\n\x1a\n...."), "image/png");
  EXPECT_EQ(type_of("GIF89a......"), "image/gif");
  EXPECT_EQ(type_of("\xff\xd8\xff\xe0...."), "image/jpeg");
  EXPECT_EQ(type_of("%PDF-1.7\n"), "application/pdf");
  for (const std::string_view hostile :
       {"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "<html><script>1</script>",
        "<?xml version='1.0'?><svg/>", "PK\x03\x04", "", " ",
        "\x7f"
        "ELF",
        "MZ", "%!PS"}) {
    EXPECT_EQ(type_of(hostile), "") << hostile;
  }
}

TEST(Previews, TextIsTextToItsEnd) {
  EXPECT_TRUE(is_plain_text(core::as_bytes("<script>alert(1)</script>\r\n\t中文\f")));
  EXPECT_TRUE(is_plain_text({}));
  EXPECT_FALSE(is_plain_text(core::as_bytes(std::string_view("a\0b", 3))));
  EXPECT_FALSE(is_plain_text(core::as_bytes("a\x1b[31m")));
  EXPECT_FALSE(is_plain_text(core::as_bytes("GBK \xd6\xd0")));
}

TEST(Previews, ThePolicyLetsNothingRunAndOnePageFrameIt) {
  EXPECT_EQ(preview_policy("https://localhost:8443"),
            "sandbox; default-src 'none'; frame-ancestors https://localhost:8443");
  EXPECT_EQ(preview_policy(""), "sandbox; default-src 'none'; frame-ancestors 'none'");
}

}  // namespace
}  // namespace heyan::api
