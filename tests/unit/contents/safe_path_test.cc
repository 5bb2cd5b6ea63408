#include "verifier/contents/safe_path.h"

#include <gtest/gtest.h>

#include <string>

namespace heyan::contents {
namespace {

using namespace std::string_view_literals;

TEST(SafePath, AcceptsPlainRelativePaths) {
  for (const std::string_view path :
       {"a"sv, "files/article.html"sv, "文件/证据一 (最终).pdf"sv, "a..b/...c"sv, ".hidden"sv,
        "~/a"sv, "a b/c'd\"e"sv, "10:30.png"sv}) {
    EXPECT_FALSE(unsafe_path(path).has_value()) << path;
  }
}

TEST(SafePath, SaysWhyAPathIsRefused) {
  EXPECT_EQ(unsafe_path(""), "is empty");
  EXPECT_EQ(unsafe_path("/a"), "is absolute: name it relative to case.json");
  EXPECT_EQ(unsafe_path("a\\b"), "has a backslash: separate parts with \"/\"");
  EXPECT_EQ(unsafe_path("C:/a"), "has a drive letter");
  EXPECT_EQ(unsafe_path("z:"), "has a drive letter");
  EXPECT_EQ(unsafe_path("\xff"), "is not UTF-8");
  EXPECT_EQ(unsafe_path("a/\xc0\xae\xc0\xae/b"), "is not UTF-8");  // overlong ".."
  EXPECT_EQ(unsafe_path("a\0b"sv), "has a control or invisible character");
  EXPECT_EQ(unsafe_path("a\xe2\x80\xae"
                        "b"),
            "has a control or invisible character");
  EXPECT_EQ(unsafe_path("a/../b"), "has a part \"..\", which leaves the folder");
  EXPECT_EQ(unsafe_path(".."), "has a part \"..\", which leaves the folder");
  EXPECT_EQ(unsafe_path("./a"), "has a part \".\"");
  EXPECT_EQ(unsafe_path("a//b"), "has an empty part between two \"/\" or at an end");
  EXPECT_EQ(unsafe_path("a/"), "has an empty part between two \"/\" or at an end");
}

TEST(SafePath, BoundsPartsAndTheWhole) {
  EXPECT_FALSE(unsafe_path(std::string(255, 'a')).has_value());
  EXPECT_EQ(unsafe_path(std::string(256, 'a')), "has a part longer than 255 bytes");
  std::string deep;
  while (deep.size() < 1024) deep += "a/";
  deep.back() = 'b';
  EXPECT_FALSE(unsafe_path(deep).has_value());
  EXPECT_EQ(unsafe_path(deep + 'b'), "is longer than 1024 bytes");
}

}  // namespace
}  // namespace heyan::contents
