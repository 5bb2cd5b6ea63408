// What a backup must have of a gateway that is just signing a report.
#include "gateway/backup/kept_files.h"

#include <gmock/gmock.h>

#include <optional>

#include "gateway/signer/tables.h"
#include "gateway/sqlite/statement_cache.h"
#include "gateway/store/schema.h"
#include "gateway/store/store.h"
#include "tests/unit/os/temporary_folder.h"
#include "verifier/crypto/digest.h"

namespace heyan::backup {
namespace {

using testing::UnorderedElementsAre;

core::Bytes sha256(std::string_view content) { return crypto::sha256(core::as_bytes(content)); }

class KeptFilesTest : public testing::Test {
 protected:
  // Received, and being judged; with a record that was put and noted.
  void judge(const std::string& id) {
    const std::vector<store::StoredFile> files = {
        {.path = "case.json", .size = 1, .sha256 = sha256("case of " + id)}};
    ASSERT_TRUE(store_->accept({.id = id,
                                .court = "0491",
                                .account = "a",
                                .received_at_ms = 1000,
                                .intake_index = static_cast<std::uint64_t>(id.back()),
                                .receipt = core::to_bytes("receipt"),
                                .session = core::to_bytes("session"),
                                .files = files},
                               nullptr));
    ASSERT_TRUE(store_->claim_job(1000).value().has_value());
    ASSERT_TRUE(store_->note_record(id, sha256("record of " + id)).has_value());
  }
  // As the signer does: logged in one transaction, and signed in the next.
  void log(const std::string& id, const std::optional<std::string>& envelope) {
    sqlite::Database database = sqlite::Database::open(log_, signer::layout()).value();
    sqlite::StatementCache statements(database);
    const auto place = static_cast<std::uint64_t>(id.back());
    ASSERT_TRUE(
        statements.run("INSERT INTO intakes(submission, idx, court, files, received_at_ms)"
                       " VALUES(?, ?, '0491', x'00', 1000)",
                       id, place));
    ASSERT_TRUE(
        statements.run("INSERT INTO numbers(submission, version, number, intake,"
                       " supersedes) VALUES(?, 1, ?, ?, '')",
                       id, "HY-" + id, place));
    ASSERT_TRUE(statements.run(
        "INSERT INTO reports(number, idx, payload_sha256, report, record_sha256,"
        " signed_at_ms, envelope) VALUES(?, ?, ?, x'00', ?, 2000, ?)",
        "HY-" + id, place + 1000, sha256("payload of " + id), sha256("record of " + id), envelope));
  }
  void take_up(const std::string& id) {
    ASSERT_TRUE(store_->finish_job({.submission = id,
                                    .version = 1,
                                    .report_number = "HY-" + id,
                                    .issued_at_ms = 2000,
                                    .envelope = core::to_bytes("envelope"),
                                    .record_sha256 = sha256("record of " + id),
                                    .verdict = "ALL_CONSISTENT"}));
  }
  void in_front(std::string_view sql) const {
    sqlite::Database database = sqlite::Database::open(front_, store::layout()).value();
    sqlite::StatementCache statements(database);
    ASSERT_TRUE(statements.run(sql));
  }
  // Of a state that nobody runs on, what is promised.
  std::vector<core::Bytes> promised() {
    store_.reset();
    const auto kept = kept_files(front_, log_);
    EXPECT_TRUE(kept.has_value());
    std::vector<core::Bytes> found;
    for (const Kept& one : kept.value_or(std::vector<Kept>())) {
      EXPECT_EQ(one.court, "0491");
      if (one.promised) found.push_back(one.sha256);
      if (!one.taken_up) not_taken_up_.push_back(one.sha256);
    }
    return found;
  }

  os::TemporaryFolder folder_;
  std::filesystem::path front_ = folder_ / "front.db";
  std::filesystem::path log_ = folder_ / "log.db";
  std::vector<core::Bytes> not_taken_up_;
  std::unique_ptr<store::Store> store_ = store::Store::open(front_).value();
};

// Restored, its job ends in the report that was signed, whose record nobody could make again.
TEST_F(KeptFilesTest, OfASignedReportThatTheFrontHasNotTakenUpTheRecordIsPromised) {
  judge("s1");
  log("s1", "envelope");
  EXPECT_THAT(promised(), UnorderedElementsAre(sha256("case of s1"), sha256("record of s1")));
  EXPECT_THAT(not_taken_up_, UnorderedElementsAre(sha256("record of s1")))
      << "backups of earlier versions have all others alone";
}

TEST_F(KeptFilesTest, OfOneThatWasTakenUpItIsNamedOnce) {
  judge("s1");
  log("s1", "envelope");
  take_up("s1");
  EXPECT_THAT(promised(), UnorderedElementsAre(sha256("case of s1"), sha256("record of s1")));
  EXPECT_THAT(not_taken_up_, testing::IsEmpty());
}

TEST_F(KeptFilesTest, WhatIsNotSignedIsJudgedAnew) {
  judge("s1");
  log("s1", std::nullopt);
  judge("s2");
  EXPECT_THAT(promised(), UnorderedElementsAre(sha256("case of s1"), sha256("case of s2")));
}

TEST_F(KeptFilesTest, OfWhatIsBeingDeletedNothingIs) {
  judge("s1");
  log("s1", "envelope");
  in_front(
      "INSERT INTO deletions(submission, id, state, reason, asked_by, asked_at_ms, confirmed_by,"
      " confirmed_at_ms, due_at_ms) VALUES('s1', 'd', 'UNDER_WAY', 'r', 'a', 1, 'b', 2, 3)");
  EXPECT_THAT(promised(), testing::IsEmpty());
}

// A backup is made before a new version is installed, and restored by that one.
TEST_F(KeptFilesTest, TablesOfAnEarlierVersionAreRead) {
  const std::filesystem::path earlier = folder_ / "earlier.db";
  {
    sql::Layout before = store::layout();
    before.migrations = before.migrations.first(before.migrations.size() - 1);
    sqlite::Database database = sqlite::Database::open(earlier, before).value();
    sqlite::StatementCache statements(database);
    ASSERT_TRUE(statements.run(
        "INSERT INTO submissions VALUES('s1', '0491', 'u-1', 1, 1, x'00', x'00', 1)"));
    ASSERT_TRUE(
        statements.run("INSERT INTO files(submission, position, path, size, sha256)"
                       " VALUES('s1', 0, 'case.json', 1, ?)",
                       sha256("case of s1")));
  }
  ASSERT_TRUE(sqlite::Database::open(log_, signer::layout()).has_value());
  const auto kept = kept_files(earlier, log_);
  ASSERT_TRUE(kept.has_value()) << kept.error().text;
  ASSERT_EQ(kept->size(), 1u);
  EXPECT_EQ(kept->front().sha256, sha256("case of s1"));
}

}  // namespace
}  // namespace heyan::backup
