// A submission, two persons of its court, and what they do to have it deleted.
#pragma once

#include "tests/unit/store/store_fixture.h"

namespace heyan::store {

inline const Scope kCourt = Scope::of_court("0491");

class DeletionsTest : public StoreTest {
 protected:
  static DeletionStep by(std::string account, std::int64_t now_ms = 10'000,
                         std::string court = "0491") {
    return {.submission = "s1",
            .court = std::move(court),
            .account = std::move(account),
            .now_ms = now_ms};
  }
  void report(const std::string& id, const std::string& number, std::uint8_t record = 9) {
    accept(submission(id));
    FinishedJob job = finished(claim(), number);
    job.record_sha256 = digest_of(record);
    ASSERT_TRUE(store_->finish_job(job).value());
  }
  Obstacle ask(const std::string& account = "clerk", const std::string& id = "q1") {
    return store_->ask_deletion(by(account), id, "court-order").value();
  }
  Obstacle confirm(const std::string& account = "judge", const std::string& id = "q1") {
    return store_->confirm_deletion(by(account), id, 20'000).value();
  }
  Obstacle hold(const std::string& account, const std::string& id,
                const std::string& reason = "appeal", std::int64_t now_ms = 10'000) {
    return store_->hold(by(account, now_ms), id, reason).value();
  }
  Obstacle release(const std::string& id, std::int64_t due_at_ms = 0) {
    return store_->release(by("judge-2"), id, due_at_ms).value();
  }
  std::vector<std::string> holds() {
    std::vector<std::string> told;
    const DeletionOf of = found();
    for (const Hold& one : of.holds) {
      told.push_back(one.id + " " + one.account + " " + one.reason + " " +
                     std::to_string(one.placed_at_ms));
    }
    return told;
  }
  DeletionOf found(const Scope& scope = kCourt) {
    return store_->find_deletion("s1", scope).value();
  }
  std::vector<std::string> due(std::int64_t now_ms) {
    std::vector<std::string> ids;
    const auto due = store_->due_deletions(now_ms, 10).value();
    for (const Deletion& one : due) {
      ids.push_back(one.submission);
    }
    return ids;
  }
  void finish() {
    Deletion deletion = *found().deletion;
    deletion.deleted_at_ms = 21'000;
    deletion.deletion_index = 4;
    const auto done = store_->finish_deletion(deletion, core::to_bytes("left"));
    ASSERT_TRUE(done.has_value()) << done.error().text;
  }
  void carry_out() {
    EXPECT_EQ(ask(), Obstacle::kNone);
    EXPECT_EQ(confirm(), Obstacle::kNone);
    EXPECT_TRUE(store_->begin_deletion("s1", 20'000).value());
    finish();
  }
};

}  // namespace heyan::store
