#include "gateway/service/readiness.h"

#include <gmock/gmock.h>

#include <mutex>

#include "gateway/sqlite/database.h"
#include "gateway/store/schema.h"
#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/service/other_side.h"

namespace heyan::service {
namespace {

using namespace std::chrono_literals;

// Waiting at 1000: a job, a submission whose files are on their way, two events, a report without
// its stamp, three files that nobody scanned, and a deletion since 900.
constexpr const char* kSomeOfEach = R"(
INSERT INTO submissions(id, court, account, received_at_ms, intake_index, receipt, session, version)
  VALUES ('a', 'court', 'account', 1, 1, x'00', x'00', 1),
         ('b', 'court', 'account', 1, 2, x'00', x'00', 1);
INSERT INTO jobs(submission, version, court, account, state, turn, queued_at_ms)
  VALUES ('a', 1, 'court', 'account', 'QUEUED', 1, 1),
         ('b', 1, 'court', 'account', 'DONE', 1, 1);
INSERT INTO receiving(id, court, account, session, key, fingerprint, created_at_ms, expires_at_ms)
  VALUES ('c', 'court', 'account', x'00', 'key', x'00', 1, 2000);
INSERT INTO reports(number, submission, version, issued_at_ms, record_sha256, verdict, envelope)
  VALUES ('report', 'b', 1, 1, zeroblob(32), 'CONSISTENT', x'00');
INSERT INTO deliveries(id, account, submission, content_type, body, state, created_at_ms,
                       not_before_ms)
  VALUES ('1', 'account', 'b', 'text/plain', x'00', 'PENDING', 1, 1),
         ('2', 'account', 'b', 'text/plain', x'00', 'PENDING', 1, 1);
INSERT INTO stamps(report, not_before_ms) VALUES ('report', 1);
INSERT INTO scans(submission, sha256, size, not_before_ms)
  VALUES ('b', zeroblob(32), 1, 1), ('b', randomblob(32), 1, 1), ('a', zeroblob(32), 1, 1);
INSERT INTO deletions(submission, id, state, reason, asked_by, asked_at_ms, confirmed_by,
                      confirmed_at_ms, due_at_ms)
  VALUES ('b', 'd', 'CONFIRMED', 'over', 'one', 1, 'another', 1, 900);
)";

class ReadinessTest : public testing::Test {
 protected:
  ReadinessTest() { std::filesystem::create_directories(folder_ / "staging"); }

  v1::FrontGets backlog(std::uint64_t log_size, std::int64_t next_update_ms) {
    v1::FrontGets gets;
    gets.mutable_backlog()->set_log_size(log_size);
    gets.mutable_backlog()->set_trust_next_update_ms(next_update_ms);
    return gets;
  }
  // One that signs until then, and one that signs no more.
  v1::FrontGets keys(std::int64_t from_ms, std::int64_t until_ms) {
    v1::FrontGets gets;
    v1::PublishedKey& one = *gets.mutable_keys()->add_keys();
    one.set_use("receipt");
    one.add_chain("certificate");
    one.set_valid_from_ms(from_ms);
    one.set_valid_until_ms(until_ms);
    gets.mutable_keys()->add_keys()->set_use("receipt");
    return gets;
  }
  // The names of what is not ready.
  std::vector<std::string> lacking(const Health& standing) {
    EXPECT_EQ(standing.parts.size(), vault_ ? 11u : 10u);
    std::vector<std::string> names;
    for (const Part& part : standing.parts) {
      if (!part.ready) names.emplace_back(part.name);
    }
    EXPECT_EQ(standing.ready(), names.empty());
    return names;
  }
  void say(const v1::FrontGets& gets) {
    const std::lock_guard lock(mutex_);
    said_ = gets;
  }
  void publish(const v1::FrontGets& gets) {
    const std::lock_guard lock(mutex_);
    published_ = gets;
  }
  std::vector<std::string> look() { return lacking(health()); }
  Health health() {
    SignerClient signer(signer_.front());
    ipc::Doors box(box_.front(), 64);
    ipc::Doors judge(judge_.front(), 64);
    ipc::Doors render(render_.front(), 64);
    Readiness readiness({.load = [this] { return load_; },
                         .now_ms = [] { return 1000; },
                         .staging = folder_ / "staging",
                         .stamps = true,
                         .scanner = [] { return true; },
                         .patience = 300ms,
                         .vault = vault_},
                        signer, *store_, box, judge, render);
    return readiness.look();
  }

  os::TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_ = store::Store::open(folder_ / "front.db").value();
  core::Result<os::Load> load_ = os::Load{.memory = 0.5, .disk = 0.5};
  std::function<bool(std::chrono::milliseconds)> vault_;
  std::mutex mutex_;  // guards the next two: the signer is another thread
  v1::FrontGets said_ = backlog(5, 2000);
  v1::FrontGets published_ = keys(1000, 1000);
  SignerSide signer_{[this](const v1::FrontAsks& asks) {
    const std::lock_guard lock(mutex_);
    if (asks.has_keys()) return published_;
    EXPECT_TRUE(asks.has_backlog());
    return said_;
  }};
  OtherSide box_{[](ipc::Channel) {}};
  OtherSide judge_{[](ipc::Channel) {}};
  OtherSide render_{[](ipc::Channel) {}};
};

TEST_F(ReadinessTest, IsThereWhereEveryPartIs) { EXPECT_THAT(look(), testing::IsEmpty()); }

TEST_F(ReadinessTest, NamesTheSignerThatRefuses) {
  v1::FrontGets refusal;
  refusal.mutable_refusal()->set_code("changed");
  say(refusal);
  EXPECT_THAT(look(), testing::ElementsAre("signer", "trust", "signing", "canary"));
}

TEST_F(ReadinessTest, NamesTheBundleThatIsPast) {
  say(backlog(5, 1000));
  EXPECT_THAT(look(), testing::ElementsAre("trust"));
}

TEST_F(ReadinessTest, NamesASignerThatSignsNoReport) {
  v1::FrontGets stopped = backlog(5, 2000);
  stopped.mutable_backlog()->set_stopped("canary-wrong");
  say(stopped);
  EXPECT_THAT(look(), testing::ElementsAre("signing"));
}

TEST_F(ReadinessTest, NamesASignerWhoseCertificateIsNotValid) {
  publish(keys(1, 999));
  EXPECT_THAT(look(), testing::ElementsAre("signing"));
}

TEST_F(ReadinessTest, NamesASignerWhoseCertificateIsNotValidYet) {
  publish(keys(1001, 2000));
  EXPECT_THAT(look(), testing::ElementsAre("signing"));
}

TEST_F(ReadinessTest, NamesASignerThatDoesNotTellItsKeys) {
  v1::FrontGets refusal;
  refusal.mutable_refusal()->set_code("io");
  publish(refusal);
  EXPECT_THAT(look(), testing::ElementsAre("signing"));
}

TEST_F(ReadinessTest, NamesCanariesThatAreLate) {
  v1::FrontGets late = backlog(5, 2000);
  late.mutable_backlog()->set_canaries_late(true);
  say(late);
  EXPECT_THAT(look(), testing::ElementsAre("canary"));
}

TEST_F(ReadinessTest, NamesABucketThatIsAway) {
  vault_ = [](std::chrono::milliseconds patience) {
    EXPECT_EQ(patience, 300ms);
    return false;
  };
  EXPECT_THAT(look(), testing::ElementsAre("vault"));
}

TEST_F(ReadinessTest, IsThereWhereTheBucketIs) {
  vault_ = [](std::chrono::milliseconds) { return true; };
  EXPECT_THAT(look(), testing::IsEmpty());
}

TEST_F(ReadinessTest, NamesMemoryAndDisk) {
  load_ = os::Load{.memory = 0.9, .disk = 0.89};
  EXPECT_THAT(look(), testing::ElementsAre("memory"));
}

TEST_F(ReadinessTest, NamesTheDisk) {
  load_ = os::Load{.memory = 0.1, .disk = 1};
  EXPECT_THAT(look(), testing::ElementsAre("disk"));
}

TEST_F(ReadinessTest, TakesWhatIsNotSaidForNotReady) {
  load_ = core::fail(core::ErrorCode::kIo, "not said");
  EXPECT_THAT(look(), testing::ElementsAre("memory", "disk"));
}

TEST_F(ReadinessTest, CountsWhatTheStoreKnows) {
  sqlite::Database other = sqlite::Database::open(folder_ / "front.db", store::layout()).value();
  ASSERT_TRUE(other.execute(kSomeOfEach));
  const Health standing = health();
  ASSERT_TRUE(standing.counts.has_value());
  const Counts& counts = *standing.counts;
  EXPECT_EQ(counts.jobs.queued, 1u);
  EXPECT_EQ(counts.jobs.receiving, 1u);
  EXPECT_EQ(counts.to_tell, 2u);
  EXPECT_EQ(counts.to_stamp, 1u);
  EXPECT_EQ(counts.scans.pending, 3u);
  EXPECT_EQ(counts.deletions.waiting, 1u);
  EXPECT_EQ(counts.deletion_overdue, 100ms);
}

TEST_F(ReadinessTest, CountsNoneWhereNoneIs) {
  const Health standing = health();
  ASSERT_TRUE(standing.counts.has_value());
  EXPECT_EQ(standing.counts->jobs.queued, 0u);
  EXPECT_EQ(standing.counts->deletion_overdue, 0ms);
}

// A store of which one table is gone.
class ReadinessWithoutTest : public ReadinessTest,
                             public testing::WithParamInterface<const char*> {};

TEST_P(ReadinessWithoutTest, NamesAStoreThatCannotSayWhatWaits) {
  sqlite::Database damage = sqlite::Database::open(folder_ / "front.db", store::layout()).value();
  ASSERT_TRUE(damage.execute(("DROP TABLE " + std::string(GetParam())).c_str()));
  const Health standing = health();
  EXPECT_FALSE(standing.counts.has_value()) << "and not: none";
  EXPECT_THAT(lacking(standing), testing::ElementsAre("store"));
}

INSTANTIATE_TEST_SUITE_P(Tables, ReadinessWithoutTest,
                         testing::Values("jobs", "receiving", "deliveries", "stamps", "scans",
                                         "deletions", "holds"),
                         [](const auto& table) { return std::string(table.param); });

TEST_F(ReadinessTest, NamesAStoreThatTakesNothing) {
  std::filesystem::remove_all(folder_ / "staging");
  EXPECT_THAT(look(), testing::ElementsAre("store"));
}

TEST_F(ReadinessTest, NamesWorkersThatDoNotAnswer) {
  ipc::Pair gone = pair_or_die();
  ipc::Pair silent = pair_or_die();
  gone.b.reset();
  SignerClient signer(signer_.front());
  ipc::Doors box(std::move(gone.a), 64);
  ipc::Doors judge(judge_.front(), 64);
  ipc::Doors render(std::move(silent.a), 64);
  Readiness readiness({.load = [this] { return load_; },
                       .now_ms = [] { return 1000; },
                       .staging = folder_ / "staging",
                       .patience = 100ms},
                      signer, *store_, box, judge, render);
  EXPECT_THAT(lacking(readiness.look()), testing::ElementsAre("box", "render"));
}

TEST_F(ReadinessTest, IsNotAskedOfThePartsForEachQuestion) {
  SignerClient signer(signer_.front());
  ipc::Doors box(box_.front(), 64);
  ipc::Doors judge(judge_.front(), 64);
  ipc::Doors render(render_.front(), 64);
  int loads = 0;
  Readiness readiness({.load =
                           [&] {
                             ++loads;
                             return load_;
                           },
                       .now_ms = [] { return 1000; },
                       .staging = folder_ / "staging"},
                      signer, *store_, box, judge, render);
  for (int i = 0; i < 50; ++i) {
    readiness.look();
    EXPECT_EQ(readiness.lacking(), "");
  }
  EXPECT_EQ(box_.jobs, 1);
  EXPECT_LE(loads, 3);
}

TEST_F(ReadinessTest, RefusesForDiskFirstAndForNothingThatIsNotSaid) {
  SignerClient signer(signer_.front());
  ipc::Doors box(box_.front(), 64);
  ipc::Doors judge(judge_.front(), 64);
  ipc::Doors render(render_.front(), 64);
  Readiness readiness({.load = [this] { return load_; },
                       .now_ms = [] { return 1000; },
                       .staging = folder_ / "staging",
                       .load_valid_for = 0ms},
                      signer, *store_, box, judge, render);
  load_ = os::Load{.memory = 0.95, .disk = 0.95};
  EXPECT_EQ(readiness.lacking(), "disk");
  load_ = os::Load{.memory = 0.95, .disk = 0.1};
  EXPECT_EQ(readiness.lacking(), "memory");
  load_ = os::Load{.memory = 0.899, .disk = 0.899};
  EXPECT_EQ(readiness.lacking(), "");
  load_ = core::fail(core::ErrorCode::kIo, "not said");
  EXPECT_EQ(readiness.lacking(), "");
}

}  // namespace
}  // namespace heyan::service
