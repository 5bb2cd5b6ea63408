// The canaries between a judge's child and a real signer: what they say while all is well, and
// everything that somebody could do with them who would like another verdict, or none at all.
#include "gateway/worker/canaries.h"

#include <gmock/gmock.h>

#include <fstream>
#include <set>

#include "gateway/canary/canary.h"
#include "gateway/canary/files.h"
#include "tests/unit/worker/judging_fixture.h"

namespace heyan::worker {
namespace {

using testing::HasSubstr;

class CanariesTest : public JudgingTest {
 protected:
  static const v1::CanaryRound& right() {
    static const v1::CanaryRound kRound = judge_canaries("test").value();
    return kRound;
  }
  v1::SignerBegun tell(const v1::CanaryRound& round) {
    v1::SignerBegin asks;
    *asks.mutable_canaries() = round;
    return begin(asks);
  }
  v1::Backlog backlog() const {
    v1::FrontAsks asks;
    asks.mutable_backlog();
    return ask(asks).backlog();
  }
  v1::JudgeDone run_canaries() {
    job_.Clear();
    job_.set_canaries(true);
    return run();
  }
  // Whether a case that is filed now has its report.
  bool signs() {
    const v1::JudgeJob canaries = job_;
    job_ = case_;
    const v1::JudgeDone done = run();
    job_ = canaries;
    return !done.has_refusal();
  }
  std::filesystem::path stop_file() const { return folder_ / "stopped-canary-wrong"; }
  // What the file says by then; fails where nothing was stopped.
  std::string expect_stopped(const v1::CanaryRound& round) {
    EXPECT_TRUE(tell(round).has_canaries());
    EXPECT_EQ(backlog().stopped(), "canary-wrong");
    EXPECT_EQ(backlog().canaries_at_ms(), 0);
    EXPECT_FALSE(signs());
    return os::content_of(stop_file());
  }

  v1::JudgeJob case_ = job_;
};

TEST_F(CanariesTest, EachIsJudgedAsTheSignerKnowsIt) {
  EXPECT_EQ(canary::first_wrong(right()), std::nullopt);
}

// Every verdict is among them, and every change is one of the bytes that are there.
TEST_F(CanariesTest, CoverEveryVerdictAndEveryFileThatIsJudged) {
  std::set<v1::Verdict> verdicts;
  std::set<std::string_view> changed;
  for (const canary::Canary& one : canary::canaries()) {
    for (const canary::Answer& answer : one.answers) verdicts.insert(answer.verdict);
    for (const canary::Change& change : one.changes) {
      changed.insert(change.path);
      const auto files = canary::case_files();
      const auto file = std::ranges::find(files, change.path, &core::EmbeddedFile::name);
      ASSERT_NE(file, files.end()) << change.path;
      EXPECT_LT(change.offset, file->text.size()) << change.path;
    }
  }
  EXPECT_EQ(verdicts.size(), 6u);
  for (const core::EmbeddedFile& file : canary::case_files()) {
    const bool is_judged = file.name != "case.json" && !file.name.ends_with("record.json");
    EXPECT_EQ(changed.contains(file.name), is_judged) << file.name;
  }
}

TEST_F(CanariesTest, AJudgeBringsTheSignerTheAnswersAndTheFrontNothing) {
  const std::uint64_t before = backlog().log_size();
  const v1::JudgeDone done = run_canaries();
  ASSERT_FALSE(done.has_refusal()) << done.refusal().code();
  EXPECT_TRUE(done.has_canaries());
  EXPECT_FALSE(done.has_report());
  EXPECT_TRUE(done.envelope().empty());
  EXPECT_TRUE(done.report_number().empty());
  EXPECT_TRUE(record_.empty());
  EXPECT_EQ(backlog().stopped(), "");
  EXPECT_EQ(backlog().canaries_at_ms(), core::to_unix_ms(now_));
  EXPECT_EQ(backlog().log_size(), before);  // they stand in no log
}

TEST_F(CanariesTest, TheSignerAnswersARoundWithNothingThatIsSigned) {
  const v1::SignerBegun begun = tell(right());
  v1::SignerBegun nothing_else;
  nothing_else.mutable_canaries();
  EXPECT_EQ(begun.SerializeAsString(), nothing_else.SerializeAsString());
}

TEST_F(CanariesTest, AReportCitesTheLastRoundThatWasRight) {
  ASSERT_TRUE(tell(right()).has_canaries());
  const core::UtcTime sang = now_;
  pass(std::chrono::seconds(30));
  const v1::JudgeDone done = run();
  ASSERT_FALSE(done.has_refusal());
  EXPECT_EQ(done.report().self_test().at_ms(), core::to_unix_ms(sang));
}

// Two hours before the report, by the signer's time, whatever clock the process began with.
TEST_F(CanariesTest, BeforeTheFirstRoundAReportCitesTheStartOfItsProcess) {
  constexpr std::int64_t kHourMs = 3'600'000;
  const v1::JudgeDone done = run();
  ASSERT_FALSE(done.has_refusal());
  const std::int64_t ago = done.report().as_of_ms() - done.report().self_test().at_ms();
  EXPECT_GE(ago, 2 * kHourMs);
  EXPECT_LT(ago, 3 * kHourMs);
}

// ---- a wrong answer

// A clock that was wrong at the start and set right since makes no canary wrong.
TEST_F(CanariesTest, ARightRoundCanBeSignedWhateverTheTimeIs) {
  signer::CanaryWatch watch(std::chrono::hours(1), {});
  ASSERT_TRUE(watch.start().has_value());
  for (const char* time : {"1970-01-02T00:00:00Z", "2026-11-24T09:00:00Z", "2026-11-22T09:00:00Z",
                           "2060-01-01T00:00:00Z"}) {
    EXPECT_EQ(watch.hear(right(), *core::parse_rfc3339(time), {}), std::nullopt) << time;
  }
}

TEST_F(CanariesTest, AWrongVerdictStopsReportsAndNothingElse) {
  v1::CanaryRound round = right();
  v1::Report& report = *round.mutable_answers(1)->mutable_report();
  report.mutable_evidence(0)->set_verdict(v1::VERDICT_CONSISTENT);
  EXPECT_THAT(expect_stopped(round), HasSubstr("files-changed, E1"));
  // What comes in has its receipt, and waits.
  EXPECT_GT(take_in("s2").intake_index(), 0u);
  const v1::SignerBegun refused = begin(begin_of("s2", 1, 2));
  EXPECT_EQ(refused.refusal().code(), "changed");
  EXPECT_FALSE(refused.refusal().final());
}

TEST_F(CanariesTest, EveryOtherVerdictOfEveryItemIsWrong) {
  for (int canary = 0; canary < right().answers_size(); ++canary) {
    for (int item = 0; item < right().answers(canary).report().evidence_size(); ++item) {
      v1::CanaryRound round = right();
      auto& judged = *round.mutable_answers(canary)->mutable_report()->mutable_evidence(item);
      for (int verdict = 0; verdict < v1::Verdict_ARRAYSIZE; ++verdict) {
        const bool same = right().answers(canary).report().evidence(item).verdict() == verdict;
        judged.set_verdict(static_cast<v1::Verdict>(verdict));
        EXPECT_EQ(canary::first_wrong(round).has_value(), !same) << canary << " " << item;
      }
    }
  }
}

TEST_F(CanariesTest, ARightVerdictThatDoesNotFollowIsWrong) {
  v1::CanaryRound round = right();
  round.mutable_answers(0)->mutable_report()->mutable_evidence(0)->clear_findings();
  EXPECT_THAT(expect_stopped(round), HasSubstr("does not follow"));
}

TEST_F(CanariesTest, AVerdictOverAllThatDoesNotFollowIsWrong) {
  v1::CanaryRound round = right();
  round.mutable_answers(2)->mutable_report()->set_verdict(v1::SUBMISSION_VERDICT_ALL_CONSISTENT);
  EXPECT_THAT(expect_stopped(round), HasSubstr("does not follow"));
}

TEST_F(CanariesTest, ACanaryThatIsNotAnsweredIsWrong) {
  v1::CanaryRound round = right();
  round.mutable_answers()->RemoveLast();
  EXPECT_THAT(expect_stopped(round), HasSubstr("one answer each"));
}

TEST_F(CanariesTest, MissingDoubledSwappedAndUnknownOnesAreWrong) {
  v1::CanaryRound twice = right();
  *twice.add_answers() = right().answers(0);
  v1::CanaryRound swapped = right();
  swapped.mutable_answers()->SwapElements(0, 1);
  v1::CanaryRound unknown = right();
  unknown.mutable_answers(0)->set_canary("another");
  v1::CanaryRound fewer = right();
  fewer.mutable_answers(0)->mutable_report()->mutable_evidence()->RemoveLast();
  v1::CanaryRound renamed = right();
  renamed.mutable_answers(0)->mutable_report()->mutable_evidence(8)->set_id("E10");
  v1::CanaryRound same = right();  // the good one in place of the changed ones
  *same.mutable_answers(1)->mutable_report() = right().answers(0).report();
  for (const auto* round : {&twice, &swapped, &unknown, &fewer, &renamed, &same}) {
    EXPECT_NE(canary::first_wrong(*round), std::nullopt);
  }
  EXPECT_NE(canary::first_wrong({}), std::nullopt);
}

TEST_F(CanariesTest, AReportThatWasBegunBeforeIsNotSignedAfter) {
  const v1::SignerBegin asks = begin_of("s1", 1, case_.intake_index());
  const v1::SignerBegun begun = begin(asks);
  ASSERT_FALSE(begun.has_refusal());
  expect_stopped({});
  EXPECT_EQ(sign(asks, report_of(begun)).refusal().code(), "changed");
  EXPECT_EQ(backlog().waiting(), 1u);  // nor logged
}

// ---- it is forgotten by nobody

TEST_F(CanariesTest, ARightRoundAfterAWrongOneChangesNothing) {
  expect_stopped({});
  ASSERT_TRUE(tell(right()).has_canaries());
  EXPECT_EQ(backlog().stopped(), "canary-wrong");
  EXPECT_FALSE(signs());
}

TEST_F(CanariesTest, ANewStartChangesNothing) {
  expect_stopped({});
  start();
  EXPECT_EQ(backlog().stopped(), "canary-wrong");
  EXPECT_FALSE(signs());
}

TEST_F(CanariesTest, APersonTakesTheFileAwayAndStartsAfresh) {
  expect_stopped({});
  ASSERT_TRUE(std::filesystem::remove(stop_file()));
  EXPECT_FALSE(signs());  // not before the start
  start();
  EXPECT_EQ(backlog().stopped(), "");
  EXPECT_TRUE(signs());
}

// Whatever it is that stands there.
TEST_F(CanariesTest, AnEmptyFileOrALinkToNothingStopsAsWell) {
  std::ofstream(stop_file()).flush();
  start();
  EXPECT_EQ(backlog().stopped(), "canary-wrong");
  std::filesystem::remove(stop_file());
  std::filesystem::create_symlink("nothing", stop_file());
  start();
  EXPECT_EQ(backlog().stopped(), "canary-wrong");
}

TEST_F(CanariesTest, WhatCannotBeWrittenDownStopsThisProcessAllTheSame) {
  std::filesystem::create_directories(stop_file() / "in-the-way");
  ASSERT_TRUE(tell({}).has_canaries());
  EXPECT_EQ(backlog().stopped(), "canary-wrong");
  EXPECT_FALSE(signs());
}

// ---- what a front that was taken over can do

TEST_F(CanariesTest, AJobOfCanariesAndACaseIsNone) {
  job_.set_canaries(true);
  const v1::JudgeDone done = run();
  EXPECT_EQ(done.refusal().code(), "job-malformed");
  EXPECT_FALSE(done.refusal().final());
  EXPECT_EQ(backlog().stopped(), "");
  EXPECT_EQ(backlog().canaries_at_ms(), 0);
  EXPECT_TRUE(signs());
}

TEST_F(CanariesTest, ARoundThatIsOfACaseTooSaysNothing) {
  v1::SignerBegin asks = begin_of("s1", 1, case_.intake_index());
  *asks.mutable_canaries() = right();
  EXPECT_EQ(begin(asks).refusal().code(), "malformed");
  asks.mutable_canaries()->Clear();  // wrong answers, but none of a canary
  EXPECT_EQ(begin(asks).refusal().code(), "malformed");
  EXPECT_EQ(backlog().stopped(), "");
  EXPECT_EQ(backlog().canaries_at_ms(), 0);
}

TEST_F(CanariesTest, WhereNoneComeTheyAreLateAndReportsAreSignedAllTheSame) {
  EXPECT_FALSE(backlog().canaries_late());
  pass(std::chrono::seconds(900));
  EXPECT_FALSE(backlog().canaries_late());
  pass(std::chrono::seconds(1));
  EXPECT_TRUE(backlog().canaries_late());
  EXPECT_EQ(backlog().stopped(), "");
  EXPECT_TRUE(signs());
  ASSERT_TRUE(tell(right()).has_canaries());
  EXPECT_FALSE(backlog().canaries_late());
}

// Who sets the machine's clock makes them neither late nor early.
TEST_F(CanariesTest, LateIsByTheClockThatNobodySets) {
  now_ += std::chrono::hours(5);
  v1::FrontAsks asks;
  asks.mutable_backlog();
  EXPECT_TRUE(ask(asks).has_refusal());  // that one is not believed
  const v1::SignerBegun begun = tell(right());
  EXPECT_EQ(begun.refusal().code(), "changed");
  now_ -= std::chrono::hours(5);
  EXPECT_FALSE(backlog().canaries_late());
  EXPECT_EQ(backlog().stopped(), "");
}

}  // namespace
}  // namespace heyan::worker
