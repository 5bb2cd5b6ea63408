// What an item's section says that its verification shows, leaves open, and does not show at all.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/report/document_text.h"
#include "tests/unit/report/sample_report.h"
#include "verifier/report/sections.h"

namespace heyan::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::sample_report;

std::string words_of_item(const v1::Report& report) {
  const Document document = build_document(report, {.language = catalogue::Language::kEnglish});
  const Section* found = testing::section(document, "item-1");
  EXPECT_NE(found, nullptr);
  return found == nullptr ? "" : testing::words_of(*found);
}

// What a check shows stands there only where it passed.
TEST(Limits, FollowTheChecksThatRan) {
  v1::Report report = sample_report();
  const std::string shown(catalogue::limit(v1::CHECK_TIM_1).shown.en);
  const std::string bound(catalogue::limit(v1::CHECK_TIM_1).bound.en);
  EXPECT_THAT(words_of_item(report), HasSubstr(shown));
  EXPECT_THAT(words_of_item(report), HasSubstr(bound));
  for (const auto outcome : {v1::OUTCOME_FAIL, v1::OUTCOME_UNDETERMINED, v1::OUTCOME_NOT_APPLICABLE,
                             v1::OUTCOME_NOT_PERFORMED, v1::OUTCOME_DECLARED}) {
    for (auto& result : *report.mutable_evidence(0)->mutable_checks()) {
      if (result.check() == v1::CHECK_TIM_1) result.set_outcome(outcome);
    }
    const std::string text = words_of_item(report);
    EXPECT_THAT(text, Not(HasSubstr(shown))) << outcome;
    EXPECT_THAT(text, Not(HasSubstr(bound))) << outcome;
    EXPECT_THAT(text, HasSubstr(std::string(catalogue::entry(v1::CHECK_TIM_1).question.en) + " " +
                                std::string(catalogue::entry(outcome).label.en)));
  }
}

// Whatever passed before it ended: "there is no result" and "this is shown" do not go together.
TEST(Limits, AVerificationThatWasNotCompletedShowsNothing) {
  v1::Report report = sample_report();
  EXPECT_THAT(words_of_item(report), HasSubstr("What this verification shows"));
  report.mutable_evidence(0)->set_verdict(v1::VERDICT_NOT_COMPLETED);
  const std::string text = words_of_item(report);
  EXPECT_THAT(text, Not(HasSubstr("What this verification shows")));
  EXPECT_THAT(text, Not(HasSubstr(std::string(catalogue::limit(v1::CHECK_MATCH_1).shown.en))));
  EXPECT_THAT(text, HasSubstr("Checks without a positive answer"));
}

// Whether a revocation list was at hand, a passed check does not tell.
TEST(Limits, NoKeyIsSaidToBeUnrevokedBeyondWhatWasConsulted) {
  const auto& limit = catalogue::limit(v1::CHECK_KEY_1);
  EXPECT_THAT(std::string(limit.shown.en), HasSubstr("that this verification had"));
  EXPECT_THAT(std::string(limit.bound.en),
              HasSubstr("where no revocation information was at hand"));
}

}  // namespace
}  // namespace heyan::report
