// Signers of two gateways over one log, and a server that goes away.
#include <gmock/gmock.h>
#include <signal.h>

#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "gateway/postgres/database.h"
#include "gateway/report_log/publish.h"
#include "gateway/signer/tables.h"
#include "gateway/sql/statement_cache.h"
#include "gateway/sqlite/database.h"
#include "tests/unit/signer/on_server/gateway.h"
#include "verifier/crypto/digest.h"
#include "verifier/report/envelope.h"
#include "verifier/report/log_entry.h"
#include "verifier/transparency/cosign.h"
#include "verifier/transparency/signature_lines.h"
#include "verifier/transparency/tile.h"

namespace heyan::signer {
namespace {

using core::ErrorCode;
using namespace std::chrono_literals;

class SignersTest : public testing::Test {
 protected:
  os::TemporaryFolder folder_;
  postgres::TestDatabase database_{prepared_database()};
  Keys keys_ = new_test_keys();
  Gateway a_{database_.as("signer"), keys_, folder_, "a"};
  Gateway b_{database_.as("signer"), keys_, folder_, "b"};

  // Every file that the checkpoint names, of either.
  void expect_same_folders(std::uint64_t size) const {
    const auto expect_same = [&](const std::string& name) {
      EXPECT_EQ(os::content_of(a_.log / name), os::content_of(b_.log / name)) << name;
    };
    for (const transparency::Tile& tile : transparency::changed_tiles(0, size)) {
      expect_same(transparency::tile_path(tile));
      if (tile.level == 0) expect_same(transparency::entry_bundle_path(tile.index, tile.width));
    }
    expect_same("checkpoint");
  }
  std::vector<report::LogEntry> entries(std::uint64_t size) const {
    std::vector<report::LogEntry> found;
    for (const transparency::Tile& tile : transparency::changed_tiles(0, size)) {
      if (tile.level != 0) continue;
      const std::string bundle =
          os::content_of(a_.log / transparency::entry_bundle_path(tile.index, tile.width));
      const auto parsed = transparency::parse_entry_bundle(core::as_bytes(bundle)).value();
      for (const core::ByteView entry : parsed) {
        found.push_back(report::parse_log_entry(entry).value());
      }
    }
    return found;
  }
};

TEST_F(SignersTest, BeginOneLog) {
  ASSERT_NE(a_.signer, nullptr);
  ASSERT_NE(b_.signer, nullptr);
  EXPECT_EQ(a_.size(), 1);
  EXPECT_EQ(b_.size(), 1);
  expect_same_folders(1);
}

TEST_F(SignersTest, NameOneIntakeAndSignOneReportWhicheverIsAsked) {
  const v1::Receipt first = a_.take_in("s1").receipt();
  const v1::Receipt again = b_.take_in("s1").receipt();
  EXPECT_EQ(again.intake_index(), first.intake_index());
  EXPECT_EQ(again.jws().substr(0, again.jws().rfind('.')),
            first.jws().substr(0, first.jws().rfind('.')));
  const auto asks = begin_of("s1", first.intake_index());
  const v1::SignerBegun here = a_.begin(asks);
  const v1::SignerBegun there = b_.begin(asks);
  ASSERT_FALSE(here.report_number().empty());
  EXPECT_EQ(here.report_number(), there.report_number());
  const std::string envelope = b_.sign(asks, there).envelope();
  ASSERT_FALSE(envelope.empty());
  EXPECT_EQ(a_.sign(asks, here).envelope(), envelope);
  EXPECT_EQ(a_.begin(asks).envelope(), envelope);
  EXPECT_EQ(a_.size(), 3);
  v1::SignerBegun later = there;
  later.set_now_ms(there.now_ms() + 1);  // another report of that version
  const v1::SignerSigned other = a_.sign(asks, later);
  EXPECT_TRUE(other.has_refusal());
  EXPECT_FALSE(other.refusal().final());
}

TEST_F(SignersTest, FollowInTheirFoldersWhatTheOtherAppended) {
  a_.take_in("s1");
  EXPECT_EQ(a_.published().size, 2);
  EXPECT_EQ(b_.published().size, 1);
  ASSERT_TRUE(b_.signer->publish().has_value());
  expect_same_folders(2);
  b_.take_in("s2");
  EXPECT_EQ(a_.size(), 3);  // any question does it
  expect_same_folders(3);
}

// What a witness signed for one of them stands in the folder of the other, too.
TEST_F(SignersTest, ShareTheLinesOfWitnesses) {
  const std::string name = "witness.example/w";
  const auto key = *crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519);
  for (Gateway* each : {&a_, &b_}) {
    each->witnesses = {transparency::NoteVerifier::make(
                           name, transparency::NoteKeyType::kCosignature, key.public_key())
                           .value()};
    ASSERT_EQ(each->open(), ErrorCode::kNotFound);
  }
  const std::string bare = os::content_of(a_.log / "checkpoint");
  const auto seconds = static_cast<std::uint64_t>(core::to_unix_ms(kStart) / 1000);
  const auto line = transparency::cosign(transparency::parse_note(bare)->text, seconds, name, key);
  v1::FrontAsks asks;
  asks.mutable_cosigned()->set_witness(name);
  asks.mutable_cosigned()->set_size(1);
  asks.mutable_cosigned()->set_lines(transparency::encode_signature_line(line.value()));
  ASSERT_TRUE(a_.ask(asks).has_cosigned());
  EXPECT_NE(os::content_of(a_.log / "checkpoint"), bare);
  EXPECT_EQ(os::content_of(b_.log / "checkpoint"), bare);
  ASSERT_TRUE(b_.signer->publish().has_value());
  expect_same_folders(1);
}

// The time of what the other logged last is the log's, too.
TEST_F(SignersTest, LogNoTimeBeforeTheOthers) {
  a_.pass(50s);
  a_.take_in("s1");
  b_.take_in("s2");
  ASSERT_TRUE(a_.signer->publish().has_value());
  const auto all = entries(3);
  EXPECT_EQ(report::time_of(all[1]), kStart + 50s);
  EXPECT_EQ(report::time_of(all[2]), kStart + 50s);
  a_.pass(50s);
  a_.take_in("s3");
  const v1::FrontGets gets = b_.take_in("s4");
  EXPECT_TRUE(gets.has_refusal()) << "a clock that is behind the log by more than a minute";
  EXPECT_FALSE(gets.refusal().final());
}

TEST_F(SignersTest, HaveOneKey) {
  Keys others = new_test_keys();
  Gateway stranger(database_.as("signer"), others, folder_, "stranger");
  EXPECT_EQ(stranger.open(), ErrorCode::kUnsupported);
  EXPECT_EQ(b_.open(), ErrorCode::kNotFound) << "while one of the log's own comes back";
  others.log_name = "heyan.test/other";
  stranger.keys = others;
  EXPECT_EQ(stranger.open(), ErrorCode::kUnsupported);
}

// The other has left the log for one of another name: this one must not write on in it.
TEST_F(SignersTest, WriteNothingIntoALogThatFollows) {
  for (int i = 0; i < 40; ++i) a_.take_in("s" + std::to_string(i));
  b_.follows = os::content_of(a_.log / "checkpoint");
  b_.keys.log_name = "heyan.test/log-2";
  std::filesystem::remove_all(b_.log);
  std::filesystem::create_directories(b_.log);
  ASSERT_EQ(b_.open(), ErrorCode::kNotFound);
  EXPECT_TRUE(a_.take_in("s40").has_refusal());
  for (int i = 50; i < 100; ++i) EXPECT_TRUE(b_.take_in("s" + std::to_string(i)).has_receipt());
  EXPECT_TRUE(a_.take_in("s40").has_refusal()) << "also when it is as long as ours was";
  EXPECT_FALSE(a_.signer->publish().has_value());
  EXPECT_EQ(a_.published().size, 41);
  EXPECT_EQ(a_.published().origin, "heyan.test/log");
}

// Two at a time, hundreds of entries: one chain, every entry once, whichever was asked.
TEST_F(SignersTest, AppendInTurns) {
  constexpr int kEach = 120;
  std::array<std::map<std::string, std::uint64_t>, 2> intakes;
  std::array<std::map<std::string, std::string>, 2> envelopes;
  std::array<std::vector<std::string>, 2> checkpoints;
  const auto work = [&](const Gateway& gateway, std::size_t mine) {
    for (int i = 0; i < kEach; ++i) {
      // Every third submission comes to both.
      const std::string id = (i % 3 == 0 ? "both" : std::to_string(mine)) + std::to_string(i);
      const v1::FrontGets gets = gateway.take_in(id);
      ASSERT_TRUE(gets.has_receipt()) << gets.refusal().code();
      intakes.at(mine)[id] = gets.receipt().intake_index();
      const auto asks = begin_of(id, gets.receipt().intake_index());
      v1::SignerSigned answer = gateway.sign(asks, gateway.begin(asks));
      ASSERT_FALSE(answer.envelope().empty()) << answer.refusal().code();
      envelopes.at(mine)[id] = answer.envelope();
      checkpoints.at(mine).push_back(os::content_of(gateway.log / "checkpoint"));
    }
  };
  std::jthread other([&] { work(b_, 1); });
  work(a_, 0);
  other.join();
  ASSERT_TRUE(a_.signer->publish().has_value());
  ASSERT_TRUE(b_.signer->publish().has_value());

  const std::size_t submissions = 2 * kEach - kEach / 3;
  const std::uint64_t size = a_.size();
  EXPECT_EQ(size, 1 + 2 * submissions);  // an intake and a report each
  EXPECT_EQ(a_.published().size, size);
  expect_same_folders(size);
  std::set<core::Bytes> taken;
  std::set<core::Bytes> reported;
  core::UtcTime before{};
  for (const report::LogEntry& entry : entries(size)) {
    EXPECT_GE(report::time_of(entry), before);
    before = report::time_of(entry);
    if (const auto* one = std::get_if<report::IntakeEntry>(&entry)) taken.insert(one->submission);
    if (const auto* one = std::get_if<report::ReportEntry>(&entry)) reported.insert(one->payload);
  }
  EXPECT_EQ(taken.size(), submissions);
  EXPECT_EQ(reported.size(), submissions);
  for (const auto& [id, index] : intakes[0]) {
    EXPECT_TRUE(taken.contains(crypto::sha256(core::as_bytes(id)))) << id;
    if (!intakes[1].contains(id)) continue;
    EXPECT_EQ(intakes[1].at(id), index) << id;
    EXPECT_EQ(envelopes[1].at(id), envelopes[0].at(id)) << id;
  }
  // Each checkpoint that either published is a beginning of the end.
  postgres::Settings reading = database_.as("signer");
  Gateway last(reading, keys_, folder_, "last");
  ASSERT_NE(last.signer, nullptr);
  std::set<std::string> seen;
  for (const auto& notes : checkpoints) seen.insert(notes.begin(), notes.end());
  std::map<std::uint64_t, transparency::TreeHash> roots;
  for (const std::string& note : seen) {
    const auto checkpoint = report_log::checkpoint_in(note).value();
    EXPECT_TRUE(roots.emplace(checkpoint.size, checkpoint.root).second) << checkpoint.size;
  }
  std::vector<transparency::TreeHash> leaves;
  for (const report::LogEntry& entry : entries(size)) {
    leaves.push_back(transparency::leaf_hash(report::encode_log_entry(entry)));
  }
  const auto fold = [](const auto& self,
                       std::span<const transparency::TreeHash> of) -> transparency::TreeHash {
    if (of.size() == 1) return of[0];
    const std::size_t split = std::bit_floor(of.size() - 1);
    return transparency::node_hash(self(self, of.first(split)), self(self, of.subspan(split)));
  };
  for (const auto& [at, root] : roots) EXPECT_EQ(fold(fold, std::span(leaves).first(at)), root);
}

// Tables of another version, or a role that may too much, are no fault of a case that is asked for
// then: refused for good, it would never get its report.
TEST_F(SignersTest, ADatabaseThatLetsItInNoLongerRefusesForNow) {
  const std::uint64_t intake = a_.take_in("s1").receipt().intake_index();
  const auto asks = begin_of("s1", intake);
  const v1::SignerBegun begun = a_.begin(asks);
  ASSERT_FALSE(begun.report_number().empty());
  const auto set_version = [this](const std::string& change) {
    ASSERT_TRUE(
        database_.execute("UPDATE heyan_log.layout SET version = version " + change).has_value());
    postgres::TestServer::the().execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE usename = 'signer' AND datname = '" +
        database_.name() + "'");
  };
  set_version("+ 1");
  for (int i = 0; i < 2; ++i) {
    const v1::FrontGets gets = a_.take_in("s2");
    ASSERT_TRUE(gets.has_refusal());
    EXPECT_FALSE(gets.refusal().final()) << gets.refusal().code();
    const v1::SignerBegun again = a_.begin(asks);
    ASSERT_TRUE(again.has_refusal());
    EXPECT_FALSE(again.refusal().final()) << again.refusal().code();
    const v1::SignerSigned answer = a_.sign(asks, begun);
    ASSERT_TRUE(answer.has_refusal());
    EXPECT_FALSE(answer.refusal().final()) << answer.refusal().code();
  }
  set_version("- 1");
  EXPECT_FALSE(a_.sign(asks, begun).envelope().empty());
}

// Nothing is signed that is not committed, and nobody needs to help.
TEST_F(SignersTest, AServerThatGoesAwayRefusesForNowAndComesBack) {
  ASSERT_TRUE(a_.take_in("s1").has_receipt());
  a_.server.patience = 0ms;
  ASSERT_EQ(a_.open(), ErrorCode::kNotFound);
  postgres::TestServer::the().stop(SIGQUIT);
  for (int i = 0; i < 3; ++i) {
    const v1::FrontGets gets = a_.take_in("s2");
    ASSERT_TRUE(gets.has_refusal());
    EXPECT_EQ(gets.refusal().code(), core::name(ErrorCode::kIo));
    EXPECT_FALSE(gets.refusal().final());
    EXPECT_FALSE(a_.begin(begin_of("s1", 1)).has_report());
  }
  EXPECT_EQ(a_.published().size, 2);
  postgres::TestServer::the().start();
  EXPECT_EQ(a_.take_in("s2").receipt().intake_index(), 2);
  EXPECT_EQ(b_.take_in("s3").receipt().intake_index(), 3);
  EXPECT_EQ(a_.take_in("s3").receipt().intake_index(), 3);
  expect_same_folders(4);
}

// The server dies now and then while both work: what was answered is there, once.
TEST_F(SignersTest, AServerThatDiesLosesAndDoublesNothing) {
  std::atomic<bool> stop = false;
  std::array<std::map<std::string, std::uint64_t>, 2> intakes;
  const auto work = [&](const Gateway& gateway, std::size_t mine) {
    for (int i = 0; !stop; ++i) {
      const std::string id = std::to_string(mine) + "-" + std::to_string(i);
      v1::FrontGets gets = gateway.take_in(id);
      while (gets.has_refusal() && !stop) {
        EXPECT_FALSE(gets.refusal().final()) << gets.refusal().code();
        gets = gateway.take_in(id);
      }
      if (gets.has_receipt()) intakes.at(mine)[id] = gets.receipt().intake_index();
    }
  };
  {
    std::jthread first([&] { work(a_, 0); });
    std::jthread second([&] { work(b_, 1); });
    for (const int signal : {SIGQUIT, SIGINT, SIGQUIT}) {
      std::this_thread::sleep_for(300ms);
      postgres::TestServer::the().stop(signal);
      postgres::TestServer::the().start();
    }
    std::this_thread::sleep_for(300ms);
    stop = true;
  }
  const std::uint64_t size = a_.size();
  EXPECT_EQ(b_.size(), size);
  expect_same_folders(size);
  const auto all = entries(size);
  std::set<core::Bytes> taken;
  for (const report::LogEntry& entry : all) {
    const auto* one = std::get_if<report::IntakeEntry>(&entry);
    EXPECT_TRUE(one == nullptr || taken.insert(one->submission).second);
  }
  EXPECT_GT(intakes[0].size() + intakes[1].size(), 10);
  for (const auto& each : intakes) {
    for (const auto& [id, index] : each) {
      const auto* one = std::get_if<report::IntakeEntry>(&all.at(index));
      ASSERT_NE(one, nullptr);
      EXPECT_EQ(one->submission, crypto::sha256(core::as_bytes(id)));
    }
  }
}

// A column that one engine lacks is found before somebody asks for it.
TEST_F(SignersTest, BothEnginesHaveTheSameColumns) {
  auto file = sqlite::Database::open(folder_ / "log.db", layout()).value();
  sql::StatementCache in_file(file);
  std::set<std::string> here;
  const auto columns = in_file.all<std::string, std::string>(
      "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c"
      " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'");
  for (const auto& [table, column] : *columns) here.insert(table + "." + column);
  std::set<std::string> there;
  auto server = postgres::Database::open(database_.as("signer"), shared_layout()).value();
  sql::StatementCache on_server(server);
  const auto snapshot = sql::Snapshot::begin(server, {}).value();
  const auto others = on_server.all<std::string, std::string>(
      "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns"
      " WHERE table_schema = 'heyan_log' AND table_name <> 'layout'");
  for (const auto& [table, column] : *others) there.insert(table + "." + column);
  EXPECT_GT(here.size(), 30);
  EXPECT_EQ(here, there);
}

}  // namespace
}  // namespace heyan::signer
