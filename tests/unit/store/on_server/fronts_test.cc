// Several fronts over one database, and a server that goes away.
#include <signal.h>

#include <atomic>
#include <set>
#include <thread>

#include "gateway/postgres/database.h"
#include "gateway/sql/statement_cache.h"
#include "gateway/sql/transaction.h"
#include "gateway/store/schema.h"
#include "gateway/store/writing.h"
#include "tests/unit/store/on_server/place.h"
#include "tests/unit/store/store_fixture.h"
#include "verifier/core/time.h"

namespace heyan::store {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;

class FrontsTest : public testing::Test {
 protected:
  postgres::TestDatabase database_{prepared_database()};

  std::unique_ptr<Store> open() const {
    auto store = Store::open(shared_by(database_));
    EXPECT_TRUE(store.has_value()) << (store ? "" : store.error().text);
    return store ? *std::move(store) : nullptr;
  }
  static void accept(Store& store, const std::string& id, const std::string& account = "u-1") {
    const auto accepted = store.accept(submission(id, "0491", account), nullptr);
    ASSERT_TRUE(accepted.has_value()) << accepted.error().text;
  }
  std::int64_t owner() const {
    const auto shell =
        postgres::Connection::open(database_.as("heyan_owner"), postgres::accept_any).value();
    return std::stoll(shell->ask_text("SELECT max(owner) FROM jobs").value());
  }
  static std::string claim(Store& store) {
    const auto job = store.claim_job(5000);
    EXPECT_TRUE(job.has_value());
    return job && *job ? (*job)->submission : "";
  }
};

TEST_F(FrontsTest, NeverClaimTheSame) {
  constexpr int kJobs = 60;
  const std::array stores = {open(), open()};
  for (int i = 0; i < kJobs; ++i)
    accept(*stores[static_cast<std::size_t>(i % 2)], "s" + std::to_string(i));
  std::mutex mutex;
  std::multiset<std::string> claimed;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, &store = *stores[static_cast<std::size_t>(i % 2)]] {
      while (const auto job = store.claim_job(5000).value()) {
        EXPECT_TRUE(store.finish_job(finished(*job, "HY-" + job->submission)).value());
        const std::lock_guard lock(mutex);
        claimed.insert(job->submission);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(claimed.size(), kJobs);
  EXPECT_EQ(std::set(claimed.begin(), claimed.end()).size(), kJobs);
  EXPECT_EQ(stores[0]->backlog(0).value().queued, 0);
}

// Who may read what is known to all of them, and a glass is broken once.
TEST_F(FrontsTest, KnowWhatIsOpenToWhom) {
  const auto first = open();
  const auto second = open();
  accept(*first, "s1");
  const Scope judge = Scope::of_judge("0491", "j-1", 10);
  const auto is_open = [&](Store& store) {
    return store.find_submission("s1", judge).value().has_value();
  };
  EXPECT_FALSE(is_open(*second));
  ASSERT_TRUE(first->assign({.submission = "s1", .judge = "j-1", .by = "c-1", .at_ms = 1}).value());
  EXPECT_TRUE(is_open(*second));
  ASSERT_TRUE(second->unassign("s1", "j-1").value());
  EXPECT_FALSE(is_open(*first));
  Access access{.id = "a-1",
                .submission = "s1",
                .court = "0491",
                .judge = "j-1",
                .reason = "reason",
                .since_ms = 10,
                .until_ms = 20};
  ASSERT_TRUE(first->give_access(access).has_value());
  EXPECT_TRUE(is_open(*second));
  access.id = "a-2";
  const auto again = second->give_access(access);
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().code, core::ErrorCode::kDuplicate);
}

// Security decision 24, whichever front somebody files at.
TEST_F(FrontsTest, AccountsTakeTurnsAcrossFronts) {
  const auto first = open();
  const auto second = open();
  for (int i = 0; i < 20; ++i) accept(*first, "a" + std::to_string(i), "u-a");
  for (int i = 0; i < 10; ++i) EXPECT_EQ(claim(*first), "a" + std::to_string(i));
  // The second has served nobody; it must not think that the queue is at its start.
  for (int i = 0; i < 3; ++i) accept(*second, "b" + std::to_string(i), "u-b");
  std::vector<std::string> order;
  for (int i = 0; i < 5; ++i) order.push_back(claim(*second));
  EXPECT_THAT(order, ElementsAre("b0", "a10", "b1", "a11", "b2"));
}

TEST_F(FrontsTest, WhatSomebodyHoldsIsPassedBy) {
  const auto store = open();
  accept(*store, "s1");
  accept(*store, "s2");
  const auto shell =
      postgres::Connection::open(database_.as("heyan_owner"), postgres::accept_any).value();
  ASSERT_TRUE(
      shell->ask("BEGIN; SELECT 1 FROM jobs WHERE submission = 's1' FOR UPDATE").has_value());
  EXPECT_EQ(claim(*store), "s2");
  EXPECT_EQ(claim(*store), "");
  ASSERT_TRUE(shell->ask("ROLLBACK").has_value());
  EXPECT_EQ(claim(*store), "s1");
}

TEST_F(FrontsTest, ALivingFrontKeepsItsJobs) {
  auto first = open();
  accept(*first, "s1");
  EXPECT_EQ(claim(*first), "s1");
  const auto second = open();
  EXPECT_EQ(claim(*second), "");
  Job job;
  job.submission = "s1";
  job.attempts = 1;
  EXPECT_EQ(second->put_back_job(job, 5000, seconds(0)).error().code, core::ErrorCode::kNotFound);
  EXPECT_EQ(second->retry_job(job, 5000, seconds(0)).error().code, core::ErrorCode::kNotFound);
  EXPECT_EQ(second->reject_job(job, "no").error().code, core::ErrorCode::kNotFound);
  first.reset();
  std::string taken;
  while (taken.empty()) taken = claim(*second);  // it looks now and then
  EXPECT_EQ(taken, "s1");
  EXPECT_TRUE(
      second->retry_job(job, 5000, seconds(0)).has_value());  // the first attempt did not count
}

// What one puts back waits at the other, too, whatever their clocks say: one is right, the other is
// a day ahead or behind.
TEST_F(FrontsTest, JobsWaitByTheServersClock) {
  const auto first = open();
  const auto second = open();
  const auto nothing_at = [](Store& store, std::int64_t now_ms) {
    const auto job = store.claim_job(now_ms);
    return job.has_value() && !job->has_value();
  };
  const std::int64_t right_ms = core::to_unix_ms(
      std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
  constexpr std::int64_t kDayMs = 86'400'000;
  accept(*first, "s1");
  for (const std::int64_t wrong_ms : {right_ms - kDayMs, right_ms + kDayMs}) {
    Job job = first->claim_job(right_ms).value().value();
    ASSERT_TRUE(first->put_back_job(job, right_ms, seconds(50)).has_value());
    EXPECT_TRUE(nothing_at(*second, wrong_ms));
    EXPECT_TRUE(nothing_at(*first, right_ms));
    ASSERT_TRUE(database_.execute("UPDATE jobs SET not_before_ms = not_before_ms - 50000"));
    job = second->claim_job(wrong_ms).value().value();
    ASSERT_TRUE(second->retry_job(job, wrong_ms, seconds(50)).has_value());
    EXPECT_TRUE(nothing_at(*first, right_ms));
    EXPECT_TRUE(nothing_at(*second, wrong_ms));
    ASSERT_TRUE(database_.execute("UPDATE jobs SET not_before_ms = not_before_ms - 50000"));
  }
}

TEST_F(FrontsTest, OneThatWasAwayShortlyKeepsItsJobs) {
  {
    const auto gone = open();
    accept(*gone, "s1");
    EXPECT_EQ(claim(*gone), "s1");
  }
  postgres::Database database =
      postgres::Database::open(database_.as("gateway"), shared_layout()).value();
  Writing writing(database,
                  {.number = std::int64_t{1} << 40, .shared = true, .patience = seconds(30)});
  const auto queued_after = [&](std::chrono::steady_clock::duration time) {
    {
      auto transaction = sql::Transaction::begin(database).value();
      const std::chrono::steady_clock::time_point start{};
      EXPECT_TRUE(writing.take_up_again(start + time).has_value());
      EXPECT_TRUE(transaction.commit().has_value());
    }
    sql::StatementCache statements(database);
    auto transaction = sql::Transaction::begin(database).value();
    return std::get<0>(
        **statements.one<std::uint64_t>("SELECT count(*) FROM jobs WHERE state = 'QUEUED'"));
  };
  while (database.is_there(owner()).value()) {  // the server notices a moment later
  }
  EXPECT_EQ(queued_after(seconds(5)), 0);
  EXPECT_EQ(queued_after(seconds(34)), 0);
  EXPECT_EQ(queued_after(seconds(35)), 1);
}

DutyHeld deliveries_of(Store& store) { return store.duties().front(); }

// What is seen outside is done by one of them, and by another when that is gone.
TEST_F(FrontsTest, ADutyIsOneFrontsUntilItsConnectionEnds) {
  auto first = open();
  const auto second = open();
  EXPECT_TRUE(first->has_duty(Duty::kDeliveries).value());
  EXPECT_FALSE(second->has_duty(Duty::kDeliveries).value());
  EXPECT_TRUE(second->has_duty(Duty::kStamps).value());  // each by itself
  EXPECT_FALSE(first->has_duty(Duty::kStamps).value());
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(first->has_duty(Duty::kDeliveries).value());
  EXPECT_TRUE(deliveries_of(*first).held);
  EXPECT_EQ(deliveries_of(*first).taken, 1u) << "once, however often it was asked";
  EXPECT_FALSE(deliveries_of(*second).held);
  EXPECT_EQ(deliveries_of(*second).taken, 0u);
  EXPECT_EQ(second->duties().size(), 2u) << "of those that were asked for";
  EXPECT_FALSE(second->has_duty(Duty::kDeliveries).value());
  first.reset();
  while (!second->has_duty(Duty::kDeliveries).value()) {  // the server notices a moment later
  }
  EXPECT_TRUE(second->has_duty(Duty::kDeliveries).value());
  EXPECT_TRUE(deliveries_of(*second).held);
  EXPECT_EQ(deliveries_of(*second).taken, 1u);
}

TEST_F(FrontsTest, AServerThatWasAwayGivesTheDutiesToOneAgain) {
  const std::array stores = {open(), open()};
  EXPECT_TRUE(stores[0]->has_duty(Duty::kScans).value());
  postgres::TestServer::the().stop(SIGQUIT);
  EXPECT_FALSE(stores[0]->has_duty(Duty::kScans).value_or(false));
  EXPECT_FALSE(stores[0]->duties().front().held) << "nobody knows whose it is";
  postgres::TestServer::the().start();
  const auto has = [](Store& store) {
    auto mine = store.has_duty(Duty::kScans);
    while (!mine) mine = store.has_duty(Duty::kScans);
    return *mine;
  };
  EXPECT_TRUE(has(*stores[1]));
  EXPECT_FALSE(has(*stores[0]));
}

// Each was about to go on with what one received.
TEST_F(FrontsTest, WhatTwoGoOnWithIsAcceptedOnce) {
  const std::array stores = {open(), open()};
  const IdempotencyKey key{"key", core::to_bytes(std::string_view("fingerprint"))};
  const auto first = stores[0]->accept(submission("s1"), &key);
  const auto second = stores[1]->accept(submission("s1"), &key);
  ASSERT_TRUE(first.has_value() && second.has_value());
  EXPECT_EQ(first->outcome, Acceptance::Outcome::kAccepted);
  EXPECT_EQ(second->outcome, Acceptance::Outcome::kReplayed);
  EXPECT_EQ(second->submission, "s1");
  EXPECT_EQ(stores[0]->backlog(0).value().queued, 1);
}

// PostgreSQL dies and comes back while two fronts work: nothing that was acknowledged is lost,
// nothing is there twice, and nobody needs to help.
TEST_F(FrontsTest, AServerThatDiesLosesAndDoublesNothing) {
  const std::array stores = {open(), open()};
  std::atomic<bool> stop = false;
  std::mutex mutex;
  std::multiset<std::string> accepted;
  std::multiset<std::string> done;
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < 4; ++i) {
    threads.emplace_back([&, i, &store = *stores[i % 2]] {
      for (int n = 0; !stop; ++n) {
        const std::string id = std::to_string(i) + "-" + std::to_string(n);
        // As a client does: the same again, until it is said to be there.
        const IdempotencyKey key{"key of " + id, core::to_bytes(id)};
        auto outcome = store.accept(submission(id), &key);
        while (!outcome && !stop) outcome = store.accept(submission(id), &key);
        const std::lock_guard lock(mutex);
        if (outcome) accepted.insert(id);
      }
    });
    threads.emplace_back([&, &store = *stores[i % 2]] {
      while (!stop) {
        const auto job = store.claim_job(5000);
        if (!job || !*job) continue;
        const FinishedJob report = finished(**job, "HY-" + (*job)->submission);
        auto outcome = store.finish_job(report);
        while (!outcome && outcome.error().code == core::ErrorCode::kIo) {
          outcome = store.finish_job(report);
        }
        EXPECT_TRUE(outcome.has_value()) << outcome.error().text;
        const std::lock_guard lock(mutex);
        if (outcome) done.insert((*job)->submission);
      }
    });
  }
  for (const int signal : {SIGQUIT, SIGINT, SIGQUIT}) {
    ::usleep(300'000);
    postgres::TestServer::the().stop(signal);
    postgres::TestServer::the().start();
  }
  ::usleep(300'000);
  stop = true;
  for (auto& thread : threads) thread.join();
  EXPECT_GT(done.size(), 10);
  EXPECT_EQ(std::set(accepted.begin(), accepted.end()).size(), accepted.size());
  const Scope court = Scope::of_court("0491");
  for (const std::string& id : accepted) {
    EXPECT_TRUE(stores[0]->find_submission(id, court).value().has_value()) << id;
  }
  for (const std::string& id : done) {
    EXPECT_EQ(stores[1]->find_submission(id, court).value()->state, State::kDone) << id;
  }
  // What is left goes on.
  while (const auto job = stores[0]->claim_job(5000).value()) {
    EXPECT_TRUE(stores[0]->finish_job(finished(*job, "HY-" + job->submission)).has_value());
  }
  RecordProperty("accepted", static_cast<int>(accepted.size()));
  RecordProperty("finished", static_cast<int>(done.size()));
}

}  // namespace
}  // namespace heyan::store
