// What the shell says: the word that was meant, why a signed report does not stand.
#include <gmock/gmock.h>

#include <array>

#include "gateway/cli/jws_words.h"
#include "gateway/cli/known_word.h"

namespace heyan::cli {
namespace {

TEST(KnownWord, NamesNoneThatIsFar) {
  constexpr std::array<std::string_view, 3> kWords = {"verify", "explain", "trust"};
  EXPECT_EQ(near_word("verfiy", kWords), "verify");
  EXPECT_EQ(near_word("xplain", kWords), "explain");
  EXPECT_EQ(near_word("rtust", kWords), "trust");
  EXPECT_EQ(near_word("serve", kWords), "");
  EXPECT_EQ(near_word("frobnicate", kWords), "");
  EXPECT_EQ(near_word("", kWords), "");
  EXPECT_EQ(near_word("x", {}), "");
}

TEST(JwsWords, AreASentenceForEveryFault) {
  using report::JwsFault;
  for (int i = 1; i <= static_cast<int>(JwsFault::kBudget); ++i) {
    const catalogue::Text text = fault_sentence(static_cast<JwsFault>(i));
    EXPECT_TRUE(text.zh.ends_with("。")) << i;
    EXPECT_TRUE(text.en.ends_with(".")) << i;
  }
  EXPECT_TRUE(fault_sentence(JwsFault::kNone).zh.empty());
}

}  // namespace
}  // namespace heyan::cli
