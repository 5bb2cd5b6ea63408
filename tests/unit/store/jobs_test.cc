#include <mutex>
#include <set>
#include <thread>

#include "tests/unit/store/store_fixture.h"

namespace heyan::store {
namespace {

using namespace std::chrono_literals;

using core::ErrorCode;
using testing::ElementsAre;

class JobsTest : public StoreTest {
 protected:
  ErrorCode refusal(const FinishedJob& job) {
    const auto stored = store_->finish_job(job);
    EXPECT_FALSE(stored.has_value());
    return stored ? ErrorCode::kIo : stored.error().code;
  }
};

TEST_F(JobsTest, AClaimHoldsAllThatAJudgeNeeds) {
  const NewSubmission wanted = submission("s1");
  accept(wanted);
  const Job job = claim();
  EXPECT_EQ(job.submission, "s1");
  EXPECT_EQ(job.version, 1);
  EXPECT_EQ(job.attempts, 1);
  EXPECT_EQ(job.court, "0491");
  EXPECT_EQ(job.account, "u-1");
  EXPECT_EQ(job.intake_index, 7);
  EXPECT_EQ(job.supersedes, "");
  EXPECT_EQ(job.session, wanted.session);
  EXPECT_EQ(job.files, wanted.files);
  EXPECT_EQ(find("s1").state, State::kVerifying);
  EXPECT_TRUE(nothing_to_claim());
  EXPECT_THAT(told_, ElementsAre("s1", "s1"));
}

TEST_F(JobsTest, FinishesOnce) {
  accept(submission("s1"));
  const Job job = claim();
  const FinishedJob done = finished(job, "HY-1");
  EXPECT_TRUE(store_->finish_job(done).value());
  EXPECT_FALSE(store_->finish_job(done).value());  // told twice, stored once
  FinishedJob other = done;
  other.envelope = core::to_bytes("another envelope");
  EXPECT_EQ(refusal(other), ErrorCode::kDuplicate);
  EXPECT_EQ(refusal(finished(job, "HY-2")), ErrorCode::kDuplicate);
  reopen();
  EXPECT_FALSE(store_->finish_job(done).value());
  EXPECT_TRUE(nothing_to_claim());
  const Submission found = find("s1");
  EXPECT_EQ(found.state, State::kDone);
  EXPECT_EQ(found.report, "HY-1");
  const Report stored = report("HY-1");
  EXPECT_EQ(stored.submission, "s1");
  EXPECT_EQ(stored.version, 1);
  EXPECT_EQ(stored.court, "0491");
  EXPECT_EQ(stored.envelope, done.envelope);
  EXPECT_EQ(stored.record_sha256, done.record_sha256);
  EXPECT_EQ(stored.verdict, "ALL_CONSISTENT");
  EXPECT_EQ(stored.supersedes, std::nullopt);
  EXPECT_EQ(stored.withdrawn_at_ms, std::nullopt);
}

TEST_F(JobsTest, RefusesReportsOfNoJob) {
  accept(submission("s1"));
  const Job job = claim();
  FinishedJob wrong = finished(job, "HY-1");
  wrong.submission = "s2";
  EXPECT_EQ(refusal(wrong), ErrorCode::kNotFound);
  wrong = finished(job, "HY-1");
  wrong.version = 2;
  EXPECT_EQ(refusal(wrong), ErrorCode::kNotFound);
  wrong = finished(job, "");
  EXPECT_EQ(refusal(wrong), ErrorCode::kMalformed);
  wrong = finished(job, "HY-1");
  wrong.envelope.clear();
  EXPECT_EQ(refusal(wrong), ErrorCode::kMalformed);
  wrong = finished(job, "HY-1");
  wrong.record_sha256.pop_back();
  EXPECT_EQ(refusal(wrong), ErrorCode::kMalformed);
  EXPECT_EQ(find("s1").state, State::kVerifying);
}

TEST_F(JobsTest, ANumberIsOfOneReport) {
  accept(submission("s1"));
  accept(submission("s2"));
  ASSERT_TRUE(store_->finish_job(finished(claim(), "HY-1")).value());
  EXPECT_EQ(refusal(finished(claim(), "HY-1")), ErrorCode::kDuplicate);
  EXPECT_EQ(report("HY-1").submission, "s1");
  EXPECT_EQ(find("s2").state, State::kVerifying);
}

TEST_F(JobsTest, RetriesNotBeforeItsTime) {
  accept(submission("s1"));
  const Job first = claim();
  ASSERT_TRUE(store_->retry_job(first, 5000, 50s).has_value());
  EXPECT_EQ(find("s1").state, State::kQueued);
  EXPECT_TRUE(nothing_to_claim());
  let_pass(40s);
  EXPECT_TRUE(nothing_to_claim());
  let_pass(10s);
  const Job second = claim();
  EXPECT_EQ(second.attempts, 2);
  // The first attempt has nothing to say any more.
  EXPECT_EQ(store_->retry_job(first, 5000, 0s).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(store_->reject_job(first, "late").error().code, ErrorCode::kNotFound);
  ASSERT_TRUE(store_->reject_job(second, "no-policy").has_value());
  EXPECT_EQ(store_->reject_job(second, "again").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(find("s1").state, State::kRejected);
  EXPECT_EQ(find("s1").refusal, "no-policy");
  EXPECT_TRUE(nothing_to_claim());
}

// Security decision 24: nobody waits for more than one job of each other account.
TEST_F(JobsTest, AccountsTakeTurns) {
  for (int i = 0; i < 20; ++i) accept(submission("a" + std::to_string(i), "0491", "u-a"));
  accept(submission("b0", "0491", "u-b"));
  accept(submission("b1", "0491", "u-b"));
  accept(submission("c0", "0192", "u-a"));  // of another court, so somebody else
  std::vector<std::string> order;
  for (int i = 0; i < 6; ++i) order.push_back(claim().submission);
  EXPECT_THAT(order, testing::ElementsAre("a0", "b0", "c0", "a1", "b1", "a2"));
  // Whoever comes later neither waits for all of that nor goes before what stands first.
  accept(submission("d0", "0491", "u-d"));
  accept(submission("d1", "0491", "u-d"));
  order.clear();
  for (int i = 0; i < 4; ++i) order.push_back(claim().submission);
  EXPECT_THAT(order, testing::ElementsAre("d0", "a3", "d1", "a4"));
}

// Security decision 23: crashes count against the account.
TEST_F(JobsTest, ARetriedJobStandsBehindItsAccountsOthers) {
  for (const char* id : {"s1", "s2", "s3"}) accept(submission(id));
  const Job crashed = claim();
  ASSERT_EQ(crashed.submission, "s1");
  ASSERT_TRUE(store_->retry_job(crashed, 5000, 0s).has_value());
  EXPECT_EQ(claim().submission, "s2");
  EXPECT_EQ(claim().submission, "s3");
  EXPECT_EQ(claim().submission, "s1");
}

// What failed around a case is not counted against it.
TEST_F(JobsTest, PutsBackWhatWasNotTried) {
  accept(submission("s1"));
  const Job first = claim();
  ASSERT_TRUE(store_->put_back_job(first, 5000, 50s).has_value());
  EXPECT_EQ(find("s1").state, State::kQueued);
  EXPECT_TRUE(nothing_to_claim());
  EXPECT_EQ(store_->put_back_job(first, 5000, 0s).error().code, ErrorCode::kNotFound);
  let_pass(50s);
  const Job second = claim();
  EXPECT_EQ(second.attempts, 1);
  ASSERT_TRUE(store_->finish_job(finished(second, "HY-1")).value());
  EXPECT_EQ(store_->put_back_job(second, 5000, 0s).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(find("s1").state, State::kDone);
}

TEST_F(JobsTest, AJobNotClaimedCannotFail) {
  accept(submission("s1"));
  Job invented;
  invented.submission = "s1";
  EXPECT_FALSE(store_->retry_job(invented, 5000, 0s).has_value());
  EXPECT_FALSE(store_->reject_job(invented, "x").has_value());
  ASSERT_TRUE(store_->finish_job(finished(claim(), "HY-1")).value());
  invented.attempts = 1;
  EXPECT_FALSE(store_->retry_job(invented, 5000, 0s).has_value());
  EXPECT_EQ(find("s1").state, State::kDone);
}

TEST_F(JobsTest, AStartQueuesAgainWhatWasBeingVerified) {
  accept(submission("s1"));
  accept(submission("s2"));
  const Job first = claim();
  ASSERT_TRUE(store_->finish_job(finished(first, "HY-1")).value());
  const Job second = claim();
  reopen();
  EXPECT_EQ(find(first.submission).state, State::kDone);
  EXPECT_EQ(find(second.submission).state, State::kQueued);
  const Job again = claim();
  EXPECT_EQ(again.submission, second.submission);
  EXPECT_EQ(again.attempts, 1);  // it was not the judge's failure
  EXPECT_TRUE(nothing_to_claim());
}

TEST_F(JobsTest, AJobThatIsPutBackHasMadeNoAttempt) {
  accept(submission("s1"));
  for (int i = 0; i < 4; ++i) {
    const Job job = claim();
    EXPECT_EQ(job.attempts, 1);
    ASSERT_TRUE(store_->put_back_job(job, 5000, 0s).has_value());
    EXPECT_EQ(store_->put_back_job(job, 5000, 0s).error().code, ErrorCode::kNotFound);
    EXPECT_EQ(find("s1").state, State::kQueued);
  }
  ASSERT_TRUE(store_->put_back_job(claim(), 5000, 50s).has_value());
  EXPECT_TRUE(nothing_to_claim());
  let_pass(50s);
  const Job last = claim();
  ASSERT_TRUE(store_->finish_job(finished(last, "HY-1")).value());
  EXPECT_FALSE(store_->put_back_job(last, 5000, 0s).has_value());
  EXPECT_EQ(find("s1").state, State::kDone);
}

TEST_F(JobsTest, VerifiesAnewAndSupersedes) {
  accept(submission("s1"));
  ASSERT_TRUE(store_->finish_job(finished(claim(), "HY-1")).value());
  EXPECT_EQ(store_->reverify("s1", 3000).value(), 2);
  EXPECT_EQ(store_->reverify("s1", 3000).value(), 2);  // under way
  EXPECT_EQ(find("s1").state, State::kQueued);
  EXPECT_EQ(find("s1").report, "HY-1");
  const Job again = claim();
  EXPECT_EQ(again.version, 2);
  EXPECT_EQ(again.attempts, 1);
  EXPECT_EQ(again.supersedes, "HY-1");
  EXPECT_EQ(report("HY-1").superseded_by, std::nullopt);
  ASSERT_TRUE(store_->finish_job(finished(again, "HY-2")).value());
  EXPECT_EQ(report("HY-1").superseded_by, "HY-2");
  EXPECT_EQ(report("HY-2").supersedes, "HY-1");
  EXPECT_EQ(find("s1").report, "HY-2");
  EXPECT_THAT(store_->reports_of("s1", Scope::whole_installation()).value(),
              ElementsAre("HY-1", "HY-2"));
  const auto lines = store_->list(Scope::of_court("0491"), {}, std::nullopt, 9).value();
  ASSERT_EQ(lines.size(), 1);
  EXPECT_EQ(lines[0].report, "HY-2");
  EXPECT_EQ(store_->reverify("s2", 3000).error().code, ErrorCode::kNotFound);
}

// Under its own version: the signer may have logged a report for it, and takes none beside that.
TEST_F(JobsTest, ARejectedVersionIsVerifiedOnceMore) {
  accept(submission("s1"));
  ASSERT_TRUE(store_->retry_job(claim(), 5000, 0s).has_value());
  ASSERT_TRUE(store_->reject_job(claim(), "trust-list-expired").has_value());
  EXPECT_EQ(store_->reverify("s1", 9000).value(), 1);
  EXPECT_EQ(store_->reverify("s1", 9000).value(), 1);  // under way
  EXPECT_EQ(find("s1").state, State::kQueued);
  EXPECT_EQ(find("s1").refusal, std::nullopt);
  EXPECT_EQ(store_->backlog(9000).value().overdue, 0) << "it waits since now";
  ListFilter open;
  open.state = State::kQueued;
  EXPECT_EQ(store_->list(Scope::of_court("0491"), open, std::nullopt, 9).value().size(), 1);
  const Job again = claim(9000);
  EXPECT_EQ(again.version, 1);
  EXPECT_EQ(again.attempts, 1);
  EXPECT_EQ(again.supersedes, "");
  EXPECT_TRUE(store_->finish_job(finished(again, "HY-1")).value());
  EXPECT_EQ(find("s1").version, 1);
  EXPECT_EQ(store_->reverify("s1", 9000).value(), 2);
  ASSERT_TRUE(store_->reject_job(claim(9000), "trust-list-expired").has_value());
  EXPECT_EQ(store_->reverify("s1", 9000).value(), 2);
  EXPECT_EQ(claim(9000).supersedes, "HY-1");
}

TEST_F(JobsTest, ARejectedVersionThatWouldSupersedeAnotherReportIsFollowedByANewOne) {
  accept(submission("s1"));
  ASSERT_TRUE(store_->finish_job(finished(claim(), "HY-1")).value());
  EXPECT_EQ(store_->reverify("s1", 3000).value(), 2);
  ASSERT_TRUE(store_->reject_job(claim(), "duplicate").has_value());
  ASSERT_TRUE(place_->execute("UPDATE jobs SET supersedes = NULL").has_value());
  EXPECT_EQ(store_->reverify("s1", 3000).value(), 3);
  EXPECT_EQ(claim().supersedes, "HY-1");
}

// Who could write the tables must not stop the queue with a row of numbers that nobody writes.
TEST_F(JobsTest, ARowThatCannotBeReadStopsNobodyElse) {
  for (const std::string damage :
       {"UPDATE jobs SET turn = -1", "UPDATE jobs SET version = -1",
        "UPDATE jobs SET version = 4294967296", "UPDATE jobs SET attempts = -1",
        "UPDATE submissions SET intake_index = -1", "UPDATE files SET size = -1"}) {
    store_.reset();
    place_ = new_place();
    store_ = open();
    accept(submission("bad", "0491", "u-1"));
    const auto done = place_->execute(damage);
    ASSERT_TRUE(done.has_value()) << done.error().text;
    accept(submission("good", "0491", "u-2"));
    const Job good = claim();
    EXPECT_EQ(good.submission, "good") << damage;
    EXPECT_TRUE(nothing_to_claim()) << damage;
    ASSERT_TRUE(store_->finish_job(finished(good, "HY-1")).value());
    reopen();
    ASSERT_NE(store_, nullptr) << damage;
    accept(submission("later", "0491", "u-2"));
    EXPECT_EQ(claim().submission, "later") << damage;
    EXPECT_TRUE(nothing_to_claim()) << damage;
    EXPECT_EQ(store_->backlog(5000).value().queued, 1) << damage;
  }
}

TEST_F(JobsTest, WhatWasPutAsideIsTakenUpOnceItsRowsAreMended) {
  accept(submission("s1"));
  ASSERT_TRUE(place_->execute("UPDATE submissions SET intake_index = -1").has_value());
  EXPECT_TRUE(nothing_to_claim());
  ASSERT_TRUE(place_->execute("UPDATE submissions SET intake_index = 7").has_value());
  EXPECT_TRUE(nothing_to_claim());
  let_pass(kMostJobWait);
  const Job job = claim();
  EXPECT_EQ(job.submission, "s1");
  EXPECT_EQ(job.attempts, 1);
}

TEST_F(JobsTest, AfterTheLastTurnWhoCameFirstStandsFirst) {
  accept(submission("s1"));
  ASSERT_TRUE(place_->execute("UPDATE jobs SET turn = 9223372036854775807").has_value());
  EXPECT_EQ(claim().submission, "s1");
  for (const char* id : {"s2", "s3", "s4"}) accept(submission(id));
  for (const char* id : {"s2", "s3", "s4"}) EXPECT_EQ(claim().submission, id);
}

TEST_F(JobsTest, WithdrawsOnce) {
  accept(submission("s1"));
  ASSERT_TRUE(store_->finish_job(finished(claim(), "HY-1")).value());
  EXPECT_EQ(store_->withdraw("HY-2", "error", 4000).error().code, ErrorCode::kNotFound);
  ASSERT_TRUE(store_->withdraw("HY-1", "court-order", 4000).has_value());
  EXPECT_EQ(store_->withdraw("HY-1", "error", 5000).error().code, ErrorCode::kDuplicate);
  EXPECT_EQ(report("HY-1").withdrawn_at_ms, 4000);
  EXPECT_EQ(report("HY-1").withdrawal_reason, "court-order");
}

TEST_F(JobsTest, AFloodOfOneAccountDoesNotHoldUpOthers) {
  for (int i = 0; i < 20; ++i) accept(submission("flood" + std::to_string(i), "0491", "u-1"));
  for (int i = 0; i < 3; ++i) claim();  // three of the flood are under way
  accept(submission("a1", "0491", "u-2"));
  accept(submission("a2", "0491", "u-2"));
  accept(submission("b1", "0192", "u-1"));
  std::vector<std::string> next;
  for (int i = 0; i < 6; ++i) next.push_back(claim().submission);
  EXPECT_THAT(next, ElementsAre("a1", "b1", "flood3", "a2", "flood4", "flood5"));
  reopen();  // and the queue keeps its order
  EXPECT_EQ(claim().submission, "flood0");
}

TEST_F(JobsTest, CountsWhatWaits) {
  NewSubmission late = submission("s2");
  late.received_at_ms = 9000;
  accept(submission("s1"));
  accept(late);
  claim();
  const Backlog backlog = store_->backlog(5000).value();
  EXPECT_EQ(backlog.queued, 1);
  EXPECT_EQ(backlog.verifying, 1);
  EXPECT_EQ(backlog.overdue, 1);
}

// The log has a report of that case, and so counts nothing.
TEST_F(JobsTest, AVerificationThatWasAskedForOnceMoreIsOverdueToo) {
  accept(submission("s1"));
  ASSERT_TRUE(store_->finish_job(finished(claim(), "HY-1")).value());
  EXPECT_EQ(store_->backlog(999'000).value().overdue, 0) << "it has its report";
  ASSERT_EQ(store_->reverify("s1", 6000).value(), 2);
  EXPECT_EQ(store_->backlog(6000).value().overdue, 0) << "it waits since then, not since the first";
  EXPECT_EQ(store_->backlog(6001).value().overdue, 1);
  ASSERT_TRUE(place_->execute("UPDATE jobs SET turn = -1").has_value());
  EXPECT_TRUE(nothing_to_claim());
  EXPECT_EQ(store_->backlog(6001).value().overdue, 1) << "though it is passed over";
}

TEST_F(JobsTest, ThreadsNeverClaimTheSame) {
  constexpr int kJobs = 60;
  const auto place = new_place();
  const auto quiet = place->open().value();
  for (int i = 0; i < kJobs; ++i) {
    ASSERT_TRUE(quiet->accept(submission("s" + std::to_string(i)), nullptr).has_value());
  }
  std::mutex mutex;
  std::multiset<std::string> claimed;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      while (const auto job = quiet->claim_job(5000).value()) {
        EXPECT_TRUE(quiet->finish_job(finished(*job, "HY-" + job->submission)).value());
        const std::lock_guard lock(mutex);
        claimed.insert(job->submission);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(claimed.size(), kJobs);
  EXPECT_EQ(std::set(claimed.begin(), claimed.end()).size(), kJobs);
  EXPECT_EQ(quiet->backlog(0).value().queued, 0);
}

}  // namespace
}  // namespace heyan::store
