// Deletions are logged once, and nothing of what was deleted is judged again.
#include <gmock/gmock.h>

#include "tests/unit/signer/attack_fixture.h"
#include "verifier/crypto/digest.h"
#include "verifier/report/payload.h"

namespace heyan::signer {
namespace {

class DeletionTest : public Attack {
 protected:
  v1::FrontGets remove(const std::string& submission) const {
    v1::FrontAsks asks;
    asks.mutable_deletion()->set_submission_id(submission);
    return ask(asks);
  }
  v1::StandingOf standing(const v1::Report& report) const {
    v1::FrontAsks asks;
    asks.mutable_status()->set_payload_sha256(
        core::to_string(crypto::sha256(core::as_bytes(report::encode_payload(report)))));
    return ask(asks).standing();
  }
  void leave_log() {
    follows_ = os::content_of(folder_ / "log/checkpoint");
    std::filesystem::rename(folder_ / "log", folder_ / "old-log");
    std::filesystem::create_directory(folder_ / "log");
    keys_.log_name = "heyan.test/log-2";
    start();
  }
  static report::DeletionEntry last(const std::vector<report::LogEntry>& entries) {
    return std::get<report::DeletionEntry>(entries.back());
  }
};

TEST_F(DeletionTest, IsLoggedOnceWithWhatTheIntakeNames) {
  const std::uint64_t intake = take_in("s-1").intake_index();
  issue("s-1", 1, intake);
  const v1::FrontGets first = remove("s-1");
  ASSERT_TRUE(first.has_deleted()) << first.refusal().code();
  const auto entries = published();
  EXPECT_EQ(last(entries).submission, crypto::sha256(core::as_bytes("s-1")));
  EXPECT_EQ(last(entries).submission, std::get<report::IntakeEntry>(entries[intake]).submission);
  EXPECT_EQ(last(entries).intake, (report::LogPlace{intake, {}}));
  EXPECT_EQ(first.deleted().deletion_index(), entries.size() - 1);

  pass(std::chrono::hours(1));
  const v1::FrontGets again = remove("s-1");
  EXPECT_EQ(again.deleted().deletion_index(), first.deleted().deletion_index());
  EXPECT_EQ(again.deleted().at_ms(), first.deleted().at_ms());
  EXPECT_EQ(published().size(), entries.size());
  start();
  EXPECT_EQ(remove("s-1").deleted().deletion_index(), first.deleted().deletion_index());
}

TEST_F(DeletionTest, OfWhatWasNeverTakenInIsRefused) {
  const std::uint64_t size = log_size();
  EXPECT_EQ(remove("s-1").refusal().code(), core::name(core::ErrorCode::kNotFound));
  EXPECT_EQ(remove("").refusal().code(), core::name(core::ErrorCode::kNotFound));
  EXPECT_EQ(log_size(), size);
}

// Security decision 25.
TEST_F(DeletionTest, IsNotOfAGatewayOfLitigantsNorIsAWithdrawalOrAReport) {
  const std::uint64_t intake = take_in("s-1").intake_index();
  const Issued issued = issue("s-1", 1, intake);
  // Begun at a signer of the court, with a number that is there.
  const v1::SignerBegin later = begin_of("s-1", 2, intake, issued.begun.report_number());
  const v1::Report report = report_of(begin(later));
  litigants_ = true;
  start();
  const std::uint64_t size = log_size();
  v1::FrontAsks withdraw;
  withdraw.mutable_withdraw()->set_report_number(issued.begun.report_number());
  withdraw.mutable_withdraw()->set_reason("court-order");
  const auto unsupported = core::name(core::ErrorCode::kUnsupported);
  EXPECT_EQ(ask(withdraw).refusal().code(), unsupported);
  EXPECT_EQ(remove("s-1").refusal().code(), unsupported);
  EXPECT_EQ(begin(later).refusal().code(), unsupported);
  EXPECT_EQ(begin(issued.begin).refusal().code(), unsupported);
  EXPECT_EQ(sign(later, report).refusal().code(), unsupported);
  EXPECT_EQ(log_size(), size);
  EXPECT_FALSE(standing(report_of(issued.begun)).withdrawn());
  take_in("s-2");  // what is filed there is
  EXPECT_EQ(log_size(), size + 1);
  litigants_ = false;
  start();
  EXPECT_FALSE(ask(withdraw).has_refusal());
  EXPECT_FALSE(sign(later, report).envelope().empty());
  EXPECT_TRUE(remove("s-1").has_deleted());
}

TEST_F(DeletionTest, LeavesReportsStanding) {
  const std::uint64_t intake = take_in("s-1").intake_index();
  const Issued issued = issue("s-1", 1, intake);
  const v1::Report report = report_of(issued.begun);
  EXPECT_FALSE(standing(report).record_deleted());
  remove("s-1");
  EXPECT_EQ(standing(report).report_number(), issued.begun.report_number());
  EXPECT_TRUE(standing(report).record_deleted());
  EXPECT_FALSE(standing(report).withdrawn());
  // Asked for again, it is the same report.
  EXPECT_EQ(begin(issued.begin).envelope(), issued.answer.envelope());
}

// The public log's audit goes on naming it; here nobody can do anything about it any more.
TEST_F(DeletionTest, AnIntakeWithoutAReportIsNotWaitedForAfterIt) {
  take_in("s-1");
  take_in("s-2");
  pass(std::chrono::hours(25));
  EXPECT_EQ(backlog().overdue(), 2u);
  remove("s-1");
  EXPECT_EQ(backlog().overdue(), 1u);
  EXPECT_EQ(backlog().waiting(), 1u);
  start();
  EXPECT_EQ(backlog().overdue(), 1u);
}

TEST_F(DeletionTest, EndsAllJudging) {
  const std::uint64_t intake = take_in("s-1").intake_index();
  const Issued issued = issue("s-1", 1, intake);
  const v1::SignerBegin next = begin_of("s-1", 2, intake, issued.begun.report_number());
  const v1::SignerBegun begun = begin(next);
  ASSERT_FALSE(begun.has_refusal());
  remove("s-1");
  const std::uint64_t size = log_size();
  EXPECT_TRUE(sign(next, report_of(begun)).has_refusal()) << "one that was begun before";
  EXPECT_TRUE(begin(begin_of("s-1", 3, intake, issued.begun.report_number())).has_refusal());
  EXPECT_EQ(log_size(), size);
  // Another's is as it was.
  EXPECT_FALSE(issue("s-2", 1, take_in("s-2").intake_index()).answer.has_refusal());
}

// Security decision 16: the new log refers to the old one, and a deletion in the old one counts.
TEST_F(DeletionTest, IsRememberedAfterALogThatCannotBeContinued) {
  const std::uint64_t intake = take_in("s-1").intake_index();
  take_in("s-2");
  remove("s-1");
  leave_log();
  EXPECT_TRUE(begin(begin_of("s-1", 1, intake)).has_refusal());
  EXPECT_EQ(published().size(), 1u);
  remove("s-2");
  EXPECT_EQ(last(published()).intake, (report::LogPlace{intake + 1, "heyan.test/log"}));
}

// A place in the old log would be taken for one in the new.
TEST_F(DeletionTest, AskedForAgainInANewLogIsLoggedThere) {
  const std::uint64_t intake = take_in("s-1").intake_index();
  const std::uint64_t index = remove("s-1").deleted().deletion_index();
  leave_log();
  const v1::FrontGets again = remove("s-1");
  ASSERT_TRUE(again.has_deleted()) << again.refusal().code();
  EXPECT_NE(again.deleted().deletion_index(), index);
  EXPECT_EQ(again.deleted().deletion_index(), published().size() - 1);
  EXPECT_EQ(last(published()).submission, crypto::sha256(core::as_bytes("s-1")));
  EXPECT_EQ(last(published()).intake, (report::LogPlace{intake, "heyan.test/log"}));
  EXPECT_EQ(remove("s-1").deleted().deletion_index(), again.deleted().deletion_index());
  EXPECT_EQ(published().size(), 2u) << "once";
  EXPECT_TRUE(begin(begin_of("s-1", 1, intake)).has_refusal());
}

}  // namespace
}  // namespace heyan::signer
