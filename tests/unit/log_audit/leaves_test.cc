// What the leaves of a published log may not say of one another.
#include "tests/unit/log_audit/fixture.h"

namespace heyan::log_audit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// ---- what leaves say

TEST_F(AuditTest, ACheckpointOfAHugeLogEndsAtWhatIsThere) {
  const path where = publish("log", {beginning()});
  const std::string text = *transparency::encode_checkpoint(
      {.origin = kOrigin, .size = transparency::kMaxTreeSize, .root = {}, .extensions = {}});
  std::ofstream(where / "checkpoint", std::ios::binary | std::ios::trunc)
      << *transparency::sign_note(text, kOrigin, key_);
  EXPECT_THAT(words(look(where)), ElementsAre("entries-missing"));
}

TEST_F(AuditTest, LeavesThatAreNoneAreNamed) {
  std::vector<core::Bytes> leaves = encoded({beginning(), intake(1), report_of(2, 1)});
  leaves.push_back(core::to_bytes("{}"));
  leaves.push_back(core::to_bytes("not json"));
  core::Bytes spaced = report::encode_log_entry(intake(3));
  spaced.push_back(' ');
  leaves.push_back(spaced);
  EXPECT_THAT(words(look(publish("log", leaves))),
              ElementsAre("leaf-grammar 3", "leaf-grammar 4", "leaf-grammar 5"));
}

TEST_F(AuditTest, TheFirstLeafAndNoOtherNamesTheLog) {
  EXPECT_THAT(found_in("a", {intake(0)}), ElementsAre("leaf-beginning 0"));
  EXPECT_THAT(found_in("b", {beginning(), beginning()}), ElementsAre("leaf-beginning 1"));
}

TEST_F(AuditTest, TimesDoNotGoBack) {
  EXPECT_THAT(found_in("log", {beginning(), intake(10), intake(9), intake(10), intake(10)}),
              ElementsAre("leaf-time 2"));
}

// Who dates intakes ahead would never be found to owe a report.
TEST_F(AuditTest, TimesDoNotComeBeforeTheyAre) {
  EXPECT_THAT(found_in("a", {beginning(), intake(3600 + 599)}), IsEmpty());
  EXPECT_THAT(found_in("b", {beginning(), intake(3600 + 601)}), ElementsAre("leaf-future"));
}

TEST_F(AuditTest, NothingRefersToWhatIsAbsentOrLaterOrAnotherKind) {
  EXPECT_THAT(found_in("a", {beginning(), report_of(1, 2), intake(2)}),
              ElementsAre("reference-absent 1"));
  EXPECT_THAT(found_in("b", {beginning(), report_of(1, 1)}), ElementsAre("reference-absent 1"));
  EXPECT_THAT(found_in("c", {beginning(), report_of(1, 0)}), ElementsAre("reference-kind 1"));
  EXPECT_THAT(found_in("d", {beginning(), withdrawal(1, 1)}), ElementsAre("reference-absent 1"));
  EXPECT_THAT(found_in("e", {beginning(), intake(1), withdrawal(1, 1)}),
              ElementsAre("reference-kind 2"));
  EXPECT_THAT(found_in("f", {beginning(), intake(1), report_of(2, 1), supersession(3, 2, 9)}),
              ElementsAre("reference-absent 3"));
  EXPECT_THAT(found_in("g", {beginning(), intake(1), report_of(2, 1), supersession(3, 9, 2)}),
              ElementsAre("reference-absent 3"));
}

TEST_F(AuditTest, ASubmissionIsDeletedOnceAndHasNoReportAfterwards) {
  const std::vector<report::LogEntry> reported = {beginning(), intake(1), report_of(2, 1)};
  auto with = [&](std::vector<report::LogEntry> more) {
    std::vector<report::LogEntry> all = reported;
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  EXPECT_THAT(found_in("a", with({deletion(3, 1), withdrawal(4, 2)})), IsEmpty());
  EXPECT_THAT(found_in("b", with({deletion(3, 1), deletion(4, 1)})),
              ElementsAre("succession-twice 4"));
  EXPECT_THAT(found_in("c", with({deletion(3, 1), report_of(4, 1), supersession(5, 4, 2)})),
              ElementsAre("report-deleted 4"));
  EXPECT_THAT(found_in("d", with({deletion(3, 2)})), ElementsAre("reference-kind 3"));
  EXPECT_THAT(found_in("e", with({deletion(3, 9)})), ElementsAre("reference-absent 3"));
}

// Who suppresses a case is not rid of it by deleting it.
TEST_F(AuditTest, AnIntakeThatWasDeletedStillOwesItsReport) {
  const Audit found =
      look(publish("log", {beginning(), intake(1), deletion(2, 1)}), {}, std::chrono::hours(48));
  EXPECT_EQ(found.waiting, 1u);
  EXPECT_THAT(found.overdue, SizeIs(1));
}

TEST_F(AuditTest, ReportsAreSupersededInOrderAndOnce) {
  const std::vector<report::LogEntry> two = {beginning(), intake(1), report_of(2, 1),
                                             report_of(3, 1)};
  auto with = [&](std::vector<report::LogEntry> more) {
    std::vector<report::LogEntry> all = two;
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  EXPECT_THAT(found_in("a", with({supersession(4, 3, 2), withdrawal(5, 2)})), IsEmpty());
  EXPECT_THAT(found_in("b", with({supersession(4, 2, 3)})),
              ElementsAre("succession-order 4", "report-second 3"));
  EXPECT_THAT(found_in("c", with({supersession(4, 2, 2)})),
              ElementsAre("succession-order 4", "report-second 3"));
  EXPECT_THAT(found_in("d", with({supersession(4, 3, 2), supersession(5, 3, 2)})),
              ElementsAre("succession-twice 5"));
  EXPECT_THAT(found_in("e", with({supersession(4, 3, 2), withdrawal(5, 2), withdrawal(6, 2)})),
              ElementsAre("succession-twice 6"));
}

TEST_F(AuditTest, ASecondReportOfAnIntakeSupersedesTheFirst) {
  const std::vector<report::LogEntry> two = {beginning(),     intake(1),       intake(2),
                                             report_of(3, 1), report_of(4, 2), report_of(5, 1)};
  auto with = [&](std::vector<report::LogEntry> more) {
    std::vector<report::LogEntry> all = two;
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  EXPECT_THAT(found_in("a", two), ElementsAre("report-second 5"));
  EXPECT_THAT(found_in("b", with({intake(6), withdrawal(7, 3)})), ElementsAre("report-second 5"));
  EXPECT_THAT(found_in("c", with({supersession(6, 5, 3)})), IsEmpty());
  EXPECT_THAT(found_in("d", with({supersession(6, 5, 4)})),
              ElementsAre("succession-other 6", "report-second 5"));
  EXPECT_THAT(found_in("e", with({supersession(6, 4, 3)})),
              ElementsAre("succession-other 6", "report-second 5"));
}

TEST_F(AuditTest, OnlyALogThatFollowsAnotherRefersToIt) {
  const report::LogEntry old = report::ReportEntry{kStart, kDigest, {7, "court.example/old"}};
  EXPECT_THAT(found_in("a", {beginning(), old}), ElementsAre("reference-earlier-log 1"));
  const report::LogEntry following = report::LogBeginning{
      kStart, kOrigin, {{"receipt", core::Bytes(4, 1)}}, "its last checkpoint"};
  EXPECT_THAT(found_in("b", {following, old}), IsEmpty());
}

TEST_F(AuditTest, IntakesWithoutAReportForADayAreNamed) {
  const path where =
      publish("log", {beginning(), intake(1), intake(2), report_of(3, 1), intake(3700)});
  EXPECT_THAT(look(where).overdue, IsEmpty());
  const Audit found = look(where, {}, std::chrono::hours(25));
  EXPECT_TRUE(found.holds());
  EXPECT_EQ(found.waiting, 2u);
  ASSERT_THAT(found.overdue, SizeIs(1));
  EXPECT_EQ(found.overdue[0].index, 2u);
  EXPECT_EQ(found.overdue[0].intake.at, kStart + std::chrono::seconds(2));
  EXPECT_THAT(look(where, {}, std::chrono::hours(26)).overdue, SizeIs(2));
}

TEST_F(AuditTest, HeadsOfAuditTrailsStandAmongTheOthersAndNothingRefersToThem) {
  EXPECT_THAT(found_in("heads", {beginning(), head(1), intake(2), head(3), report_of(4, 2)}),
              IsEmpty());
  EXPECT_THAT(found_in("referred", {beginning(), head(1), report_of(2, 1)}),
              ElementsAre("reference-kind 2"));
  EXPECT_THAT(found_in("back", {beginning(), head(5), head(4)}), ElementsAre("leaf-time 2"));
}

}  // namespace
}  // namespace heyan::log_audit
