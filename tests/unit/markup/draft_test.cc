#include "verifier/markup/draft.h"

#include <gtest/gtest.h>

#include <array>

#include "verifier/markup/document.h"

namespace heyan::markup {
namespace {

constexpr Namespace kOne = {"urn:one", nullptr};
constexpr Namespace kTwo = {"urn:two", "t"};
constexpr Namespace kNone = {"urn:none", "n"};
constexpr std::array kBoth = {&kOne, &kTwo};

TEST(Draft, WritesElementsAttributesAndText) {
  Draft draft(kOne, "r", kBoth);
  draft.root().add(kTwo, "a", "<&>").set("x", "\"").set(kTwo, "y", "1");
  draft.root().add_base64(kOne, "b", core::as_bytes("abc"));
  EXPECT_EQ(
      draft.canonical().value(),
      "<r xmlns=\"urn:one\" xmlns:t=\"urn:two\"><t:a x=\"&quot;\" t:y=\"1\">&lt;&amp;&gt;</t:a>"
      "<b>YWJj</b></r>");
}

TEST(Draft, ShowsWhatTextMayNotHold) {
  Draft draft(kOne, "r", kBoth);
  draft.root().add(kOne, "a", std::string_view("\0\x1b\xe2\x80\xae\xef\xbf\xbf\xff", 9));
  const std::string text = draft.canonical().value();
  const auto read = Document::read(core::as_bytes(text));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->root().first().text(), "⟨U+0000⟩⟨U+001B⟩⟨U+202E⟩⟨U+FFFF⟩⟨0xFF⟩");
}

TEST(Draft, WritesElementsOfNoNamespace) {
  constexpr std::array kOnly = {&kTwo};
  Draft draft(kTwo, "r", kOnly);
  draft.root().add(kNoNamespace, "a", "x");
  EXPECT_EQ(draft.canonical().value(), "<t:r xmlns:t=\"urn:two\"><a>x</a></t:r>");
}

TEST(Draft, TellsOfANamespaceThatItDoesNotDeclare) {
  Draft draft(kOne, "r", kBoth);
  draft.root().add(kNone, "a");
  EXPECT_FALSE(draft.canonical().has_value());
  Draft other(kNone, "r", kBoth);
  EXPECT_FALSE(other.canonical().has_value());
  Draft third(kOne, "r", kBoth);
  third.root().set(kNone, "a", "b");
  EXPECT_FALSE(third.canonical().has_value());
}

}  // namespace
}  // namespace heyan::markup
