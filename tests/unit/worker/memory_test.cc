// What ledgers showed before, as it comes into a report and out of one: security decision 22.
#include <gmock/gmock.h>

#include "tests/unit/worker/judging_fixture.h"
#include "verifier/report/payload.h"
#include "verifier/report/record_file.h"

namespace heyan::worker {
namespace {

std::vector<const v1::Finding*> memory_findings(const v1::Report& report, v1::Outcome outcome) {
  std::vector<const v1::Finding*> found;
  for (const v1::ItemReport& item : report.evidence()) {
    for (const v1::Finding& finding : item.findings()) {
      if (finding.check() == v1::CHECK_INC_2 && finding.outcome() == outcome)
        found.push_back(&finding);
    }
  }
  return found;
}

class MemoryTest : public JudgingTest {
 protected:
  // The block that the first report has at each height, or another one.
  v1::JudgeGets seen_before(const v1::LedgerRecall& asked, bool another) const {
    v1::JudgeGets gets;
    for (const v1::LedgerPosition& position : asked.positions()) {
      for (const v1::KeptCheckpoint& one : first_.seen()) {
        if (one.ledger() != position.ledger() || one.height() != position.height() ||
            one.origin() != position.origin())
          continue;
        v1::KeptCheckpoint& kept = *gets.add_checkpoints();
        kept = one;
        kept.set_seen_at_ms(1000);
        if (another) kept.set_hash(std::string(32, 'x'));
      }
    }
    return gets;
  }
  void again_as_version_2() {
    job_.set_version(2);
    job_.set_supersedes(first_.report_number());
  }
  v1::JudgeDone first_ = run();
};

TEST_F(MemoryTest, BlocksThatAQuorumSignedAreToBeKept) {
  ASSERT_GT(first_.seen_size(), 0);
  for (const v1::KeptCheckpoint& one : first_.seen()) {
    EXPECT_EQ(one.hash().size(), 32u);
    EXPECT_EQ(one.seen_at_ms(), 0);
  }
  EXPECT_THAT(memory_findings(first_.report(), v1::OUTCOME_PASS), testing::IsEmpty());
  EXPECT_GE(recalled_.positions_size(), first_.seen_size());
}

// That another case had the same block is not for the parties of this one.
TEST_F(MemoryTest, OfTheSameBlockNothingIsSaid) {
  again_as_version_2();
  remember_ = [this](const auto& asked) { return seen_before(asked, false); };
  const v1::JudgeDone done = run();
  ASSERT_FALSE(done.has_refusal()) << done.refusal().code();
  EXPECT_THAT(memory_findings(done.report(), v1::OUTCOME_PASS), testing::IsEmpty());
  EXPECT_THAT(memory_findings(done.report(), v1::OUTCOME_FAIL), testing::IsEmpty());
  const auto file = report::decode_record_file(core::as_bytes(record_), core::Limits{});
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->circumstances().checkpoints_size(), 0);
  EXPECT_EQ(done.report().verdict(), first_.report().verdict());
}

TEST_F(MemoryTest, AnotherBlockAtThatHeightLeavesItOpen) {
  again_as_version_2();
  remember_ = [this](const auto& asked) { return seen_before(asked, true); };
  const v1::JudgeDone done = run();
  ASSERT_FALSE(done.has_refusal()) << done.refusal().code();
  const auto forks = memory_findings(done.report(), v1::OUTCOME_FAIL);
  ASSERT_THAT(forks, testing::Not(testing::IsEmpty()));
  for (const v1::Finding* one : forks) EXPECT_EQ(one->code(), v1::REASON_CHAIN_FORK_DETECTED);
  for (const v1::ItemReport& item : done.report().evidence())
    EXPECT_NE(item.verdict(), v1::VERDICT_CONSISTENT);
  // The record has what was answered, and gives the same report again.
  const auto file = report::decode_record_file(core::as_bytes(record_), core::Limits{});
  ASSERT_TRUE(file.has_value());
  EXPECT_GT(file->circumstances().checkpoints_size(), 0);
  const auto judged = intake::judge_again(*file);
  ASSERT_TRUE(judged.has_value());
  EXPECT_EQ(report::encode_payload(judged->report), report::encode_payload(done.report()));
}

TEST_F(MemoryTest, AlsoWhereNothingElseIsToBeJudgedAgain) {
  again_as_version_2();
  nobody_looks_ = true;
  remember_ = [this](const auto& asked) { return seen_before(asked, true); };
  const v1::JudgeDone done = run();
  ASSERT_FALSE(done.has_refusal()) << done.refusal().code();
  EXPECT_THAT(memory_findings(done.report(), v1::OUTCOME_FAIL), testing::Not(testing::IsEmpty()));
}

TEST_F(MemoryTest, AConflictBelowLeavesItOpenToo) {
  again_as_version_2();
  const std::string ledger = first_.seen(0).ledger();
  remember_ = [&](const auto&) {
    v1::JudgeGets gets;
    for (const char hash : {'x', 'y'}) {
      v1::KeptCheckpoint& kept = *gets.add_checkpoints();
      kept.set_ledger(ledger);
      kept.set_origin(first_.seen(0).origin());
      kept.set_height(0);
      kept.set_hash(std::string(32, hash));
    }
    return gets;
  };
  const v1::JudgeDone done = run();
  ASSERT_FALSE(done.has_refusal()) << done.refusal().code();
  EXPECT_THAT(memory_findings(done.report(), v1::OUTCOME_FAIL), testing::Not(testing::IsEmpty()));
}

TEST_F(MemoryTest, AnswersThatWereNotAskedForAreNone) {
  again_as_version_2();
  const auto answer_with = [this](auto&& change) {
    remember_ = [this, change](const auto& asked) {
      v1::JudgeGets gets = seen_before(asked, false);
      change(gets);
      return gets;
    };
    const v1::JudgeDone done = run();
    return done.has_refusal() && !done.refusal().final();
  };
  EXPECT_TRUE(answer_with([](auto& gets) { gets.mutable_checkpoints(0)->set_ledger("other"); }));
  EXPECT_TRUE(answer_with([](auto& gets) { gets.mutable_checkpoints(0)->clear_hash(); }));
  EXPECT_TRUE(
      answer_with([](auto& gets) { gets.mutable_checkpoints(0)->set_hash(std::string(65, 'x')); }));
  EXPECT_TRUE(answer_with([](auto& gets) {
    for (const std::uint64_t height : {1'000'000u, 1'000'001u}) {
      v1::KeptCheckpoint more = gets.checkpoints(0);
      more.set_height(height);
      *gets.add_checkpoints() = more;
    }
  }));
  EXPECT_TRUE(answer_with([](auto& gets) {
    for (int i = 0; i < 70; ++i) {
      v1::KeptCheckpoint more = gets.checkpoints(0);
      more.set_hash(std::string(32, static_cast<char>(i)));
      *gets.add_checkpoints() = more;
    }
  }));
  EXPECT_FALSE(answer_with([](auto&) {}));
}

// The sample case has a log, too: its head is kept as a block is.
TEST_F(MemoryTest, HeadsOfLogsAreKept) {
  const auto log = std::ranges::find_if(
      first_.seen(), [](const v1::KeptCheckpoint& one) { return !one.origin().empty(); });
  ASSERT_NE(log, first_.seen().end());
  EXPECT_EQ(log->ledger(), "evidence-log");
  EXPECT_GT(log->height(), 0u);
  const auto asked = std::ranges::find_if(recalled_.positions(), [&](const auto& position) {
    return position.origin() == log->origin() && position.height() == log->height();
  });
  EXPECT_NE(asked, recalled_.positions().end());
}

TEST_F(MemoryTest, ARulingSettlesAConflict) {
  again_as_version_2();
  remember_ = [this](const auto& asked) { return seen_before(asked, true); };
  const v1::KeptCheckpoint& block = first_.seen(0);
  const auto entry =
      std::ranges::find(trust_.list.ledgers, block.ledger(), &trust::LedgerEntry::id);
  ASSERT_NE(entry, trust_.list.ledgers.end());
  entry->rulings = {{.document = "No. 1",
                     .origin = block.origin(),
                     .height = block.height(),
                     .resumes = block.height() + 1,
                     .stands = {block.hash()}}};
  const v1::JudgeDone done = run();
  ASSERT_FALSE(done.has_refusal()) << done.refusal().code();
  const auto from = std::ranges::count_if(recalled_.contested_from(), [&](const auto& position) {
    return position.ledger() == block.ledger() && position.origin() == block.origin();
  });
  EXPECT_EQ(from, 2);  // its beginning, and where the ruling ends
  bool ruled = false;
  for (const v1::Finding* one : memory_findings(done.report(), v1::OUTCOME_NOT_APPLICABLE))
    ruled |= one->code() == v1::REASON_CHAIN_FORK_RULED;
  EXPECT_TRUE(ruled);
}

TEST_F(MemoryTest, ConflictsAreToldOnceForEachBeginning) {
  again_as_version_2();
  const v1::KeptCheckpoint& block = first_.seen(0);
  const auto with_conflicts_at = [&](std::vector<std::uint64_t> heights) {
    remember_ = [&block, heights](const auto&) {
      v1::JudgeGets gets;
      for (const std::uint64_t height : heights) {
        v1::KeptCheckpoint& kept = *gets.add_checkpoints();
        kept = block;
        kept.set_height(height);
      }
      return gets;
    };
    return !run().has_refusal();
  };
  EXPECT_FALSE(with_conflicts_at({1'000'000, 1'000'001}));
  const auto entry =
      std::ranges::find(trust_.list.ledgers, block.ledger(), &trust::LedgerEntry::id);
  entry->rulings = {{.document = "No. 1",
                     .origin = block.origin(),
                     .height = 0,
                     .resumes = 1'000'001,
                     .stands = {block.hash()}}};
  EXPECT_FALSE(with_conflicts_at({1'000'000, 999'999}));
  EXPECT_TRUE(with_conflicts_at({1'000'000, 1'000'001}));
}

TEST_F(MemoryTest, ADayIsToldSinceWhenLedgersAreWatched) {
  again_as_version_2();
  ASSERT_GT(watched_.ledgers_size(), 1);
  for (const std::string& ledger : watched_.ledgers()) {
    v1::WatchedLedger& one = *watch_since_.add_watched();
    one.set_ledger(ledger);
    one.set_since_ms(86'400'000 + 1);
  }
  const v1::JudgeDone done = run();
  ASSERT_FALSE(done.has_refusal()) << done.refusal().code();
  int told = 0;
  for (const v1::Finding* one : memory_findings(done.report(), v1::OUTCOME_NOT_APPLICABLE)) {
    for (const v1::Param& param : one->params()) {
      EXPECT_EQ(param.name(), "watched_since");
      EXPECT_EQ(param.value(), "1970-01-02");
      ++told;
    }
  }
  EXPECT_GT(told, 0);
  EXPECT_EQ(done.report().verdict(), first_.report().verdict());
  const auto file = report::decode_record_file(core::as_bytes(record_), core::Limits{});
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->circumstances().watched(0).since_ms(), 86'400'000);
  const auto judged = intake::judge_again(*file);
  ASSERT_TRUE(judged.has_value());
  EXPECT_EQ(report::encode_payload(judged->report), report::encode_payload(done.report()));
}

TEST_F(MemoryTest, LedgersThatWereNotAskedAboutAreNotWatched) {
  again_as_version_2();
  const std::string last = watched_.ledgers(watched_.ledgers_size() - 1);
  const auto answer_with = [this](const std::vector<std::string>& ledgers, std::int64_t since_ms) {
    watch_since_.Clear();
    for (const std::string& ledger : ledgers) {
      watch_since_.add_watched()->set_ledger(ledger);
      watch_since_.mutable_watched(watch_since_.watched_size() - 1)->set_since_ms(since_ms);
    }
    return !run().has_refusal();
  };
  EXPECT_FALSE(answer_with({"other"}, 1000));
  EXPECT_FALSE(answer_with({last, last}, 1000));
  EXPECT_FALSE(answer_with({last, watched_.ledgers(0)}, 1000));
  EXPECT_FALSE(answer_with({last}, -1));
  EXPECT_TRUE(answer_with({last}, 1000));
}

}  // namespace
}  // namespace heyan::worker
