// The table of an item's times: whose clock, what it is worth, and what strikes one about it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "tests/unit/report/document_text.h"
#include "tests/unit/report/sample_report.h"
#include "verifier/report/sections.h"

namespace heyan::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::sample_report;
using testing::section;
using testing::words_of;

std::string timeline_of(const v1::Report& report) {
  const Document document = build_document(report, {.language = catalogue::Language::kEnglish,
                                                    .declared = nullptr,
                                                    .origin_unknown = false,
                                                    .level = Level::kExpert});
  return words_of(*section(document, "timeline"));
}

v1::ItemReport dated(std::string_view party, std::int64_t not_before, std::int64_t not_after) {
  v1::ItemReport item = sample_report().evidence(0);
  item.set_party(std::string(party));
  v1::TimeInterval& time = *item.mutable_attestations(0)->mutable_time();
  time.set_source("tsa:example");
  if (not_before != 0) time.set_not_before_ms(not_before);
  if (not_after != 0) time.set_not_after_ms(not_after);
  return item;
}

v1::Report of_two_parties(const v1::ItemReport& first, const v1::ItemReport& second) {
  v1::Report report = sample_report();
  report.clear_evidence();
  v1::PartyReport& party = *report.add_parties();
  party.set_id("P2");
  party.set_role(v1::ROLE_DEFENDANT);
  *report.add_evidence() = first;
  *report.add_evidence() = second;
  return report;
}

// Every time of an item, with whose clock it is and what that is worth.
TEST(TimeTable, TableOfTheTimesOfAnItem) {
  constexpr std::int64_t kHour = 3'600'000;
  v1::ItemReport item = dated("P1", 0, 100 * kHour);
  v1::Attestation& stamp = *item.mutable_attestations(0);
  stamp.set_tier(v1::TIER_TIME_PROOF);
  stamp.mutable_time()->set_source("tsa:example");
  stamp.mutable_time()->set_policy("1.2.3.4");
  stamp.mutable_time()->set_independent(true);
  item.mutable_contents()->add_times()->set_at_ms(92 * kHour);
  v1::Report report = of_two_parties(item, dated("P2", 0, 0));
  report.set_filed_at_ms(200 * kHour);
  report.set_submission_is_declared(false);
  const std::string text = timeline_of(report);
  for (const char* part :
       {"time inside the file", "can be altered", "the authority's clock",
        "noted by the court's system", "1970-01-05T04:00:00Z", "1970-01-04T20:00:00Z",
        "differ by eight hours, to the minute: one of them may be a local time"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  EXPECT_THAT(text, Not(HasSubstr("more than 72 hours")));
  report.set_submission_is_declared(true);
  EXPECT_THAT(timeline_of(report), HasSubstr("a statement in the submission, not verified"));
}

// To the minute, and never of the filing.
TEST(TimeTable, EightHoursAreNotGuessed) {
  constexpr std::int64_t kEight = 8 * 3'600'000;
  constexpr std::int64_t kMinute = 60'000;
  const auto text_of = [](std::int64_t one, std::int64_t other) {
    v1::ItemReport item = dated("P1", 0, 0);
    item.mutable_contents()->add_times()->set_at_ms(one);
    item.mutable_contents()->add_times()->set_at_ms(other);
    v1::Report report = of_two_parties(item, dated("P2", 0, 0));
    report.set_filed_at_ms(one + kEight);
    return timeline_of(report);
  };
  const std::string said = "eight hours";
  for (const std::int64_t apart : {kEight - kMinute, kEight, kEight + kMinute}) {
    EXPECT_THAT(text_of(0, apart), HasSubstr(said + ", to the minute"));
    EXPECT_THAT(text_of(apart, 0), HasSubstr(said + ", to the minute"));
  }
  for (const std::int64_t apart :
       {std::int64_t{0}, kEight - kMinute - 1, kEight + kMinute + 1, 2 * kEight}) {
    EXPECT_THAT(text_of(0, apart), Not(HasSubstr(said + ", to the minute")));
  }
  (void)text_of(std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max());
}

TEST(TimeTable, ALongWhileBeforeTheFirstProof) {
  constexpr std::int64_t kHour = 3'600'000;
  const auto text_of = [](std::int64_t in_file, bool independent) {
    v1::ItemReport item = dated("P1", 0, 100 * kHour);
    item.mutable_attestations(0)->mutable_time()->set_independent(independent);
    item.mutable_contents()->add_times()->set_at_ms(in_file);
    return timeline_of(of_two_parties(item, dated("P2", 0, 0)));
  };
  const std::string said = "more than 72 hours passed";
  EXPECT_THAT(text_of(28 * kHour - 1, true), HasSubstr(said));
  EXPECT_THAT(text_of(28 * kHour, true), Not(HasSubstr(said)));
  EXPECT_THAT(text_of(101 * kHour, true), Not(HasSubstr(said)));
  EXPECT_THAT(text_of(0, false), Not(HasSubstr(said)));
}

}  // namespace
}  // namespace heyan::report
