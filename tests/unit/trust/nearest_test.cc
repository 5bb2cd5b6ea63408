#include "verifier/trust/nearest.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace heyan::trust {
namespace {

TEST(Nearest, CountsWhatAHandDoesWrong) {
  EXPECT_EQ(typing_distance("", ""), 0u);
  EXPECT_EQ(typing_distance("", "abc"), 3u);
  EXPECT_EQ(typing_distance("abc", ""), 3u);
  EXPECT_EQ(typing_distance("kitten", "sitting"), 3u);
  EXPECT_EQ(typing_distance("verfiy", "verify"), 1u);  // exchanged
  EXPECT_EQ(typing_distance("vreify", "verify"), 1u);
  EXPECT_EQ(typing_distance("ab", "ba"), 1u);
  EXPECT_EQ(typing_distance("ca", "abc"), 3u);  // optimal alignment: no letter twice
  EXPECT_EQ(typing_distance("flaw", "lawn"), 2u);
  EXPECT_EQ(typing_distance("same", "same"), 0u);
}

TEST(Nearest, LooksAtTheFirst64BytesOnly) {
  EXPECT_EQ(typing_distance(std::string(100'000, 'a'), std::string(70, 'a')), 0u);
  EXPECT_EQ(typing_distance(std::string(100'000, 'a'), std::string(100'000, 'b')), 64u);
}

TEST(Nearest, TakesTheFirstOfTheClosest) {
  constexpr std::array<std::string_view, 3> kWords = {"valid_from", "valid_until", "validity"};
  EXPECT_EQ(nearest("valid_til", kWords), "valid_until");
  EXPECT_EQ(nearest("valid", kWords), "validity");
  EXPECT_EQ(nearest("", kWords), "validity");
  EXPECT_EQ(nearest("x", std::array<std::string_view, 2>{"a", "b"}), "a");
  EXPECT_EQ(nearest("x", {}), "");
}

TEST(Nearest, NamesNoneThatIsFar) {
  constexpr std::array<std::string_view, 3> kWords = {"verify", "explain", "trust"};
  EXPECT_EQ(near_word("verfiy", kWords), "verify");
  EXPECT_EQ(near_word("xplain", kWords), "explain");
  EXPECT_EQ(near_word("rtust", kWords), "trust");
  EXPECT_EQ(near_word("serve", kWords), "");
  EXPECT_EQ(near_word("frobnicate", kWords), "");
  EXPECT_EQ(near_word("", kWords), "");
  EXPECT_EQ(near_word("x", {}), "");
}

}  // namespace
}  // namespace heyan::trust
