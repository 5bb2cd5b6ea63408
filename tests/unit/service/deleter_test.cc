// Deletions are carried out in their order, and gone on with where something failed.
#include "gateway/service/deleter.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <algorithm>

#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/service/other_side.h"
#include "verifier/crypto/digest.h"

namespace heyan::service {
namespace {

namespace fs = std::filesystem;

core::Bytes sha256(std::string_view content) { return crypto::sha256(core::as_bytes(content)); }

class DeleterTest : public testing::Test {
 protected:
  DeleterTest() {
    file("s1", {"case of s1", "only here", "in both"});
    file("s2", {"case of s2", "in both"});
  }
  void put(const std::string& id, const std::string& content) {
    const store::StagedFile staged{.path = folder_.write("staging/x", content),
                                   .sha256 = sha256(content)};
    ASSERT_TRUE(vault_->put_from_staging({"0491", id}, std::span(&staged, 1)).has_value());
  }
  void file(const std::string& id, const std::vector<std::string>& contents) {
    std::vector<store::StoredFile> files;
    for (const std::string& content : contents) {
      put(id, content);
      files.push_back({.path = files.empty() ? "case.json" : content,
                       .size = content.size(),
                       .sha256 = sha256(content)});
    }
    v1::Session session;
    session.mutable_court()->set_code("0491");
    session.set_account_id("u-1");
    session.add_checked_parties("a person");
    ASSERT_TRUE(
        store_->accept({.id = id,
                        .court = "0491",
                        .account = "u-1",
                        .received_at_ms = 1000,
                        .intake_index = 1,
                        .receipt = core::to_bytes("receipt"),
                        .session = core::to_bytes(core::as_bytes(session.SerializeAsString())),
                        .files = files},
                       nullptr));
    const auto job = store_->claim_job(1000).value();
    ASSERT_TRUE(job.has_value());
    put(id, "record of " + id);
    ASSERT_TRUE(store_->finish_job({.submission = id,
                                    .version = 1,
                                    .report_number = "HY-" + id,
                                    .issued_at_ms = 2000,
                                    .envelope = core::to_bytes("envelope"),
                                    .record_sha256 = sha256("record of " + id),
                                    .verdict = "ALL_CONSISTENT"}));
  }
  void confirm(const std::string& id) {
    store::DeletionStep step{.submission = id, .court = "0491", .account = "clerk", .now_ms = 3000};
    ASSERT_EQ(store_->ask_deletion(step, "q", "court-order").value(), store::Obstacle::kNone);
    step.account = "judge";
    ASSERT_EQ(store_->confirm_deletion(step, "q", 5000).value(), store::Obstacle::kNone);
  }
  bool there(const std::string& content) const {
    return fs::exists(folder_ / "vault" / store::place_in_vault("0491", sha256(content)).value());
  }
  // Until it has tried `tries` times.
  void run(int tries, std::int64_t now_ms = 6000) {
    std::atomic<int> tried = 0;
    SignerClient client(signer_side_.front());
    const Deleter deleter(
        {.now_ms = [now_ms] { return now_ms; },
         .log = "heyan.test/log",
         .every = std::chrono::milliseconds(1),
         .record = [this](Deleter::Step step, const store::Deletion& one) -> core::Result<void> {
           const bool begins = step == Deleter::Step::kBegins;
           EXPECT_TRUE(there("only here") == begins || one.submission != "s1");
           happened_.push_back((begins ? "begun " : "deleted ") + one.submission);
           return begins ? beginning_ : recording_;
         },
         .on_tried =
             [&](const store::Deletion& one, const core::Error* failed) {
               happened_.push_back((failed == nullptr ? "done " : "failed ") + one.submission);
               ++tried;
             }},
        *store_, *vault_, client);
    while (tried < tries) ::usleep(1'000);
  }
  store::Deletion deletion(const std::string& id) {
    return *store_->find_deletion(id, store::Scope::of_court("0491")).value().deletion;
  }

  os::TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_ = store::Store::open(folder_ / "front.db").value();
  std::unique_ptr<store::Vault> vault_ = store::Vault::open(folder_ / "vault").value();
  std::vector<std::string> happened_;
  core::Result<void> beginning_;
  core::Result<void> recording_;
  bool logs_ = true;
  bool has_time_ = true;
  std::atomic<int> asked_for_time_ = 0;
  std::atomic<int> asked_ = 0;
  SignerSide signer_side_{[this](const v1::FrontAsks& asks) {
    v1::FrontGets gets;
    if (asks.has_backlog()) {
      if (has_time_) gets.mutable_backlog();
      ++asked_for_time_;
      return gets;
    }
    ++asked_;
    EXPECT_TRUE(asks.has_deletion());
    EXPECT_TRUE(asked_ > 1 || there("only here")) << "nothing is removed before it is logged";
    if (logs_) {
      gets.mutable_deleted()->set_deletion_index(7);
      gets.mutable_deleted()->set_at_ms(6001);
    } else {
      gets.mutable_refusal()->set_code("io");
    }
    return gets;
  }};
};

TEST_F(DeleterTest, WhatIsDueIsLoggedRecordedAndRemoved) {
  confirm("s1");
  run(1);
  EXPECT_THAT(happened_, testing::ElementsAre("begun s1", "deleted s1", "done s1"));
  EXPECT_EQ(deletion("s1").state, store::DeletionState::kDeleted);
  EXPECT_EQ(deletion("s1").deletion_index, 7u);
  EXPECT_EQ(deletion("s1").log, "heyan.test/log");
  EXPECT_EQ(deletion("s1").deleted_at_ms, 6001);
  for (const char* gone : {"case of s1", "only here", "record of s1"}) {
    EXPECT_FALSE(there(gone)) << gone;
  }
  for (const char* kept : {"in both", "case of s2", "record of s2"}) {
    EXPECT_TRUE(there(kept)) << kept;
  }
  const auto left = store_->find_submission("s1", store::Scope::of_court("0491")).value();
  v1::Session session;
  ASSERT_TRUE(session.ParseFromString(core::to_string(left->session)));
  EXPECT_EQ(session.court().code(), "0491");
  EXPECT_EQ(session.account_id(), "u-1");
  EXPECT_EQ(session.checked_parties_size(), 0);
}

TEST_F(DeleterTest, WhatTheSignerDoesNotLogStays) {
  confirm("s1");
  logs_ = false;
  run(2);
  EXPECT_TRUE(there("only here"));
  EXPECT_EQ(deletion("s1").state, store::DeletionState::kUnderWay);
  EXPECT_THAT(happened_, testing::Not(testing::Contains("begun s1")));
}

// The clock was set, and whether its time has come nobody knows: it can still be held.
TEST_F(DeleterTest, NothingIsBegunWhileTheSignerHasNoTime) {
  confirm("s1");
  has_time_ = false;
  SignerClient client(signer_side_.front());
  {
    const Deleter deleter({.now_ms = [] { return std::int64_t{6000}; },
                           .log = "heyan.test/log",
                           .every = std::chrono::milliseconds(1),
                           .record = [](auto, const auto&) -> core::Result<void> { return {}; },
                           .on_tried = {}},
                          *store_, *vault_, client);
    while (asked_for_time_ < 3) ::usleep(1'000);
  }
  EXPECT_EQ(asked_, 0);
  EXPECT_EQ(deletion("s1").state, store::DeletionState::kConfirmed);
}

TEST_F(DeleterTest, WhatIsNotRecordedStays) {
  confirm("s1");
  beginning_ = core::fail(core::ErrorCode::kIo, "no space");
  run(2);
  EXPECT_TRUE(there("only here"));
  EXPECT_EQ(deletion("s1").state, store::DeletionState::kUnderWay);
}

TEST_F(DeleterTest, WhatIsTriedAgainBeginsOnce) {
  confirm("s1");
  recording_ = core::fail(core::ErrorCode::kIo, "no space");
  run(2);
  EXPECT_EQ(std::ranges::count(happened_, "begun s1"), 1);
  EXPECT_GE(std::ranges::count(happened_, "failed s1"), 2);
  EXPECT_EQ(deletion("s1").state, store::DeletionState::kUnderWay);
}

// The case record of an attempt that came to no report.
TEST_F(DeleterTest, RecordsOfAttemptsGo) {
  put("s1", "record of an attempt");
  ASSERT_TRUE(store_->note_record("s1", sha256("record of an attempt")).has_value());
  ASSERT_TRUE(there("record of an attempt"));
  confirm("s1");
  run(1);
  EXPECT_FALSE(there("record of an attempt"));
}

// What can never be verified, for a file of it is lost, is no reason to keep the rest.
TEST_F(DeleterTest, WhatWaitsToBeVerifiedGoesAndIsWaitedForWhileAJudgeIsAtIt) {
  ASSERT_TRUE(store_->reverify("s1", 2500).has_value());
  const std::vector<core::Bytes> lost = {sha256("case of s1")};
  ASSERT_TRUE(vault_->remove({"0491", "s1"}, lost, lost));
  confirm("s1");
  const auto job = store_->claim_job(3000).value();
  ASSERT_TRUE(job.has_value());
  EXPECT_TRUE(store_->due_deletions(6000, 9).value().empty());
  ASSERT_TRUE(store_->put_back_job(*job, 3000, store::kMostJobWait).has_value());
  run(1);
  EXPECT_THAT(happened_, testing::ElementsAre("begun s1", "deleted s1", "done s1"));
  EXPECT_FALSE(there("only here"));
  EXPECT_FALSE(store_->claim_job(9'000'000).value().has_value());
  EXPECT_EQ(store_->backlog(9'000'000).value().overdue, 0u);
}

// As after a crash at any point behind the log: what is gone already is no error.
TEST_F(DeleterTest, WhatIsUnderWayIsGoneOnWith) {
  confirm("s1");
  ASSERT_TRUE(store_->begin_deletion("s1", 6000).value());
  const std::vector<core::Bytes> some = {sha256("record of s1")};
  ASSERT_TRUE(vault_->remove({"0491", "s1"}, some, some));
  run(1, 0);  // whatever the clock says
  EXPECT_EQ(deletion("s1").state, store::DeletionState::kDeleted);
  EXPECT_FALSE(there("only here"));
}

TEST_F(DeleterTest, WhatIsNotDueOrHeldIsLeftAlone) {
  confirm("s1");
  confirm("s2");
  const store::DeletionStep step{
      .submission = "s1", .court = "0491", .account = "judge", .now_ms = 4000};
  ASSERT_EQ(store_->hold(step, "h1", "appeal").value(), store::Obstacle::kNone);
  run(1);
  EXPECT_THAT(happened_, testing::ElementsAre("begun s2", "deleted s2", "done s2"));
  EXPECT_TRUE(there("only here"));
  EXPECT_TRUE(there("in both"));
  EXPECT_EQ(deletion("s1").state, store::DeletionState::kConfirmed);
}

// A file that is put may be there already, and be the other's.
TEST_F(DeleterTest, WaitsForWhoeverIsPuttingFiles) {
  confirm("s1");
  SignerClient client(signer_side_.front());
  std::atomic<bool> done = false;
  auto putting = std::make_unique<std::shared_lock<std::shared_mutex>>(vault_->putting());
  std::atomic<bool> recorded = false;
  const Deleter deleter(
      {.now_ms = [] { return std::int64_t{6000}; },
       .log = "heyan.test/log",
       .every = std::chrono::milliseconds(1),
       .record = [&](Deleter::Step, const store::Deletion&) -> core::Result<void> {
         recorded = true;
         return {};
       },
       .on_tried = [&](const store::Deletion&, const core::Error*) { done = true; }},
      *store_, *vault_, client);
  while (!recorded) ::usleep(1'000);
  EXPECT_TRUE(there("only here"));
  EXPECT_FALSE(done);
  // Whose row comes now has the file.
  ASSERT_TRUE(store_->accept({.id = "s3",
                              .court = "0491",
                              .account = "u-1",
                              .received_at_ms = 6000,
                              .intake_index = 2,
                              .receipt = core::to_bytes("receipt"),
                              .session = {},
                              .files = {{"case.json", 9, sha256("only here")}}},
                             nullptr));
  putting.reset();
  while (!done) ::usleep(1'000);
  EXPECT_TRUE(there("only here"));
  EXPECT_FALSE(there("case of s1"));
}

}  // namespace
}  // namespace heyan::service
