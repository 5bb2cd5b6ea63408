// What the shell says: the word that was meant, why a signed report does not stand.
#include <gmock/gmock.h>

#include <array>

#include "gateway/cli/copy_words.h"
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

TEST(CopyWords, AreASentenceForEveryFaultWithoutReproach) {
  using report::DisclosureFault;
  for (int i = 1; i <= static_cast<int>(DisclosureFault::kDiffers); ++i) {
    const catalogue::Text text = fault_sentence(static_cast<DisclosureFault>(i));
    EXPECT_TRUE(text.zh.ends_with("。")) << i;
    EXPECT_TRUE(text.en.ends_with(".")) << i;
    for (const char* reproach : {"篡改", "伪造", "造假"}) {
      EXPECT_FALSE(text.zh.contains(reproach)) << i;
    }
    for (const char* reproach : {"tamper", "forge", "fake"}) {
      EXPECT_FALSE(text.en.contains(reproach)) << i;
    }
  }
  EXPECT_TRUE(fault_sentence(DisclosureFault::kNone).zh.empty());
}

TEST(CopyWords, SayOfEachFieldWhatItIsOrThatItIsWithheld) {
  const Disclosure one = disclose(std::string(32, 's'), "/parties/0/name", "张三”\n");
  report::EnvelopeVerdict verdict;
  verdict.personal = {{.pointer = "/parties/0/idNumber", .commitment = {}, .owner = {}},
                      {.pointer = one.pointer, .commitment = {}, .owner = {}},
                      {.pointer = "/parties/1/name\x1b", .commitment = {}, .owner = {}}};
  verdict.disclosed.disclosures = {one};
  EXPECT_EQ(describe_personal(verdict, catalogue::Language::kEnglish),
            "Personal fields: 3, of which 2 are withheld in this copy\n"
            "  /parties/0/idNumber: (withheld in this copy)\n"
            "  /parties/0/name: “张三⟨U+201D⟩⟨U+000A⟩” (declared)\n"
            "  /parties/1/name⟨U+001B⟩: (withheld in this copy)\n");
  EXPECT_EQ(describe_personal({}, catalogue::Language::kChinese), "");
}

// A result of the gateway's own search was declared by nobody, and is nobody's personal field.
TEST(CopyWords, ListASearchWithoutCountingIt) {
  const Disclosure one = disclose(std::string(32, 's'), "/evidence/0/elsewhere", "{}");
  report::EnvelopeVerdict verdict;
  verdict.personal = {{.pointer = "/parties/0/name", .commitment = {}, .owner = {}},
                      {.pointer = one.pointer, .commitment = {}, .owner = {}},
                      {.pointer = "/evidence/1/elsewhere", .commitment = {}, .owner = {}}};
  verdict.disclosed.disclosures = {one};
  EXPECT_EQ(describe_personal(verdict, catalogue::Language::kEnglish),
            "Personal fields: 1, of which 1 are withheld in this copy\n"
            "  /parties/0/name: (withheld in this copy)\n"
            "  /evidence/0/elsewhere: “{}”\n"
            "  /evidence/1/elsewhere: (withheld in this copy)\n");
}

}  // namespace
}  // namespace heyan::cli
