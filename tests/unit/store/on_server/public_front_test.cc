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
  EXPECT_TRUE(public_->find_upload_of("r-1", "files/a", own).value().has_value());
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

TEST_F(PublicFrontTest, SeesOfWhatStaffDecideWhatALitigantIsTold) {
  accept(*court_, of_person("s-1"));
  accept(*court_, of_person("s-2"));
  accept(*court_, submission("s-3", "0491", "court-system-1"));
  for (const std::string id : {"s-1", "s-3"}) {
    const std::string row = "VALUES('" + id + "', ";
    ASSERT_TRUE(
        database_
            .execute(
                "INSERT INTO assignments " + row + "'j', 'k', 1);" +
                "INSERT INTO accesses VALUES('a-" + id + "', '" + id +
                "', '0491', 'j', 'r', 3, 4);" + "INSERT INTO holds " + row +
                "'h', 'appeal', 'j', 1);" + "INSERT INTO annotations VALUES('j', '" + id +
                "', 'E1', 't', 1);" +
                "INSERT INTO deletions(submission, id, state, reason, asked_by, asked_at_ms) " +
                row + "'q', 'ASKED', 'court-order', 'u', 1)")
            .has_value());
  }
  EXPECT_EQ(sees("assignments"), 0);
  for (const char* table : {"accesses", "holds", "deletions"}) {
    EXPECT_EQ(sees(table), 1) << table;
    EXPECT_EQ(sees(std::string(table) + " WHERE submission = 's-1'"), 1) << table;
  }
  const Scope own = Scope::of_person(kPerson);
  EXPECT_THAT(public_->accesses_of("s-1", own).value(),
              testing::ElementsAre(Access{.id = "a-s-1",
                                          .submission = "s-1",
                                          .court = "",
                                          .judge = "",
                                          .reason = "",
                                          .since_ms = 3,
                                          .until_ms = 4}));
  const DeletionOf of = public_->find_deletion("s-1", own).value();
  ASSERT_TRUE(of.deletion.has_value());
  EXPECT_EQ(of.deletion->state, DeletionState::kAsked);
  EXPECT_EQ(of.deletion->reason, "court-order");
  EXPECT_EQ(of.deletion->asked_by, "");
  ASSERT_EQ(of.holds.size(), 1u);
  EXPECT_EQ(of.holds[0].reason, "appeal");
  EXPECT_EQ(of.holds[0].account, "");
  for (const char* sql :
       {"SELECT judge FROM accesses", "SELECT reason FROM accesses", "SELECT court FROM accesses",
        "SELECT account FROM holds", "SELECT asked_by FROM deletions",
        "SELECT confirmed_by FROM deletions", "SELECT * FROM accesses"}) {
    EXPECT_FALSE(may(sql)) << sql;
    EXPECT_TRUE(may(sql, "gateway")) << sql;
  }
  // Of all cases that they are gone.
  for (const std::string id : {"s-2", "s-3"}) {
    ASSERT_TRUE(database_
                    .execute("INSERT INTO deletions VALUES('" + id +
                             "', 'q', 'DELETED', 'r', 'u', 1, 'w', 2, 3, 4, 5)"
                             " ON CONFLICT(submission) DO UPDATE SET state = 'DELETED',"
                             " confirmed_by = 'w', due_at_ms = 3, deleted_at_ms = 4")
                    .has_value());
  }
  EXPECT_EQ(sees("deletions"), 3);
  EXPECT_TRUE(public_->find_submission("s-2", own).value()->deleted);
  EXPECT_FALSE(public_->find_submission("s-1", own).value()->deleted);
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

// What is written by hand by who took that front over. The court's role may write each of these, so
// that it is the rules that refuse it.
class ForgingTest : public PublicFrontTest {
 protected:
  ForgingTest() {
    accept(*public_, of_person("li-1"));
    judged_by_court("HY-1");
    accept(*court_, submission("court-1", "0491", "court-system-1"));
    EXPECT_TRUE(
        database_
            .execute("INSERT INTO receiving VALUES('court-2', '0491', 'court-system-1', 's',"
                     " 'k', 'f', 1, 1, 0);"
                     "INSERT INTO filings VALUES('court-1', '0491', 'case', 's', 1),"
                     " ('court-2', '0491', 'case', 's', 1), ('li-1', '0491', 'c', 's', 1)")
            .has_value());
  }
  void refused(const std::string& sql, const std::string& before = "") const {
    EXPECT_FALSE(may(before + sql)) << sql;
    EXPECT_TRUE(may(before + sql, "gateway")) << sql;
  }
  static std::string digest(const std::string& byte) {
    return "decode(repeat('" + byte + "', 32), 'hex')";
  }

  // A submission that is being accepted.
  const std::string kBegun =
      "INSERT INTO submissions VALUES('li-2', '0491', 'person:li', 1, 2, 'r', 's', 1);"
      "INSERT INTO files VALUES('li-2', 0, 'files/a', 9, " +
      digest("ab") + ");";
  const std::string kReceived =
      "INSERT INTO receiving(id, court, account, session, key, fingerprint, created_at_ms,"
      " expires_at_ms) VALUES('li-3', '0491', 'person:li', 's', 'k', 'f', 1, 1);";
};

TEST_F(ForgingTest, WhatAScannerSays) {
  const std::string due = "INSERT INTO scans(submission, sha256, size, not_before_ms) VALUES(";
  EXPECT_TRUE(may(kBegun + due + "'li-2', " + digest("ab") + ", 9, 1)"));
  const std::string said =
      "INSERT INTO scans(submission, sha256, size, state, name, scanned_at_ms, not_before_ms,"
      " attempts) VALUES('li-2', " +
      digest("ab") + ", 9, ";
  refused(said + "'CLEAN', NULL, 1, 1, 0)", kBegun);
  refused(said + "'TOO_LARGE', NULL, 1, 1, 0)", kBegun);
  refused(said + "'PENDING', NULL, NULL, 1, -1)", kBegun);  // which no scanner could read
  refused(due + "'li-2', " + digest("ab") + ", 9, 9000000000000)", kBegun);  // in 285 years
  refused(due + "'li-2', " + digest("cd") + ", 9, 1)", kBegun);              // no file of it
  refused(due + "'li-2', " + digest("ab") + ", 8, 1)", kBegun);
  for (const std::string id : {"li-1", "court-1"}) {
    refused("INSERT INTO files VALUES('" + id + "', 9, 'files/more', 9, " + digest("cd") + ")");
    refused(due + "'" + id + "', " + digest("cd") + ", 9, 1)");
  }
}

TEST_F(ForgingTest, WhatWasFiled) {
  const auto with = [](const std::string& id) {
    return std::vector<std::string>{
        "INSERT INTO filed_parties VALUES('" + id + "', 7, 'DEFENDANT', 'Mallory')",
        "INSERT INTO filed_items(submission, position, item, name, path) VALUES('" + id +
            "', 7, 'E9', 'n', 'files/x')",
        "INSERT INTO found_by VALUES(" + digest("cd") + ", '" + id + "')"};
  };
  const std::string filing = "INSERT INTO filings VALUES('li-3', '0491', 'c', 's', 1);";
  for (const std::string& sql : with("li-3")) EXPECT_TRUE(may(kReceived + filing + sql)) << sql;
  for (const std::string id : {"court-1", "court-2", "li-1"}) {
    for (const std::string& sql : with(id)) refused(sql);
  }
  refused("INSERT INTO filings VALUES('li-3', '0491', 'c', 's', -1)", kReceived);
  refused("INSERT INTO filings VALUES('li-3', '0192', 'c', 's', 1)", kReceived);
  // Deletes nothing of others: those are as if they were not there.
  ASSERT_TRUE(
      database_
          .execute("BEGIN; SET LOCAL heyan.whole = 'yes'; DELETE FROM filings; COMMIT", "litigants")
          .has_value());
  EXPECT_EQ(sees("filings"), 3);
}

// To whom not all is shown, by his own asking, less seems to be there.
TEST_F(ForgingTest, WhoAsksToSeeLessMayDoNoMore) {
  const std::string sql =
      "INSERT INTO receiving(id, court, account, session, key, fingerprint, created_at_ms,"
      " expires_at_ms) VALUES('court-1', 'x', 'person:li', 's', 'k', 'f', 1, 1)";
  refused(sql);
  EXPECT_FALSE(
      database_.execute("BEGIN; SET LOCAL heyan.account = 'person:li'; " + sql, "litigants")
          .has_value());
}

TEST_F(ForgingTest, WhatIsListed) {
  const std::string listed = "INSERT INTO listed VALUES('0491', ";
  EXPECT_TRUE(may(kBegun + listed + "1, 'li-2', 'OPEN', 0, '', 'x')"));
  refused(listed + "1, 'li-2', 'DONE', 0, '', 'x')", kBegun);
  refused(listed + "1, 'li-2', 'OPEN', 1, '', 'x')", kBegun);
  refused(listed + "1, 'li-2', 'OPEN', 0, ' ALL_CONSISTENT ', 'x')", kBegun);
  refused(listed + "2, 'li-2', 'OPEN', 0, '', 'x')", kBegun);
  refused(listed + "2, 'court-1', 'OPEN', 0, '', 'x')");
  refused(listed + "2, 'li-1', 'OPEN', 0, '', 'x')");
}

TEST_F(ForgingTest, WhatIsVerified) {
  const std::string job =
      "INSERT INTO jobs(submission, version, court, account, state, turn, queued_at_ms, supersedes)"
      " VALUES('li-2', 1, '0491', 'person:li', 'QUEUED', ";
  EXPECT_TRUE(may(kBegun + job + "1, 1, NULL)"));
  refused(job + "1, 1, 'HY-1')", kBegun);  // another's report
  refused(job + "-1, 1, NULL)", kBegun);
  refused(job + "9223372036854775807, 1, NULL)", kBegun);  // after which there is no turn
  refused(
      "INSERT INTO jobs(submission, version, court, account, state, turn, queued_at_ms, attempts)"
      " VALUES('li-2', 1, '0491', 'person:li', 'QUEUED', 1, 1, -1)",
      kBegun);
  refused(
      "INSERT INTO jobs(submission, version, court, account, state, turn, queued_at_ms)"
      " VALUES('li-2', 1, '0491', 'person:wu', 'QUEUED', 1, 1)",
      kBegun);
  const std::string row = "INSERT INTO submissions VALUES('";
  refused(row + "li-4', '0491', 'person:li', 1, -1, 'r', 's', 1)");
  refused(row + "li-4', '0491', 'person:li', 1, 1, 'r', 's', 2)");
  refused(row + "li-4', '0491', 'person:li', -1, 1, 'r', 's', 1)");
  refused(row + "court-2', '0491', 'person:li', 1, 1, 'r', 's', 1)");  // is being received
  refused("INSERT INTO files VALUES('li-2', 1, 'files/b', -1, " + digest("ab") + ")", kBegun);
  refused("INSERT INTO idempotency VALUES('0491', 'person:li', 'key', 'f', 'court-1', 1)");
}

TEST_F(ForgingTest, WhatLeadsElsewhere) {
  const std::string row = "INSERT INTO submissions VALUES('";
  const std::string received =
      "INSERT INTO receiving(id, court, account, session, key, fingerprint, created_at_ms,"
      " expires_at_ms) VALUES('";
  for (const std::string id : {"", ".", "..", "../audit", "/etc", "a/b", "a\r\nb"}) {
    const std::string quoted = id == "a\r\nb" ? "a' || chr(13) || 'b" : id;
    refused(row + quoted + "', '0491', 'person:li', 1, 1, 'r', 's', 1)");
    refused(received + quoted + "', '0491', 'person:li', 's', 'k', 'f', 1, 1)");
    refused("UPDATE awaited SET upload = '" + quoted + "' WHERE submission = 'li-3'",
            kReceived + "INSERT INTO awaited(submission, position, path) VALUES('li-3', 0, 'x');");
  }
  for (const std::string path : {"", "../a", "/etc/a", "a/../b", "a//b", "a\\b", "a/."}) {
    refused("INSERT INTO files VALUES('li-2', 1, '" + path + "', 1, " + digest("ab") + ")", kBegun);
    refused("INSERT INTO awaited(submission, position, path) VALUES('li-3', 0, '" + path + "')",
            kReceived);
  }
  EXPECT_TRUE(may(kBegun + "INSERT INTO files VALUES('li-2', 1, 'files/..文 a.html', 1, " +
                  digest("ab") + ")"));
  refused("UPDATE receiving SET id = 'li-4', session = 's' WHERE id = 'li-3'", kReceived);
  refused("UPDATE awaited SET size = -1 WHERE submission = 'li-3'",
          kReceived + "INSERT INTO awaited(submission, position, path) VALUES('li-3', 0, 'x');");
}

TEST_F(PublicFrontTest, PreparedAgainItIsTheSame) {
  ASSERT_TRUE(database_.execute("GRANT INSERT ON holds TO heyan_public").has_value());
  EXPECT_TRUE(Store::prepare(database_.as("heyan_owner")).has_value());
  EXPECT_FALSE(may("INSERT INTO holds VALUES('s-1', 'h', 'r', 'a', 1)"));
  accept(*public_, of_person("s-1"));
}

}  // namespace
}  // namespace heyan::store
