// What ledgers showed, between judges and the store: told, kept, and what costs a judge its
// attempt.
#include "tests/unit/service/dispatcher_fixture.h"

namespace heyan::service {
namespace {

// What one judge saw, the next one is told; and only what it asks about.
TEST_F(DispatcherTest, AJudgeIsToldWhatLedgersShowedBefore) {
  const auto seen = [](const std::string& ledger, std::uint64_t height, char hash) {
    v1::KeptCheckpoint one;
    one.set_ledger(ledger);
    one.set_height(height);
    one.set_hash(std::string(32, hash));
    return one;
  };
  const auto recall = [](ipc::Channel& channel, const std::string& ledger, std::uint64_t height) {
    v1::JudgeAsks ask;
    v1::LedgerPosition& position = *ask.mutable_recall()->add_positions();
    position.set_ledger(ledger);
    position.set_height(height);
    ask.mutable_recall()->add_contested_from()->set_ledger(ledger);
    EXPECT_TRUE(channel.send(MessageType::kJudgeAsks, ask).has_value());
    const auto gets = channel.receive<v1::JudgeGets>(MessageType::kJudgeGets);
    return gets ? gets->checkpoints_size() : -1;
  };
  const auto tell_conflict = [](v1::ItemReport& item) {
    item.set_verdict(v1::VERDICT_INCONCLUSIVE);
    item.add_attestations()->set_ledger("fab");
    v1::Finding& finding = *item.add_findings();
    finding.set_check(v1::CHECK_INC_2);
    finding.set_code(v1::REASON_CHAIN_FORK_DETECTED);
    finding.mutable_subject()->set_attestation(0);
  };
  std::vector<int> told;
  run(
      [&](ipc::Channel channel, const v1::JudgeJob&) {
        told.push_back(recall(channel, "fab", 7));
        v1::JudgeAsks last;
        v1::JudgeDone& done = *last.mutable_done();
        done.set_report_number("HY-1");
        done.set_envelope("envelope");
        done.set_record_sha256(std::string(32, 'r'));
        done.mutable_report()->set_as_of_ms(5000);
        done.mutable_report()->set_verdict(v1::SUBMISSION_VERDICT_INCOMPLETE);
        tell_conflict(*done.mutable_report()->add_evidence());
        *done.add_seen() = seen("fab", 7, 'a');
        *done.add_seen() = seen("fab", 3, 'b');
        *done.add_seen() = seen("fab", 3, 'c');
        static_cast<void>(channel.send(MessageType::kJudgeAsks, last));
      },
      1);
  ASSERT_TRUE(store_->reverify("one", now_).has_value());
  run(
      [&](ipc::Channel channel, const v1::JudgeJob&) {
        told.push_back(recall(channel, "fab", 7));    // and the two at 3
        told.push_back(recall(channel, "fab", 8));    // those two alone
        told.push_back(recall(channel, "other", 7));  // nothing
        static_cast<void>(channel.send(MessageType::kJudgeAsks, refusal("channel-lost", false)));
      },
      1);
  ASSERT_GE(told.size(), 4u);
  told.resize(4);
  EXPECT_THAT(told, testing::ElementsAre(0, 3, 2, 0));
}

// Judged at one time with the case that showed another block: as its report does not tell of the
// conflict, another one follows.
TEST_F(DispatcherTest, AReportThatMissedAConflictIsFollowedByAnother) {
  std::vector<std::uint32_t> versions;
  run(
      [&](ipc::Channel channel, const v1::JudgeJob& job) {
        versions.push_back(job.version());
        v1::JudgeAsks last;
        v1::JudgeDone& done = *last.mutable_done();
        done.set_report_number("HY-" + std::to_string(job.version()));
        done.set_envelope("envelope");
        done.set_record_sha256(std::string(32, 'r'));
        done.mutable_report()->set_verdict(v1::SUBMISSION_VERDICT_INCOMPLETE);
        for (const char hash : {'a', 'b'}) {
          v1::KeptCheckpoint& one = *done.add_seen();
          one.set_ledger("fab");
          one.set_origin("log.example");
          one.set_height(7);
          one.set_hash(std::string(32, hash));
        }
        static_cast<void>(channel.send(MessageType::kJudgeAsks, last));
      },
      2);
  EXPECT_THAT(versions, testing::ElementsAre(1u, 2u));
  EXPECT_EQ(found().state, store::State::kDone);
}

TEST_F(DispatcherTest, AJudgeIsToldSinceWhenLedgersAreWatched) {
  std::vector<std::int64_t> since;
  const auto ask_since = [&since](ipc::Channel& channel, const std::vector<std::string>& ledgers) {
    v1::JudgeAsks ask;
    for (const std::string& ledger : ledgers) ask.mutable_watch()->add_ledgers(ledger);
    static_cast<void>(channel.send(MessageType::kJudgeAsks, ask));
    const auto gets = channel.receive<v1::JudgeGets>(MessageType::kJudgeGets);
    for (const v1::WatchedLedger& one : gets ? gets->watched() : v1::JudgeGets().watched())
      since.push_back(one.since_ms());
    static_cast<void>(channel.send(MessageType::kJudgeAsks, refusal("channel-lost", false)));
  };
  run([&](ipc::Channel channel, const v1::JudgeJob&) { ask_since(channel, {"fab"}); }, 1);
  ASSERT_GE(since.size(), 1u);
  const std::int64_t first = since[0];
  EXPECT_GT(first, 1'000'000);
  since.clear();
  run([&](ipc::Channel channel, const v1::JudgeJob&) { ask_since(channel, {"fab", "log"}); }, 1);
  ASSERT_GE(since.size(), 2u);
  EXPECT_EQ(since[0], first);
  EXPECT_GT(since[1], first);
}

TEST_F(DispatcherTest, OfALedgerThatIsWatchedFromTomorrowOnNothingIsSaid) {
  constexpr std::int64_t kTomorrow = std::int64_t{1} << 50;
  ASSERT_TRUE(store_->watch_ledgers({"fab"}, kTomorrow).has_value());
  std::vector<std::string> told;
  run(
      [&](ipc::Channel channel, const v1::JudgeJob&) {
        v1::JudgeAsks ask;
        for (const char* ledger : {"fab", "log"}) ask.mutable_watch()->add_ledgers(ledger);
        static_cast<void>(channel.send(MessageType::kJudgeAsks, ask));
        const auto gets = channel.receive<v1::JudgeGets>(MessageType::kJudgeGets);
        for (const v1::WatchedLedger& one : gets ? gets->watched() : v1::JudgeGets().watched())
          told.push_back(one.ledger());
        static_cast<void>(channel.send(MessageType::kJudgeAsks, refusal("channel-lost", false)));
      },
      1);
  ASSERT_FALSE(told.empty());
  EXPECT_THAT(told, testing::Each("log"));
}

TEST_F(DispatcherTest, AJudgeThatNamesNoLedgersCostsAnAttempt) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{129}}) {
    const auto blames = run(
        [&](ipc::Channel channel, const v1::JudgeJob&) {
          v1::JudgeAsks ask;
          ask.mutable_watch()->add_ledgers(std::string(size, 'x'));
          static_cast<void>(channel.send(MessageType::kJudgeAsks, ask));
        },
        1);
    EXPECT_THAT(blames, testing::Each(Blame::kJudge));
  }
}

TEST_F(DispatcherTest, AJudgeThatSawWhatNoBlockIsCostsAnAttempt) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{65}}) {
    const auto blames = run(
        [&](ipc::Channel channel, const v1::JudgeJob&) {
          v1::JudgeAsks last;
          v1::JudgeDone& done = *last.mutable_done();
          done.set_report_number("HY-1");
          done.set_envelope("envelope");
          done.set_record_sha256(std::string(32, 'r'));
          done.mutable_report()->set_verdict(v1::SUBMISSION_VERDICT_INCOMPLETE);
          done.add_seen()->set_hash(std::string(size, 'x'));
          done.mutable_seen(0)->set_ledger("fab");
          static_cast<void>(channel.send(MessageType::kJudgeAsks, last));
        },
        2);
    EXPECT_GE(blames.size(), 2u);
    EXPECT_THAT(blames, testing::Each(Blame::kJudge)) << size;
  }
}

}  // namespace
}  // namespace heyan::service
