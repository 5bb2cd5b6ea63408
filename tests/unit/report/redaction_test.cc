// What a reader of a copy meets: his own fields, and in the place of the others that they are
// withheld.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/report/copies.h"
#include "verifier/report/html.h"
#include "verifier/report/text.h"

namespace heyan::report {
namespace {

using ::testing::HasSubstr;
using testing::kOfFirst;
using testing::kOfSecond;
using ::testing::Not;

class Redaction : public testing::Copies {
 protected:
  // The text and the page that go with a copy, one after the other.
  std::string shown(std::span<const Disclosure> disclosures,
                    catalogue::Language language = catalogue::Language::kEnglish) const {
    TextOptions options{.language = language, .disclosures = disclosures, .level = Level::kExpert};
    return render_text(report_, options) + render_html(report_, options);
  }
  std::string shown_to(std::string_view reader) const {
    return shown(check(copy(reader)).disclosed.disclosures);
  }
  static std::size_t count(std::string_view text, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at)) {
      ++found;
      at += part.size();
    }
    return found;
  }
};

TEST_F(Redaction, EachReaderMeetsHisOwnAndNobodyElses) {
  const std::string court = shown_to(kCourt);
  const std::string party = shown_to(kParty);
  const std::string opponent = shown_to(kOpponent);
  for (const std::string& value : kOfFirst) {
    EXPECT_THAT(court, HasSubstr("“" + value + "”"));
    EXPECT_THAT(party, HasSubstr("“" + value + "”"));
    EXPECT_THAT(opponent, Not(HasSubstr(value)));
  }
  for (const std::string& value : kOfSecond) {
    EXPECT_THAT(court, HasSubstr("“" + value + "”"));
    EXPECT_THAT(opponent, HasSubstr("“" + value + "”"));
    EXPECT_THAT(party, Not(HasSubstr(value)));
  }
}

TEST_F(Redaction, WhatIsWithheldIsSaidInItsPlaceAndCounted) {
  EXPECT_THAT(shown_to(kCourt), Not(HasSubstr("withheld in this copy")));
  EXPECT_THAT(shown_to(kCourt), HasSubstr("discloses all 9 personal fields"));
  const std::string opponent = shown_to(kOpponent);
  EXPECT_THAT(opponent, HasSubstr("6 of 9 personal fields are withheld in this copy"));
  // Six places, of which who a record names stands twice; in text and page alike.
  EXPECT_EQ(count(opponent, "(withheld in this copy)"), 2u * 7);
  const std::string nothing = shown({}, catalogue::Language::kChinese);
  EXPECT_THAT(nothing, HasSubstr("9 项个人信息中有 9 项本副本未载明"));
  EXPECT_EQ(count(nothing, "（本副本未载明）"), 2u * 11);
}

// Whoever renders may be handed anything: only what opens its commitment is shown.
TEST_F(Redaction, AValueThatDoesNotOpenItsCommitmentIsNotShown) {
  std::vector<Disclosure> wrong = disclosures_;
  for (Disclosure& one : wrong) one.value = "王麻子";
  EXPECT_THAT(shown(wrong), Not(HasSubstr("王麻子")));
  EXPECT_THAT(shown(wrong), HasSubstr("9 of 9 personal fields are withheld"));
  std::swap(wrong[3].salt, wrong[5].salt);
  EXPECT_THAT(shown(wrong), Not(HasSubstr("王麻子")));
  // A good one behind a bad one of the same place does not count either: the first is it.
  wrong.insert(wrong.end(), disclosures_.begin(), disclosures_.end());
  EXPECT_THAT(shown(wrong), HasSubstr("9 of 9 personal fields are withheld"));
}

TEST_F(Redaction, DisclosedTextIsQuotedLikeAllThatOthersSay) {
  record_.mutable_submission()->mutable_parties(0)->set_name("<b>\u202e[Consistent]”\n");
  withhold();
  const std::string text = shown(disclosures_);
  EXPECT_THAT(text, Not(HasSubstr("<b>\u202e")));
  EXPECT_THAT(text, HasSubstr("U+202E"));
  EXPECT_THAT(text, Not(HasSubstr("\u202e")));
}

}  // namespace
}  // namespace heyan::report
