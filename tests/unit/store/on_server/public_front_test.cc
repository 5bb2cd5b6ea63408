// What the front of litigants alone may do: security decision 25.
#include "gateway/postgres/database.h"
#include "gateway/sql/statement_cache.h"
#include "gateway/sql/transaction.h"
#include "gateway/store/schema.h"
#include "tests/unit/store/on_server/place.h"
#include "tests/unit/store/store_fixture.h"

namespace heyan::store {
namespace {

const std::string kPerson = "person:li";

class PublicFrontTest : public testing::Test {
 protected:
  postgres::TestDatabase database_{prepared_database()};
  std::unique_ptr<Store> court_ = Store::open(shared_by(database_)).value();
  std::unique_ptr<Store> public_ =
      Store::open({.server = database_.as("litigants"), .looks_every = {}}).value();

  // As the program does, in a transaction that sees all; undone.
  bool may(const std::string& sql, const std::string& role = "litigants") const {
    return database_.execute("BEGIN; SET LOCAL heyan.whole = 'yes'; " + sql + "; ROLLBACK", role)
        .has_value();
  }
  std::uint64_t sees(const std::string& table) const {
    auto connection = postgres::Database::open(database_.as("litigants"), shared_layout()).value();
    const auto snapshot =
        sql::Snapshot::begin(connection, std::vector<sql::Setting>{{"heyan.whole", "yes"}});
    EXPECT_TRUE(snapshot.has_value());
    auto counting = connection.prepare("SELECT count(*) FROM " + table).value();
    const auto count = counting.one<std::uint64_t>();
    return count && *count ? std::get<0>(**count) : 99;
  }
  static NewSubmission of_person(const std::string& id) { return submission(id, "0491", kPerson); }
  void accept(Store& at, const NewSubmission& wanted) {
    const auto accepted = at.accept(wanted, nullptr);
    ASSERT_TRUE(accepted.has_value()) << accepted.error().text;
  }
  std::string judged_by_court(const std::string& number) {
    const Job job = court_->claim_job(5000).value().value_or(Job{});
    EXPECT_TRUE(court_->finish_job(finished(job, number)).has_value());
    return job.submission;
  }
};

TEST_F(PublicFrontTest, WhatIsFiledThereIsVerifiedByTheCourtsAndReadThere) {
  const IdempotencyKey key{.key = "k", .fingerprint = core::to_bytes("f")};
  ASSERT_TRUE(public_->accept(of_person("s-1"), &key).has_value());
  EXPECT_EQ(public_->accept(of_person("s-2"), &key)->outcome, Acceptance::Outcome::kReplayed);
  EXPECT_EQ(judged_by_court("HY-1"), "s-1");
  const Scope own = Scope::of_person(kPerson);
  EXPECT_EQ(public_->find_submission("s-1", own).value()->report, "HY-1");
  EXPECT_TRUE(public_->find_report("HY-1", own).value().has_value());
  EXPECT_TRUE(public_->find_report("HY-1", Scope::whole_installation()).value().has_value());
  EXPECT_EQ(public_->files("s-1", own).value().size(), 2);
  EXPECT_EQ(public_->reports_of("s-1", own).value().size(), 1);
  EXPECT_EQ(public_->list(own, {}, std::nullopt, 10).value().size(), 1);
  EXPECT_TRUE(public_->find_line("s-1", own).value().has_value());
  EXPECT_TRUE(public_->supplements_of("s-1", own).has_value());
  EXPECT_TRUE(public_->scans_of("s-1", own).value().has_value());
  EXPECT_TRUE(public_->find_scan("s-1", digest_of(2), own).has_value());
  EXPECT_TRUE(public_->unclaimed("0491", std::vector<core::Bytes>{digest_of(2)}).value().empty());
  EXPECT_TRUE(public_->find_key("0491", kPerson, "k").value().has_value());
}

TEST_F(PublicFrontTest, APieceAtATime) {
  const Scope own = Scope::of_person(kPerson);
  NewReceiving receiving{.id = "r-1",
                         .court = "0491",
                         .account = kPerson,
                         .session = core::to_bytes("session"),
                         .key = {.key = "k", .fingerprint = core::to_bytes("f")},
                         .created_at_ms = 1,
                         .expires_at_ms = 100,
                         .files = {{"case.json", 10, digest_of(1)}, {"files/a", 0, {}}}};
  receiving.filing.case_number = "(2026)";
  receiving.filing.parties.push_back({.role = "PLAINTIFF", .name = "Li"});
  receiving.filing.tags.push_back(digest_of(7));
  receiving.most = UnderWay{};
  receiving.most->submissions = 9;
  receiving.most->bytes = 1 << 20;
  ASSERT_TRUE(public_->expect_room(receiving).has_value());
  ASSERT_TRUE(public_->begin_receiving(receiving).has_value());
  EXPECT_EQ(public_->receiving_session("r-1", own).value(), core::to_bytes("session"));
  const NewUpload upload{.id = "u-1",
                         .submission = "r-1",
                         .path = "files/a",
                         .size = 5,
                         .expected = {},
                         .most_bytes = 1 << 20};
  ASSERT_TRUE(public_->begin_upload(upload, own).has_value());
  const auto found = public_->find_upload("u-1", own).value();
  ASSERT_TRUE(found.has_value());
  EXPECT_TRUE(public_->drop_upload("u-1").has_value());
  EXPECT_TRUE(public_->keep_receiving("r-1", 200).has_value());
  EXPECT_EQ(public_->list_receiving(own, std::nullopt, 9).value().size(), 1);
  EXPECT_EQ(public_->expired(300).value(), std::vector<std::string>{"r-1"});
  EXPECT_TRUE(public_->forget_receiving("r-1", 300).value());
  EXPECT_EQ(sees("filings"), 0);
}

TEST_F(PublicFrontTest, WhatIsCountedForItsReadinessIsThere) {
  accept(*public_, of_person("s-1"));
  EXPECT_EQ(public_->backlog(0).value().queued, 1);
  EXPECT_TRUE(public_->deliveries_pending().has_value());
  EXPECT_TRUE(public_->count_deletions(1).has_value());
}

TEST_F(PublicFrontTest, SeesNothingOfWhatStaffDecide) {
  accept(*court_, of_person("s-1"));
  accept(*court_, of_person("s-2"));
  ASSERT_TRUE(
      court_->assign({.submission = "s-1", .judge = "j", .by = "k", .at_ms = 1}).has_value());
  ASSERT_TRUE(database_
                  .execute("INSERT INTO accesses VALUES('a', 's-1', '0491', 'j', 'r', 1, 2);"
                           "INSERT INTO holds VALUES('s-1', 'h', 'r', 'a', 1);"
                           "INSERT INTO annotations VALUES('j', 's-1', 'E1', 't', 1);"
                           "INSERT INTO deletions(submission, id, state, reason, asked_by,"
                           " asked_at_ms) VALUES('s-1', 'q', 'ASKED', 'r', 'u', 1)")
                  .has_value());
  for (const char* table : {"assignments", "accesses", "holds", "deletions"}) {
    EXPECT_EQ(sees(table), 0) << table;
  }
  // But that what is asked for is gone.
  ASSERT_TRUE(
      database_
          .execute("INSERT INTO deletions VALUES('s-2', 'q', 'DELETED', 'r', 'u', 1, 'w', 2,"
                   " 3, 4, 5)")
          .has_value());
  EXPECT_TRUE(public_->find_submission("s-2", Scope::of_person(kPerson)).value()->deleted);
  EXPECT_FALSE(public_->find_submission("s-1", Scope::of_person(kPerson)).value()->deleted);
  for (const char* table :
       {"annotations", "contents", "known", "ledger_blocks", "watched", "attempted_records"}) {
    EXPECT_FALSE(may(std::string("SELECT 1 FROM ") + table)) << table;
    EXPECT_TRUE(may(std::string("SELECT 1 FROM ") + table, "gateway")) << table;
  }
}

TEST_F(PublicFrontTest, DecidesNothing) {
  accept(*court_, of_person("s-1"));
  judged_by_court("HY-1");
  for (const char* sql :
       {"INSERT INTO holds VALUES('s-1', 'h', 'r', 'a', 1)",
        "INSERT INTO deletions(submission, id, state, reason, asked_by, asked_at_ms)"
        " VALUES('s-1', 'q', 'ASKED', 'r', 'u', 1)",
        "INSERT INTO assignments VALUES('s-1', 'j', 'k', 1)",
        "DELETE FROM assignments",
        "INSERT INTO accesses VALUES('a', 's-1', '0491', 'j', 'r', 1, 2)",
        "INSERT INTO annotations VALUES('j', 's-1', 'E1', 't', 1)",
        "INSERT INTO supplements VALUES('p', 's-1', 'u', 1, 2, 't')",
        "UPDATE reports SET withdrawn_at_ms = 1",
        "UPDATE reports SET verdict = 'ALL_CONSISTENT'",
        "UPDATE stamps SET attempts = 1",
        "UPDATE outcomes SET items = 9",
        "UPDATE scans SET state = 'CLEAN', scanned_at_ms = 1",
        "DELETE FROM files",
        "UPDATE jobs SET state = 'DONE'",
        "DELETE FROM idempotency",
        "UPDATE listed SET attention = 0",
        "UPDATE layout SET version = 0",
        "UPDATE contents_key SET since_ms = 0",
        "SET ROLE heyan_front",
        "SET ROLE heyan_owner"}) {
    EXPECT_FALSE(may(sql)) << sql;
  }
  EXPECT_FALSE(public_->reverify("s-1", 9).has_value());
  EXPECT_FALSE(public_->withdraw("HY-1", "error", 9).has_value());
  EXPECT_FALSE(public_->claim_job(9).value_or(std::nullopt).has_value());
}

TEST_F(PublicFrontTest, FilesForPeopleAlone) {
  EXPECT_FALSE(public_->accept(submission("s-1", "0491", "court-system-1"), nullptr).has_value());
  EXPECT_FALSE(public_->find_submission("s-1", Scope::whole_installation()).value().has_value());
  accept(*court_, submission("s-2", "0491", "court-system-1"));
  const std::string digest = "decode(repeat('00', 32), 'hex')";
  EXPECT_FALSE(may("INSERT INTO files VALUES('s-2', 9, 'x', 1, " + digest + ")"));
  EXPECT_FALSE(
      may("INSERT INTO jobs(submission, version, court, account, state, turn, queued_at_ms)"
          " VALUES('s-2', 2, '0491', 'person:li', 'QUEUED', 0, 1)"));
  ASSERT_TRUE(database_
                  .execute("INSERT INTO receiving VALUES('r', '0491', 'court-system-1', 's', 'k',"
                           " 'f', 1, 1, 0);"
                           "INSERT INTO awaited(submission, position, path) VALUES('r', 0, 'x');"
                           "INSERT INTO filings VALUES('s-2', '0491', 'case', 's', 1)")
                  .has_value());
  EXPECT_EQ(sees("receiving"), 1);  // for what it names of the vault is somebody's
  const auto changed = [&](const std::string& sql) {
    EXPECT_TRUE(
        database_.execute("BEGIN; SET LOCAL heyan.whole = 'yes'; " + sql + "; COMMIT", "litigants")
            .has_value());
  };
  changed("UPDATE receiving SET accepted = 1");
  changed("UPDATE awaited SET size = 9");
  changed("DELETE FROM receiving");
  changed("DELETE FROM filings");
  EXPECT_EQ(sees("receiving WHERE accepted = 0"), 1);
  EXPECT_EQ(sees("awaited WHERE size = 0"), 1);
  EXPECT_EQ(sees("filings"), 1);
}

TEST_F(PublicFrontTest, PreparedAgainItIsTheSame) {
  ASSERT_TRUE(database_.execute("GRANT INSERT ON holds TO heyan_public").has_value());
  EXPECT_TRUE(Store::prepare(database_.as("heyan_owner")).has_value());
  EXPECT_FALSE(may("INSERT INTO holds VALUES('s-1', 'h', 'r', 'a', 1)"));
  accept(*public_, of_person("s-1"));
}

}  // namespace
}  // namespace heyan::store
