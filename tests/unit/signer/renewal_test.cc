// Security decision 16: after a restore a new log begins, and says which one it follows.
#include "gateway/signer/announced.h"
#include "tests/unit/signer/attack_fixture.h"
#include "verifier/report/envelope.h"
#include "verifier/transparency/checkpoint.h"
#include "verifier/transparency/note.h"

namespace heyan::signer {
namespace {

class Renewal : public Attack {
 protected:
  Renewal() {
    first_ = issue("s1", 1, take_in("s1").intake_index());
    take_in("s2");
    back_up("backup.db");
    take_in("s3");  // lost
    checkpoint_ = os::content_of(folder_ / "log/checkpoint");
    back_up("after.db");
    restore("backup.db");
    std::filesystem::rename(folder_ / "log", folder_ / "old-log");
    std::filesystem::create_directory(folder_ / "log");
    keys_.log_name = "heyan.test/log-2";
  }
  void renew() {
    follows_ = checkpoint_;
    start();
  }
  core::ErrorCode refused(const std::string& follows) {
    follows_ = follows;
    const auto opened = open();
    EXPECT_FALSE(opened.has_value());
    return opened ? core::ErrorCode::kInternal : opened.error().code;
  }
  Issued first_;
  std::string checkpoint_;
};

TEST_F(Renewal, BeginsALogThatQuotesTheLastCheckpoint) {
  renew();
  const auto all = published();
  ASSERT_EQ(all.size(), 1u);
  const auto& beginning = std::get<report::LogBeginning>(all[0]);
  EXPECT_EQ(beginning.origin, "heyan.test/log-2");
  EXPECT_EQ(beginning.follows, checkpoint_);
  start();  // and goes on
  EXPECT_EQ(published().size(), 1u);
}

// After a compromise: what the log that is left announced nobody is to go by any more.
TEST_F(Renewal, AnnouncesTheKeysThatAreThereByThen) {
  const Keys others = new_test_keys();
  keys_.report = others.report;
  keys_.statement = others.statement;
  renew();
  const auto all = published();
  EXPECT_EQ(std::get<report::LogBeginning>(all[0]).keys, announced_keys(keys_));
  start();
  EXPECT_FALSE(issue("s2", 1, 3).answer.has_refusal());
}

TEST_F(Renewal, WhatStoodInTheOldLogIsReferredToThere) {
  renew();
  EXPECT_EQ(begin(first_.begin).envelope(), first_.answer.envelope());
  const v1::Receipt again = take_in("s2");
  EXPECT_EQ(again.intake_index(), 3u);
  EXPECT_EQ(published().size(), 1u) << "an intake is logged once";
  ASSERT_FALSE(issue("s2", 1, 3).answer.has_refusal());
  ASSERT_FALSE(issue("s1", 2, 1, first_.begun.report_number()).answer.has_refusal());
  const auto all = published();
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(std::get<report::ReportEntry>(all[1]).intake, (report::LogPlace{3, "heyan.test/log"}));
  EXPECT_EQ(std::get<report::SupersessionEntry>(all[3]).report, (report::LogPlace{2, {}}));
  EXPECT_EQ(std::get<report::SupersessionEntry>(all[3]).supersedes,
            (report::LogPlace{2, "heyan.test/log"}));
  EXPECT_EQ(take_in("s4").intake_index(), 4u);
  EXPECT_EQ(backlog().waiting(), 1u);
}

// Both logs have an entry 2: a place alone would tell of either.
TEST_F(Renewal, APlaceIsToldWithItsLog) {
  renew();
  const auto old = report::logged_as(core::as_bytes(begin(first_.begin).envelope()));
  ASSERT_TRUE(old.has_value());
  EXPECT_EQ(old->report, (report::LogPlace{2, "heyan.test/log"}));
  EXPECT_EQ(old->intake, (report::LogPlace{1, "heyan.test/log"}));
  take_in("s4");
  const Issued issued = issue("s2", 1, 3);
  const auto now = report::logged_as(core::as_bytes(issued.answer.envelope()));
  ASSERT_TRUE(now.has_value());
  EXPECT_EQ(now->report, (report::LogPlace{2, "heyan.test/log-2"}));
  EXPECT_EQ(now->intake, (report::LogPlace{3, "heyan.test/log"}));
}

// Its times are of a clock that was ahead, which is why it is left.
TEST_F(Renewal, ALogThatIsAheadOfTheClockIsLeftAtOnce) {
  now_ -= std::chrono::hours(2);
  renew();
  take_in("s4");
  ASSERT_EQ(published().size(), 2u);
  EXPECT_EQ(report::time_of(published()[1]), now_);
}

// Whoever has a report that was issued after the backup must not meet its number on another one.
TEST_F(Renewal, NoNumberFromBeforeWithoutAReportIsGivenAgain) {
  std::filesystem::remove(folder_ / "log");
  std::filesystem::rename(folder_ / "old-log", folder_ / "log");
  keys_.log_name = "heyan.test/log";
  restore("after.db");
  start();
  const v1::SignerBegin asks = begin_of("s2", 1, 3);
  const std::string number = begin(asks).report_number();
  back_up("begun.db");
  ASSERT_EQ(begin(asks).report_number(), number);
  ASSERT_FALSE(sign(asks, report_of(begin(asks))).has_refusal()) << "it went out";
  checkpoint_ = os::content_of(folder_ / "log/checkpoint");
  restore("begun.db");
  std::filesystem::rename(folder_ / "log", folder_ / "old-log");
  std::filesystem::create_directory(folder_ / "log");
  keys_.log_name = "heyan.test/log-2";
  renew();
  const Issued again = issue("s2", 1, 3);
  ASSERT_FALSE(again.answer.has_refusal()) << again.answer.refusal().code();
  EXPECT_NE(again.begun.report_number(), number);
  EXPECT_EQ(begin(first_.begin).report_number(), first_.begun.report_number())
      << "that of a report stays";
}

// A report that was logged and not signed superseded nothing.
TEST_F(Renewal, WhatAnUnsignedReportSupersededStandsAgain) {
  const std::string none = place_->literal(core::Bytes(32));
  const std::string sql =
      "INSERT INTO numbers(submission, version, number, intake, supersedes)"
      " VALUES('s1', 2, 'N2', 1, '" +
      first_.begun.report_number() +
      "');"
      "INSERT INTO reports(number, idx, payload_sha256, report, record_sha256, signed_at_ms)"
      " VALUES('N2', 99, " +
      none + ", " + none + ", " + none +
      ", 0);"
      "UPDATE reports SET superseded_by = 'N2' WHERE number <> 'N2'";
  ASSERT_TRUE(place_->execute(sql).has_value());
  renew();
  ASSERT_FALSE(issue("s1", 2, 1, first_.begun.report_number()).answer.has_refusal());
}

TEST_F(Renewal, NeedsTheLastCheckpointThatTheOldLogSigned) {
  EXPECT_EQ(refused(""), core::ErrorCode::kUnsupported);
  EXPECT_EQ(refused("x"), core::ErrorCode::kMalformed);
  const auto note_of = [&](const std::string& origin, std::uint64_t size,
                           const crypto::SigningKey& key) {
    return *transparency::sign_note(
        *transparency::encode_checkpoint(
            {.origin = origin, .size = size, .root = {}, .extensions = {}}),
        origin, key);
  };
  EXPECT_EQ(refused(note_of("heyan.test/log", 3, keys_.log)), core::ErrorCode::kUnsupported)
      << "older than what is known here";
  EXPECT_EQ(refused(note_of("heyan.test/other", 9, keys_.log)), core::ErrorCode::kUnsupported);
  const auto other = *crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519);
  EXPECT_EQ(refused(note_of("heyan.test/log", 9, other)), core::ErrorCode::kUnsupported);
  renew();
}

// The key would sign a second history under it.
TEST_F(Renewal, NoLogHasTheNameOfAnEarlierOne) {
  renew();
  const auto leave_for = [this](const std::string& name) {
    checkpoint_ = os::content_of(folder_ / "log/checkpoint");
    std::filesystem::remove_all(folder_ / "log");
    std::filesystem::create_directory(folder_ / "log");
    keys_.log_name = name;
    signer_.reset();
  };
  leave_for("heyan.test/log");
  EXPECT_EQ(refused(checkpoint_), core::ErrorCode::kUnsupported) << "it quotes that one";
  keys_.log_name = "heyan.test/log-3";
  renew();
  ASSERT_EQ(published().size(), 1u);
  leave_for("heyan.test/log");
  EXPECT_EQ(refused(checkpoint_), core::ErrorCode::kUnsupported) << "an intake stands there";
  keys_.log_name = "heyan.test/log-2";
  EXPECT_EQ(refused(checkpoint_), core::ErrorCode::kUnsupported)
      << "it quotes that one, of which nothing else is known";
  keys_.log_name = "heyan.test/log-4";
  renew();
  EXPECT_EQ(published().size(), 1u);
}

// As a file that somebody moved away: what is quoted stands in the log by then.
TEST_F(Renewal, WhatItFollowsIsNeededUntilItHasBegun) {
  follows_lacking_ = true;
  EXPECT_EQ(refused(""), core::ErrorCode::kNotFound);
  follows_lacking_ = false;
  renew();
  follows_lacking_ = true;
  follows_.clear();
  start();
  EXPECT_EQ(std::get<report::LogBeginning>(published()[0]).follows, checkpoint_);
}

TEST_F(SignerTest, ALogThatIsToFollowOneBeginsWithoutItNever) {
  follows_lacking_ = true;
  const auto opened = open();
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().code, core::ErrorCode::kNotFound);
}

TEST_F(Renewal, WhatItQuotesIsNotAnotherLater) {
  renew();
  const std::string later = *transparency::sign_note(
      *transparency::encode_checkpoint(
          {.origin = "heyan.test/log", .size = 9, .root = {}, .extensions = {}}),
      "heyan.test/log", keys_.log);
  signer_.reset();
  EXPECT_EQ(refused(later), core::ErrorCode::kChanged);
  EXPECT_EQ(refused("x"), core::ErrorCode::kChanged);
  follows_ = checkpoint_ + "— notary.example/witness AAAA\n";
  start();  // with a witness's line more it is the same
}

TEST_F(Renewal, OverTheOldFilesIsRefused) {
  std::filesystem::remove_all(folder_ / "log");
  std::filesystem::rename(folder_ / "old-log", folder_ / "log");
  follows_ = checkpoint_;
  EXPECT_FALSE(open().has_value());
}

}  // namespace
}  // namespace heyan::signer
