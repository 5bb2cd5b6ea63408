// The attacks that the signer answers, by the number of their security decision: whoever runs the
// front, a judge or the machine's clock, or puts back a file.
#include <gmock/gmock.h>

#include <array>
#include <utility>

#include "tests/unit/signer/attack_fixture.h"
#include "verifier/report/log_entry.h"

namespace heyan::signer {
namespace {

using namespace std::chrono_literals;
using core::ErrorCode;

// ---- 3: neither trust nor time come from who asks (NeedsTheCourtsTrustListAndPolicy and others in
// signer_test.cc)

TEST_F(Attack, OneSubmissionCannotSupersedeAnothersReport) {
  const Issued victim = issue("s1", 1, take_in("s1").intake_index());
  ASSERT_FALSE(victim.answer.has_refusal());
  const std::uint64_t other = take_in("s2").intake_index();
  const std::uint64_t before = log_size();
  EXPECT_TRUE(issue("s2", 2, other, victim.begun.report_number()).answer.has_refusal());
  EXPECT_TRUE(issue("s2", 3, other, "HY-AAAA-AAAA-AAAA-AAAA").answer.has_refusal());
  EXPECT_EQ(log_size(), before) << "and nothing was logged for it";
  EXPECT_FALSE(issue("s2", 1, other).answer.has_refusal());
}

TEST_F(Attack, AReportIsSupersededOnce) {
  const std::uint64_t intake = take_in("s1").intake_index();
  const Issued first = issue("s1", 1, intake);
  ASSERT_FALSE(issue("s1", 2, intake, first.begun.report_number()).answer.has_refusal());
  EXPECT_TRUE(issue("s1", 3, intake, first.begun.report_number()).answer.has_refusal());
}

// A front that keeps quiet about the report before: a court would find both of them to stand.
TEST_F(Attack, NoReportIsLeftStandingBesideALaterOne) {
  const std::uint64_t intake = take_in("s1").intake_index();
  const Issued first = issue("s1", 1, intake);
  const std::uint64_t before = log_size();
  EXPECT_TRUE(issue("s1", 2, intake).answer.has_refusal());
  EXPECT_EQ(log_size(), before) << "and nothing was logged for it";
  EXPECT_FALSE(issue("s1", 3, intake, first.begun.report_number()).answer.has_refusal());
  EXPECT_TRUE(issue("s1", 4, intake).answer.has_refusal());
}

TEST_F(Attack, AnOlderVersionSupersedesNothing) {
  const std::uint64_t intake = take_in("s1").intake_index();
  const Issued second = issue("s1", 2, intake);
  ASSERT_FALSE(second.answer.has_refusal());
  EXPECT_TRUE(issue("s1", 1, intake, second.begun.report_number()).answer.has_refusal());
}

// ---- 6: a trust list that is rolled back

TEST_F(Attack, ARolledBackTrustListIsRefusedWhoeverSignedIt) {
  for (const std::int64_t version : {7, 9}) {
    bundle_.version = version;
    start();
  }
  signer_.reset();
  for (const std::int64_t version : {8, 2, 1}) {
    bundle_.version = version;
    EXPECT_EQ(open().error().code, ErrorCode::kUnsupported) << version;
    EXPECT_EQ(std::exchange(newer_bundle_, 0), 9) << "whoever runs it is told";
  }
  bundle_.version = 9;
  EXPECT_TRUE(open().has_value());
  EXPECT_EQ(newer_bundle_, 0);
}

// The highest version outlives the file: it stands in the database.
TEST_F(Attack, ARolledBackTrustListUnderAnotherClockIsRefusedToo) {
  bundle_.version = 5;
  start();
  signer_.reset();
  bundle_.version = 4;
  pass(24h * 100);
  EXPECT_EQ(open().error().code, ErrorCode::kUnsupported);
}

TEST_F(Attack, AnExpiredTrustListSupportsNothingPositive) {
  bundle_.next_update = now_;
  start();
  const std::uint64_t intake = take_in("s1").intake_index();
  pass(1ms);
  const v1::SignerBegin begin = begin_of("s1", 1, intake);
  v1::Report report = report_of(this->begin(begin));
  v1::ItemReport& item = *report.add_evidence();
  item.set_verdict(v1::VERDICT_CONSISTENT);
  report.set_verdict(v1::SUBMISSION_VERDICT_ALL_CONSISTENT);
  const v1::SignerSigned answer = sign(begin, report);
  EXPECT_TRUE(answer.has_refusal());
  EXPECT_FALSE(answer.refusal().final()) << "the court may approve the list anew";
}

// ---- 11: the clock

TEST_F(Attack, AClockThatIsSetDatesNothing) {
  const std::uint64_t intake = take_in("s1").intake_index();
  const std::uint64_t before = log_size();
  for (const std::chrono::seconds jump : {-31'536'000s, -61s, 61s, 31'536'000s}) {
    now_ += jump;
    v1::FrontAsks asks;
    asks.mutable_intake()->set_submission_id("s2");
    *asks.mutable_intake()->mutable_files() = case_json_alone();
    const v1::FrontGets gets = ask(asks);
    EXPECT_TRUE(gets.has_refusal());
    EXPECT_FALSE(gets.refusal().final()) << "a clock can be set right";
    EXPECT_TRUE(this->begin(begin_of("s1", 1, intake)).has_refusal());
    now_ -= jump;
    EXPECT_EQ(log_size(), before);
  }
  EXPECT_EQ(clock_troubles_, 4) << "said once each time";
  EXPECT_FALSE(issue("s1", 1, intake).answer.has_refusal());
}

TEST_F(Attack, AJudgeCannotHaveAReportDatedAfterTheClockWasSet) {
  const v1::SignerBegin begin = begin_of("s1", 1, take_in("s1").intake_index());
  const v1::SignerBegun begun = this->begin(begin);
  now_ += 2h;
  v1::Report report = report_of(begun);
  EXPECT_TRUE(sign(begin, report).has_refusal());
  report.set_as_of_ms(core::to_unix_ms(now_));
  EXPECT_TRUE(sign(begin, report).has_refusal());
}

// It starts, for the clock may be set right: nobody need be there to start it again.
TEST_F(Attack, NothingIsDatedThatStartsOnAClockThatIsBehindTheLog) {
  const std::uint64_t intake = take_in("s1").intake_index();
  const std::uint64_t before = log_size();
  for (const std::chrono::seconds behind : {61s, 3600s, 1'000'000'000s}) {
    now_ -= behind;
    start();
    EXPECT_TRUE(this->begin(begin_of("s1", 1, intake)).has_refusal());
    now_ += behind;
    EXPECT_EQ(log_size(), before);
    EXPECT_FALSE(this->begin(begin_of("s1", 1, intake)).has_refusal());
  }
  EXPECT_EQ(clock_troubles_, 3);
}

TEST_F(Attack, TimesInTheLogNeverGoBackAndAsOfNeverPrecedesThem) {
  for (int i = 0; i < 5; ++i) {
    const std::string submission = "s" + std::to_string(i);
    const std::uint64_t intake = take_in(submission).intake_index();
    now_ -= 10s;  // a small step, as NTP makes
    const Issued issued = issue(submission, 1, intake);
    ASSERT_FALSE(issued.answer.has_refusal());
    const auto all = published();
    EXPECT_GE(core::from_unix_ms(issued.begun.now_ms()), report::time_of(all[all.size() - 2]));
    now_ += 10s;
  }
  core::UtcTime last;
  for (const report::LogEntry& entry : published()) {
    EXPECT_GE(report::time_of(entry), last);
    last = report::time_of(entry);
  }
}

// ---- 12: sample keys and lists

TEST_F(Attack, ASampleListMarksEveryReport) {
  bundle_.sample = true;
  ++bundle_.version;
  start();
  const v1::SignerBegin begin = begin_of("s1", 1, take_in("s1").intake_index());
  v1::Report report = report_of(this->begin(begin));
  EXPECT_TRUE(sign(begin, report).has_refusal()) << "the mark cannot be left out";
  report.mutable_trust()->set_sample(true);
  EXPECT_FALSE(sign(begin, report).has_refusal());
}

// ---- 13: intakes that wait

TEST_F(Attack, IntakesWithoutAReportAreCounted) {
  EXPECT_EQ(backlog().waiting(), 0u);
  const std::uint64_t intake = take_in("s1").intake_index();
  take_in("s2");
  EXPECT_EQ(backlog().waiting(), 2u);
  pass(24h);
  EXPECT_EQ(backlog().overdue(), 0u);
  pass(1ms);
  EXPECT_EQ(backlog().overdue(), 2u);
  take_in("s3");
  issue("s1", 1, intake);
  EXPECT_EQ(backlog().waiting(), 2u);
  EXPECT_EQ(backlog().overdue(), 1u);
  start();
  EXPECT_EQ(backlog().overdue(), 1u);
}

TEST_F(Attack, TheFrontCannotTakeAnIntakeBackNorNameAnother) {
  const std::uint64_t first = take_in("s1").intake_index();
  const std::uint64_t second = take_in("s2").intake_index();
  EXPECT_TRUE(this->begin(begin_of("s1", 1, second)).has_refusal());
  EXPECT_FALSE(issue("s1", 1, first).answer.has_refusal());
  const auto all = published();
  const auto& leaf = std::get<report::ReportEntry>(all.back());
  EXPECT_EQ(leaf.intake, (report::LogPlace{first, {}}));
}

// ---- 16: the log cannot fork

TEST_F(Attack, ARestoredDatabaseIsRefusedWhereMoreWasPublished) {
  take_in("s1");
  back_up("backup.db");
  take_in("s2");
  restore("backup.db");
  EXPECT_EQ(open().error().code, ErrorCode::kInternal);
  EXPECT_EQ(open().error().code, ErrorCode::kInternal) << "also when it is tried again";
}

TEST_F(Attack, ARestoredDatabaseThatIsWhatWasPublishedGoesOn) {
  take_in("s1");
  back_up("backup.db");
  restore("backup.db");
  ASSERT_TRUE(open().has_value());
}

TEST_F(Attack, ADatabaseOfAnotherLogIsRefused) {
  take_in("s1");
  signer_.reset();
  keys_.log_name = "heyan.test/other";
  EXPECT_EQ(open().error().code, ErrorCode::kUnsupported);
}

// An altered row: what was logged is never told otherwise, neither to the public nor in a proof.
class AlteredRow : public Attack {
 protected:
  void alter(std::string sql, const core::Bytes& value, std::uint64_t index) {
    signer_.reset();
    sql.replace(sql.find('?'), 1, place_->literal(value));
    sql.replace(sql.find('?'), 1, std::to_string(index));
    ASSERT_TRUE(place_->execute(sql).has_value());
  }
};

TEST_F(AlteredRow, OfAHashIsSeenAtTheStart) {
  const std::uint64_t intake = take_in("s1").intake_index();
  alter("UPDATE log_hashes SET hash = ? WHERE level = 0 AND idx = ?", core::Bytes(32, 7), intake);
  EXPECT_FALSE(open().has_value());
}

TEST_F(AlteredRow, OfALeafIsNeverPublishedNorProved) {
  const Issued issued = issue("s1", 1, take_in("s1").intake_index());
  const core::Bytes forged = report::encode_log_entry(
      report::ReportEntry{.at = now_, .payload = core::Bytes(32, 7), .intake = {1, {}}});
  alter("UPDATE log_entries SET bytes = ? WHERE idx = ?", forged, 2);
  auto opened = open();
  if (opened) {
    signer_ = *std::move(opened);
    v1::FrontAsks asks;
    asks.mutable_log_proof()->set_report_number(issued.begun.report_number());
    EXPECT_TRUE(ask(asks).has_refusal());
    asks.mutable_intake()->set_submission_id("s2");
    *asks.mutable_intake()->mutable_files() = case_json_alone();
    EXPECT_TRUE(ask(asks).has_refusal());
  }
}

// The payload's digest is in the leaf: a report that was altered gets no second signature.
TEST_F(AlteredRow, OfAReportThatIsNotSignedYetGetsNoSignature) {
  const Issued issued = issue("s1", 1, take_in("s1").intake_index());
  v1::Report forged = report_of(issued.begun);
  forged.set_case_number("another");
  alter("UPDATE reports SET envelope = NULL, report = ? WHERE idx = ?",
        core::to_bytes(core::as_bytes(forged.SerializeAsString())), 2);
  start();
  EXPECT_TRUE(this->begin(issued.begin).envelope().empty());
}

}  // namespace
}  // namespace heyan::signer
