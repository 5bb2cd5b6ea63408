// Several processes that continue one log, in turns: security decision 16.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>
#include <thread>

#include "gateway/report_log/publish.h"
#include "tests/unit/report_log/log_fixture.h"
#include "tests/unit/report_log/on_server/place.h"
#include "verifier/crypto/signature.h"

namespace heyan::report_log {
namespace {

using core::Bytes;
using core::ErrorCode;

// What each process has of its own.
struct Process {
  explicit Process(const Place& place)
      : database(place.connect()), log(ReportLog::open(*database).value()) {}

  core::Result<Head> append(const Bytes& entry, const std::optional<Head>& expected = {}) {
    HEYAN_TRY(auto transaction, sql::Transaction::begin(*database));
    HEYAN_TRY(others_were_here, log->take_turn(transaction));
    HEYAN_TRY(const Head now, log->head());
    HEYAN_TRY(const Head next, log->append(transaction, expected.value_or(now), {&entry, 1}));
    HEYAN_CHECK_OK(transaction.commit());
    return next;
  }
  core::Result<Head> sign() {
    HEYAN_TRY(auto transaction, sql::Transaction::begin(*database));
    HEYAN_TRY(others_were_here, log->take_turn(transaction));
    HEYAN_TRY(const Head now, log->head());
    HEYAN_CHECK_OK(log->store_checkpoint(transaction, now, LogNote::of(now)));
    HEYAN_CHECK_OK(transaction.commit());
    return now;
  }
  Head head() const {
    const auto reading = log->begin_reading().value();
    return log->head().value();
  }

  struct LogNote : LogTest {
    static std::string of(const Head& head) { return note_of(head); }
    void TestBody() override {}
  };

  std::unique_ptr<sql::Database> database;
  std::unique_ptr<ReportLog> log;
  bool others_were_here = false;
};

class TurnsTest : public testing::Test {
 protected:
  std::unique_ptr<Place> place_ = new_place();
  os::TemporaryFolder folder_;
  Process a_{*place_};
  Process b_{*place_};

  // As whoever owns the tables: the log is what it was after its first entries.
  void set_back(std::uint64_t size) {
    const auto reading = a_.log->begin_reading().value();
    const std::string root = core::to_hex(a_.log->root(size).value());
    const std::string n = std::to_string(size);
    ASSERT_TRUE(place_
                    ->execute("DELETE FROM log_entries WHERE idx >= " + n +
                              "; DELETE FROM log_hashes WHERE ((idx + 1) << level::int) > " + n +
                              "; UPDATE log_head SET size = " + n + ", root = '\\x" + root + "'")
                    .has_value());
  }
};

TEST_F(TurnsTest, EachTakesTheEpochWhenItIsItsTurn) {
  EXPECT_EQ(a_.append(entry_of(0)).value().size, 1);
  EXPECT_TRUE(a_.others_were_here);  // who opened it after this one
  EXPECT_EQ(a_.append(entry_of(1)).value().size, 2);
  EXPECT_FALSE(a_.others_were_here);
  EXPECT_EQ(b_.append(entry_of(2)).value().size, 3);
  EXPECT_TRUE(b_.others_were_here);
  const Head last = a_.append(entry_of(3)).value();
  EXPECT_TRUE(a_.others_were_here);
  EXPECT_EQ(last.size, 4);
  EXPECT_EQ(b_.head(), last);
}

TEST_F(TurnsTest, WhatWasBegunFromAnotherHeadIsRefusedAndBegunAgain) {
  const Head before = a_.append(entry_of(0)).value();
  const Head between = b_.append(entry_of(1)).value();
  EXPECT_EQ(a_.append(entry_of(2), before).error().code, ErrorCode::kChanged);
  EXPECT_EQ(a_.head(), between);
  EXPECT_EQ(a_.append(entry_of(2)).value().size, 3);
  Head wrong = a_.head();
  wrong.root[0] ^= 1;
  EXPECT_EQ(a_.append(entry_of(3), wrong).error().code, ErrorCode::kChanged);
}

TEST_F(TurnsTest, NobodyAppendsOrSignsOutOfTurn) {
  a_.append(entry_of(0)).value();
  auto transaction = sql::Transaction::begin(*b_.database).value();
  const Head head = b_.log->head().value();
  const Bytes entry = entry_of(1);
  EXPECT_EQ(b_.log->append(transaction, head, {&entry, 1}).error().code, ErrorCode::kChanged);
  EXPECT_EQ(b_.log->store_checkpoint(transaction, head, Process::LogNote::of(head)).error().code,
            ErrorCode::kChanged);
}

// The epoch of a turn that was undone is another's, who does not make this one miss its turn.
TEST_F(TurnsTest, ATurnThatWasUndoneIsTakenAgain) {
  a_.append(entry_of(0)).value();
  b_.append(entry_of(1)).value();
  {
    auto undone = sql::Transaction::begin(*a_.database).value();
    EXPECT_TRUE(a_.log->take_turn(undone).value());
    const Bytes entry = entry_of(77);
    EXPECT_TRUE(a_.log->append(undone, a_.log->head().value(), {&entry, 1}).has_value());
  }
  EXPECT_EQ(b_.append(entry_of(2)).value().size, 3);
  Process c(*place_);
  EXPECT_EQ(c.append(entry_of(3)).value().size, 4);
  EXPECT_EQ(a_.append(entry_of(4)).value().size, 5);
  EXPECT_TRUE(a_.others_were_here);
  const auto reading = b_.log->begin_reading().value();
  for (std::uint64_t i = 0; i < 5; ++i) EXPECT_EQ(b_.log->entry(i).value(), entry_of(i));
}

TEST_F(TurnsTest, ALogThatWasSetBackIsNotContinued) {
  for (std::uint64_t i = 0; i < 40; ++i) (i % 3 == 0 ? a_ : b_).append(entry_of(i)).value();
  EXPECT_EQ(a_.head().size, 40);
  set_back(36);
  EXPECT_EQ(a_.append(entry_of(36)).error().code, ErrorCode::kInternal);
  EXPECT_EQ(a_.log->begin_reading().error().code, ErrorCode::kInternal);
  EXPECT_EQ(a_.append(entry_of(36)).error().code, ErrorCode::kInternal) << "nor the next time";
  // Whoever starts now has seen nothing, and goes on from there: but not before who has.
  Process later(*place_);
  for (std::uint64_t i = 36; i < 44; ++i) later.append(entry_of(i + 100)).value();
  EXPECT_EQ(a_.append(entry_of(44)).error().code, ErrorCode::kInternal);
  EXPECT_EQ(a_.log->begin_reading().error().code, ErrorCode::kInternal);
}

TEST_F(TurnsTest, HashesThatDoNotLeadToTheRootAreNotContinued) {
  for (std::uint64_t i = 0; i < 5; ++i) b_.append(entry_of(i)).value();
  ASSERT_TRUE(place_
                  ->execute("UPDATE log_hashes SET hash = (SELECT hash FROM log_hashes"
                            " WHERE level = 0 AND idx = 0) WHERE level = 0 AND idx = 4")
                  .has_value());
  EXPECT_EQ(a_.append(entry_of(5)).error().code, ErrorCode::kInternal);
}

// A process that dies in the midst of its turn.
TEST_F(TurnsTest, WhatWasNotCommittedIsNotThere) {
  const Head before = a_.append(entry_of(0)).value();
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe(pipe.data()), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const Process dying(*place_);
    auto transaction = sql::Transaction::begin(*dying.database).value();
    const bool turn = dying.log->take_turn(transaction).has_value();
    const Bytes entry = entry_of(66);
    const bool appended =
        turn && dying.log->append(transaction, dying.log->head().value(), {&entry, 1}).has_value();
    if (::write(pipe[1], &appended, sizeof appended) != sizeof appended) ::_exit(1);
    while (true) ::pause();
  }
  bool appended = false;
  ASSERT_EQ(::read(pipe[0], &appended, sizeof appended), sizeof appended);
  EXPECT_TRUE(appended);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ::close(pipe[0]);
  ::close(pipe[1]);
  EXPECT_EQ(a_.head().root, before.root);
  EXPECT_EQ(a_.append(entry_of(1)).value().size, 2);  // once the server noticed
  const auto reading = a_.log->begin_reading().value();
  EXPECT_EQ(a_.log->entry(1).value(), entry_of(1));
}

// Hundreds of entries by two at a time: one chain, each entry once, and both folders the same.
TEST_F(TurnsTest, ManyAtATimeMakeOneChain) {
  constexpr std::uint64_t kEach = 200;
  std::array<std::vector<Head>, 2> signed_heads;
  const auto work = [&](Process& process, std::size_t mine) {
    TilePublisher publisher(*process.log, folder_ / std::to_string(mine));
    for (std::uint64_t i = 0; i < kEach; ++i) {
      std::vector<Head>& heads = signed_heads.at(mine);
      // Now and then from a head that may be old by now.
      const auto expected = i % 4 == 0 ? std::optional(process.head()) : std::nullopt;
      const Bytes entry = entry_of(mine * 1000 + i);
      auto appended = process.append(entry, expected);
      if (!appended) {
        EXPECT_EQ(appended.error().code, ErrorCode::kChanged);
        appended = process.append(entry);
      }
      ASSERT_TRUE(appended.has_value()) << appended.error().text;
      const auto head = process.sign();
      ASSERT_TRUE(head.has_value()) << head.error().text;
      EXPECT_GE(head->size, appended->size);
      heads.push_back(*head);
      const auto published = publisher.publish();
      ASSERT_TRUE(published.has_value()) << published.error().text;
    }
  };
  std::jthread other([&] { work(b_, 1); });
  work(a_, 0);
  other.join();

  const auto reading = a_.log->begin_reading().value();
  const Head end = a_.log->head().value();
  ASSERT_EQ(end.size, 2 * kEach);
  std::set<Bytes> entries;
  for (std::uint64_t i = 0; i < end.size; ++i) entries.insert(a_.log->entry(i).value());
  for (std::uint64_t i = 0; i < kEach; ++i) {
    EXPECT_TRUE(entries.contains(entry_of(i)) && entries.contains(entry_of(1000 + i))) << i;
  }
  std::map<std::uint64_t, transparency::TreeHash> chain;
  for (const auto& heads : signed_heads) {
    for (const Head& head : heads) {
      const auto [at, fresh] = chain.emplace(head.size, head.root);
      EXPECT_TRUE(fresh || at->second == head.root) << head.size;
    }
  }
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  for (auto at = chain.begin(); std::next(at) != chain.end(); ++at) {
    const auto next = std::next(at);
    const auto proof = a_.log->consistency_proof(at->first, next->first).value();
    EXPECT_TRUE(transparency::verify_consistency(at->first, at->second, next->first, next->second,
                                                 proof, checker));
  }
}

TEST_F(TurnsTest, BothFoldersAreThoseOfTheLog) {
  TilePublisher first(*a_.log, folder_ / "0");
  TilePublisher second(*b_.log, folder_ / "1");
  for (std::uint64_t i = 0; i < 300; ++i) {
    (i % 2 == 0 ? a_ : b_).append(entry_of(i)).value();
    if (i % 50 != 49) continue;
    (i % 4 == 1 ? b_ : a_).sign().value();
    ASSERT_TRUE(first.publish().has_value());
  }
  ASSERT_TRUE(second.publish().has_value());
  std::size_t compared = 0;
  const auto expect_same = [&](const std::string& name) {
    EXPECT_EQ(os::content_of(folder_ / "0" / name), os::content_of(folder_ / "1" / name)) << name;
    ++compared;
  };
  for (const transparency::Tile& tile : transparency::changed_tiles(0, 300)) {
    expect_same(transparency::tile_path(tile));
    if (tile.level == 0) expect_same(transparency::entry_bundle_path(tile.index, tile.width));
  }
  expect_same("checkpoint");
  EXPECT_EQ(compared, 6);
}

}  // namespace
}  // namespace heyan::report_log
