// What a restored gateway does not go on with as the backup has it.
#include "gateway/backup/anew.h"

#include <gmock/gmock.h>

#include "gateway/accounts/people.h"
#include "gateway/store/store.h"
#include "tests/unit/os/temporary_folder.h"
#include "verifier/crypto/digest.h"

namespace heyan::backup {
namespace {

using store::DeletionState;
using testing::ElementsAre;
using testing::IsEmpty;

class AnewTest : public testing::Test {
 protected:
  AnewTest() {
    std::filesystem::create_directories(front_.parent_path());
    open();
  }
  void open() { store_ = store::Store::open(front_).value(); }
  void file(const std::string& id) {
    const std::vector<store::StoredFile> files = {
        {.path = "case.json", .size = 1, .sha256 = crypto::sha256(core::as_bytes(id))}};
    ASSERT_TRUE(store_->accept({.id = id,
                                .court = "0491",
                                .account = "a",
                                .received_at_ms = 1000,
                                .intake_index = static_cast<std::uint64_t>(id.back() - '0'),
                                .receipt = core::to_bytes("receipt"),
                                .session = core::to_bytes("session"),
                                .files = files},
                               nullptr));
    ASSERT_TRUE(store_->claim_job(1000).value().has_value());
    ASSERT_TRUE(store_->finish_job({.submission = id,
                                    .version = 1,
                                    .report_number = "HY-" + id,
                                    .issued_at_ms = 2000,
                                    .envelope = core::to_bytes("envelope"),
                                    .record_sha256 = crypto::sha256(core::as_bytes(id + "r")),
                                    .verdict = "ALL_CONSISTENT"}));
  }
  void ask(const std::string& id) {
    file(id);
    ASSERT_EQ(store_->ask_deletion(step(id, "clerk"), "q", "court-order").value(),
              store::Obstacle::kNone);
  }
  void confirm(const std::string& id, std::int64_t due_at_ms) {
    ask(id);
    ASSERT_EQ(store_->confirm_deletion(step(id, "judge"), "q", due_at_ms).value(),
              store::Obstacle::kNone);
  }
  static store::DeletionStep step(const std::string& id, const std::string& account) {
    return {.submission = id, .court = "0491", .account = account, .now_ms = 3000};
  }
  store::Deletion found(const std::string& id) {
    return *store_->find_deletion(id, store::Scope::whole_installation()).value().deletion;
  }
  // As of a state that nobody runs on.
  std::vector<std::string> anew(std::int64_t due_at_ms) {
    store_.reset();
    const auto waiting = wait_anew(front_, due_at_ms);
    EXPECT_TRUE(waiting.has_value());
    open();
    return waiting.value_or(std::vector<std::string>());
  }

  os::TemporaryFolder folder_;
  std::filesystem::path front_ = folder_ / "front/front.db";
  std::unique_ptr<store::Store> store_;
};

TEST_F(AnewTest, WhatWasConfirmedIsNotDueAtOnce) {
  confirm("s1", 5000);
  EXPECT_THAT(anew(90'000), ElementsAre("s1"));
  EXPECT_EQ(found("s1").state, DeletionState::kConfirmed);
  EXPECT_EQ(found("s1").due_at_ms, 90'000);
  EXPECT_FALSE(store_->begin_deletion("s1", 89'999).value());
  EXPECT_TRUE(store_->begin_deletion("s1", 90'000).value());
}

TEST_F(AnewTest, NothingIsDueEarlierThanItWas) {
  confirm("s1", 95'000);
  EXPECT_THAT(anew(90'000), ElementsAre("s1")) << "and whoever restores is told of it";
  EXPECT_EQ(found("s1").due_at_ms, 95'000);
}

TEST_F(AnewTest, WhatIsUnderWayGoesOnAndWhatWasOnlyAskedForIsLeft) {
  confirm("s1", 5000);
  ASSERT_TRUE(store_->begin_deletion("s1", 6000).value());
  ask("s2");
  file("s3");
  EXPECT_THAT(anew(90'000), IsEmpty());
  EXPECT_EQ(found("s1").state, DeletionState::kUnderWay);
  EXPECT_EQ(found("s1").due_at_ms, 5000);
  EXPECT_EQ(found("s2").state, DeletionState::kAsked);
  EXPECT_EQ(found("s2").due_at_ms, 0);
}

TEST_F(AnewTest, WhatIsHeldIsNamedToo) {
  confirm("s2", 5000);
  ASSERT_EQ(store_->hold(step("s2", "judge"), "h", "appeal").value(), store::Obstacle::kNone);
  confirm("s1", 5000);
  EXPECT_THAT(anew(90'000), ElementsAre("s1", "s2"));
}

// Of reports that were lost nobody claims that they were searched, nor of blocks that they were
// compared: the report names the day in which the claim begins (worker/memory.cc).
TEST_F(AnewTest, SearchesClaimNothingOfBefore) {
  constexpr std::int64_t kDayMs = 86'400'000;
  const core::Bytes key(32, 7);
  ASSERT_EQ(store_->keep_contents_under(key, 1000, true).value(), 1000);
  ASSERT_EQ(store_->watch_ledgers({"fabric"}, 1000).value(), std::vector<std::int64_t>{1000});
  ASSERT_TRUE(store_->watch_ledgers({"later"}, 5 * kDayMs + 1).has_value());
  store_.reset();
  ASSERT_TRUE(claim_anew(front_, kDayMs + 5).has_value());
  ASSERT_TRUE(claim_anew(front_, kDayMs - 1).has_value()) << "nor is anything claimed again";
  open();
  EXPECT_EQ(store_->keep_contents_under(key, 9000, true).value(), kDayMs + 5);
  EXPECT_THAT(store_->watch_ledgers({"fabric", "later"}, 9000).value(),
              ElementsAre(2 * kDayMs, 5 * kDayMs + 1));
}

TEST_F(AnewTest, NobodyIsSignedInAnyMore) {
  const std::filesystem::path file = folder_ / "accounts.db";
  EXPECT_TRUE(end_sessions(file).has_value()) << "a gateway without people";
  EXPECT_FALSE(std::filesystem::exists(file));
  const core::Bytes digest(32, 7);
  {
    const auto people = accounts::People::open(file).value();
    ASSERT_TRUE(people->add(
        {.account = "clerk", .name = "Clerk", .role = accounts::Role::kClerk, .court = "0491"},
        "hash", 1000));
    ASSERT_TRUE(people->begin_session(digest, "clerk", "hash", accounts::Strength::kPassword, 2000)
                    .value());
    ASSERT_TRUE(people->find_session(digest).value().has_value());
  }
  ASSERT_TRUE(end_sessions(file).has_value());
  const auto people = accounts::People::open(file).value();
  EXPECT_FALSE(people->find_session(digest).value().has_value());
  EXPECT_TRUE(people->find("clerk").value().has_value());
}

TEST_F(AnewTest, AStateFolderBeginsAnewInAllOfIt) {
  constexpr std::chrono::days kWait(30);
  const core::Bytes key(32, 7);
  confirm("s1", 5000);
  ASSERT_EQ(store_->keep_contents_under(key, 1000, true).value(), 1000);
  {
    const auto people = accounts::People::open(folder_ / accounts::kFile).value();
    ASSERT_TRUE(people->add(
        {.account = "clerk", .name = "Clerk", .role = accounts::Role::kClerk, .court = "0491"},
        "hash", 1000));
    ASSERT_TRUE(
        people->begin_session(key, "clerk", "hash", accounts::Strength::kPassword, 2000).value());
  }
  store_.reset();
  const auto anew = begin_anew(folder_.path(), core::from_unix_ms(10'000), kWait, "Go on.");
  ASSERT_TRUE(anew.has_value());
  EXPECT_THAT(anew->waiting, ElementsAre("s1"));
  EXPECT_EQ(core::to_unix_ms(anew->complete_from), 10'000);
  open();
  EXPECT_EQ(found("s1").due_at_ms, 10'000 + std::chrono::milliseconds(kWait).count());
  EXPECT_EQ(store_->keep_contents_under(key, 90'000, true).value(), 10'000);
  const auto people = accounts::People::open(folder_ / accounts::kFile).value();
  EXPECT_FALSE(people->find_session(key).value().has_value());
}

TEST_F(AnewTest, AGatewayThatNeverServedHasNothingToBeginAnew) {
  const os::TemporaryFolder empty;
  const auto anew =
      begin_anew(empty.path(), core::from_unix_ms(10'000), std::chrono::days(30), "Go on.");
  ASSERT_TRUE(anew.has_value());
  EXPECT_THAT(anew->waiting, IsEmpty());
  EXPECT_TRUE(std::filesystem::is_empty(empty.path())) << "and no tables are made";
}

// Nobody goes on with half of it.
TEST_F(AnewTest, TablesThatCannotBeReadAreSaid) {
  store_.reset();
  const os::TemporaryFolder other;
  other.write("front/front.db", "no tables at all, and long enough to be taken for some of them");
  const auto anew =
      begin_anew(other.path(), core::from_unix_ms(10'000), std::chrono::days(30), "Go on.");
  ASSERT_FALSE(anew.has_value());
  EXPECT_THAT(anew.error().what, testing::HasSubstr("front.db"));
  EXPECT_EQ(anew.error().remedy, "Go on.");
}

}  // namespace
}  // namespace heyan::backup
