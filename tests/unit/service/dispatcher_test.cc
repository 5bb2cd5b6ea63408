// Whose failure costs a submission an attempt, and whose does not.
#include "gateway/service/judge_said.h"
#include "gateway/sqlite/database.h"
#include "gateway/store/schema.h"
#include "tests/unit/service/dispatcher_fixture.h"

namespace heyan::service {
namespace {

TEST_F(DispatcherTest, AJudgeThatDiesCostsAnAttempt) {
  const auto blames = run(
      [](ipc::Channel channel, const v1::JudgeJob&) {
        static_cast<void>(channel.send(MessageType::kJudgeAsks, refusal("judge-lost", false)));
      },
      5);
  ASSERT_GE(give_ups_.size(), 5u);
  EXPECT_THAT(std::vector<bool>(give_ups_.begin(), give_ups_.begin() + 5),
              testing::ElementsAre(false, false, false, true, true));
  EXPECT_THAT(blames, testing::Each(Blame::kJudge));
}

// Judges that are stopped, killed because of another, or never begun: their parent tells of those
// that died of the case.
TEST_F(DispatcherTest, OneThatEndsWithoutAWordCostsNothing) {
  const auto blames = run([](ipc::Channel, const v1::JudgeJob&) {}, 5);
  EXPECT_GE(blames.size(), 5u);
  EXPECT_THAT(blames, testing::Each(Blame::kOurs));
  EXPECT_THAT(give_ups_, testing::Each(false));
  EXPECT_EQ(attempts(), 0u);
}

// It asked, and died: what the parent said of it lies behind the question.
TEST_F(DispatcherTest, TheLastWordIsHeardAlthoughNobodyListensAnyMore) {
  for (const bool told : {true, false}) {
    const auto blames = run(
        [told](ipc::Channel channel, const v1::JudgeJob&) {
          v1::JudgeAsks ask;
          for (std::uint32_t i = 0; i < 3; ++i) {
            ask.set_open_file(i);
            static_cast<void>(channel.send(MessageType::kJudgeAsks, ask));
          }
          if (!told) return;
          static_cast<void>(channel.send(MessageType::kJudgeAsks, refusal("judge-lost", false)));
        },
        4);
    EXPECT_GE(blames.size(), 4u);
    EXPECT_THAT(blames, testing::Each(told ? Blame::kJudge : Blame::kOurs));
  }
}

TEST_F(DispatcherTest, SoDoesOneThatSaysWhatItMustNot) {
  const auto blames = run(
      [](ipc::Channel channel, const v1::JudgeJob&) {
        static_cast<void>(channel.send(MessageType::kJudgeAsks, v1::JudgeAsks()));
      },
      4);
  EXPECT_THAT(blames, testing::Each(Blame::kJudge));
  EXPECT_GE(attempts(), 4u);
}

TEST_F(DispatcherTest, SoDoesAReportWithoutAVerdictOrWithOneThatThereIsNot) {
  std::vector<v1::Report> reports(4);
  reports[1].set_verdict(static_cast<v1::SubmissionVerdict>(99));
  reports[2].set_verdict(v1::SUBMISSION_VERDICT_INCOMPLETE);
  reports[2].add_evidence();
  reports[3].set_verdict(v1::SUBMISSION_VERDICT_INCOMPLETE);
  reports[3].add_evidence()->set_verdict(static_cast<v1::Verdict>(99));
  std::size_t next = 0;
  const auto blames = run(
      [&](ipc::Channel channel, const v1::JudgeJob&) {
        v1::JudgeAsks last;
        last.mutable_done()->set_report_number("HY-1");
        last.mutable_done()->set_envelope("envelope");
        last.mutable_done()->set_record_sha256(std::string(32, 'r'));
        *last.mutable_done()->mutable_report() = reports[next++ % reports.size()];
        static_cast<void>(channel.send(MessageType::kJudgeAsks, last));
      },
      4);
  EXPECT_GE(blames.size(), 4u);
  EXPECT_THAT(blames, testing::Each(Blame::kJudge));
}

// The store takes no such text, and would be asked to for ever, by a thread that does nothing else.
TEST_F(DispatcherTest, SoDoesARefusalThatIsNoWord) {
  const std::vector<std::string> codes = {"",     std::string("case\0malformed", 14),
                                          "Case", "case malformed",
                                          "核验", std::string(65, 'x')};
  for (const std::string& code : codes) {
    const auto blames = run(
        [&](ipc::Channel channel, const v1::JudgeJob&) {
          static_cast<void>(channel.send(MessageType::kJudgeAsks, refusal(code, true)));
        },
        2);
    EXPECT_GE(blames.size(), 2u) << code;
    EXPECT_THAT(blames, testing::Each(Blame::kJudge)) << code;
    EXPECT_EQ(found().state, store::State::kQueued) << code;
  }
}

// Nor does it take any of these, and the case would wait for a store that has nothing.
TEST_F(DispatcherTest, SoDoesAReportThatTheStoreCannotHold) {
  const std::string nul("a\0b", 3);
  v1::JudgeDone sound;
  sound.set_report_number("HY-1");
  sound.set_envelope("envelope");
  sound.set_record_sha256(std::string(32, 'r'));
  sound.mutable_report()->set_verdict(v1::SUBMISSION_VERDICT_INCOMPLETE);
  sound.mutable_report()->add_evidence()->set_verdict(v1::VERDICT_INCONCLUSIVE);
  sound.mutable_report()->mutable_evidence(0)->add_attestations()->set_ledger("fab");
  sound.add_seen()->set_ledger("fab");
  sound.mutable_seen(0)->set_hash(std::string(32, 'h'));
  EXPECT_TRUE(can_be_kept(sound));
  std::vector<v1::JudgeDone> wrong(9, sound);
  wrong[0].set_report_number(nul);
  wrong[1].set_report_number(std::string(65, 'x'));
  wrong[2].clear_envelope();
  wrong[3].set_record_sha256("short");
  wrong[4].mutable_seen(0)->set_ledger(nul);
  wrong[5].mutable_seen(0)->set_origin(nul);
  *wrong[6].add_observed() = wrong[4].seen(0);
  wrong[6].mutable_seen(0)->set_origin(std::string(1025, 'x'));
  wrong[7].mutable_report()->mutable_evidence(0)->mutable_attestations(0)->set_ledger(
      std::string(1025, 'x'));
  wrong[8].mutable_report()->mutable_evidence(0)->mutable_attestations(0)->set_format(nul);
  for (const v1::JudgeDone& done : wrong) EXPECT_FALSE(can_be_kept(done)) << done.DebugString();
  std::atomic<std::size_t> next = 0;
  const auto blames = run(
      [&](ipc::Channel channel, const v1::JudgeJob&) {
        v1::JudgeAsks last;
        *last.mutable_done() = wrong[next++ % wrong.size()];
        static_cast<void>(channel.send(MessageType::kJudgeAsks, last));
      },
      9);
  EXPECT_GE(blames.size(), 9u);
  EXPECT_THAT(blames, testing::Each(Blame::kJudge));
}

TEST_F(DispatcherTest, SoDoesOneThatAsksAboutWhatNoLedgerIs) {
  std::vector<v1::JudgeAsks> asks(4);
  asks[0].mutable_recall()->add_positions();
  asks[1].mutable_recall()->add_contested_from()->set_ledger(std::string("a\0b", 3));
  asks[2].mutable_watch()->add_ledgers(std::string("a\0b", 3));
  asks[3].mutable_record_end();  // of no record
  std::atomic<std::size_t> next = 0;
  const auto blames = run(
      [&](ipc::Channel channel, const v1::JudgeJob&) {
        static_cast<void>(channel.send(MessageType::kJudgeAsks, asks[next++ % asks.size()]));
        static_cast<void>(channel.receive());
      },
      4);
  EXPECT_GE(blames.size(), 4u);
  EXPECT_THAT(blames, testing::Each(Blame::kJudge));
}

TEST_F(DispatcherTest, FailuresOfOurOwnCostNothingHoweverMany) {
  for (const char* code : {"channel-lost", "storage-failed", "io", "changed"}) {
    const auto blames = run(
        [code](ipc::Channel channel, const v1::JudgeJob&) {
          static_cast<void>(channel.send(MessageType::kJudgeAsks, refusal(code, false)));
        },
        6);
    EXPECT_GE(blames.size(), 6u) << code;
    EXPECT_THAT(blames, testing::Each(Blame::kOurs)) << code;
  }
  EXPECT_THAT(give_ups_, testing::Each(false));
  EXPECT_EQ(found().state, store::State::kQueued);
  EXPECT_EQ(attempts(), 0u);
}

// Without boxes, and for a file that there is not, a judge is told that nobody looked.
TEST_F(DispatcherTest, AJudgeThatAsksForALookIsAnswered) {
  std::vector<bool> looked;
  const auto blames = run(
      [&](ipc::Channel channel, const v1::JudgeJob&) {
        for (const std::uint32_t file : {0u, 7u}) {
          v1::JudgeAsks ask;
          ask.mutable_look_into()->set_file(file);
          static_cast<void>(channel.send(MessageType::kJudgeAsks, ask));
          const auto gets = channel.receive<v1::JudgeGets>(MessageType::kJudgeGets);
          looked.push_back(!gets || gets->has_contents());
        }
        static_cast<void>(channel.send(MessageType::kJudgeAsks, refusal("channel-lost", false)));
      },
      1);
  ASSERT_GE(looked.size(), 2u);
  EXPECT_FALSE(looked[0] || looked[1]);
  EXPECT_THAT(blames, testing::Each(Blame::kOurs));
}

TEST_F(DispatcherTest, JudgesThatAreAwayCostNothing) {
  std::vector<Blame> blames;
  {
    ipc::Pair pair = pair_or_die();
    pair.b.reset();
    ipc::Doors doors(std::move(pair.a), 64);
    std::atomic<int> ended = 0;
    Dispatcher dispatcher({.at_once = 1,
                           .staging = folder_ / "staging",
                           .now_ms = [this] { return now_ += 100'000; },
                           .on_ended =
                               [&](const auto&, const auto& judged, auto) {
                                 blames.push_back(judged.error().blame);
                                 ++ended;
                               }},
                          *store_, *vault_, doors);
    for (int i = 0; i < 200 && ended < 5; ++i) {
      dispatcher.wake();
      std::this_thread::sleep_for(20ms);
    }
  }
  EXPECT_GE(blames.size(), 5u);
  EXPECT_THAT(blames, testing::Each(Blame::kOurs));
  EXPECT_EQ(attempts(), 0u);
}

TEST_F(DispatcherTest, AFileThatIsLostIsNamedByItsDigest) {
  for (const char* code : {"storage-failed", "channel-lost"}) {
    run(
        [&](ipc::Channel channel, const v1::JudgeJob&) {
          v1::JudgeAsks ask;
          ask.set_open_file(0);
          static_cast<void>(channel.send(MessageType::kJudgeAsks, ask));
          static_cast<void>(channel.receive<v1::JudgeGets>(MessageType::kJudgeGets));
          static_cast<void>(channel.send(MessageType::kJudgeAsks, refusal(code, false)));
        },
        1);
    ASSERT_FALSE(files_.empty());
    const bool why = std::string_view(code) == "storage-failed";
    EXPECT_THAT(files_, testing::Each(why ? core::to_hex(core::Bytes(32, 1)) : std::string()))
        << code;
    files_.clear();
  }
}

// Each attempt reads the case anew.
TEST_F(DispatcherTest, WhatFailsByOurFaultForLongWaitsLonger) {
  OtherSide side([](ipc::Channel channel) {
    static_cast<void>(channel.receive<v1::JudgeJob>(MessageType::kJudgeJob));
    static_cast<void>(channel.send(MessageType::kJudgeAsks, refusal("storage-failed", false)));
  });
  std::atomic<std::chrono::minutes> lasted = 0min;
  const auto start = std::chrono::steady_clock::now();
  std::atomic<int> ended = 0;
  ipc::Doors doors(side.front(), ipc::kJudgeFrameBytes);
  Dispatcher dispatcher({.at_once = 1,
                         .staging = folder_ / "staging",
                         .now_ms = [this] { return now_.load(); },
                         .on_ended = [&](const auto&, const auto&, auto) { ++ended; },
                         .steady = [&] { return start + lasted.load(); }},
                        *store_, *vault_, doors);
  // Whether there are so many attempts by then, and the job waits again.
  const auto tried = [&](int attempts, std::chrono::milliseconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < until) {
      dispatcher.wake();
      if (ended >= attempts && found().state == store::State::kQueued) return true;
      std::this_thread::sleep_for(10ms);
    }
    return false;
  };
  ASSERT_TRUE(tried(1, 10s));
  lasted = 16min;
  now_ += 10'000;
  ASSERT_TRUE(tried(2, 10s));
  now_ += 119'999;
  EXPECT_FALSE(tried(3, 300ms)) << "an eighth of sixteen minutes is two";
  lasted = 300min;
  now_ += 1;
  ASSERT_TRUE(tried(3, 10s));
  now_ += 299'999;
  EXPECT_FALSE(tried(4, 300ms));
  now_ += 1;
  EXPECT_TRUE(tried(4, 10s)) << "never longer than five";
}

TEST_F(DispatcherTest, ARecordThatCannotBeKeptIsOurFailure) {
  std::filesystem::remove_all(folder_ / "staging");
  const auto blames = run(
      [](ipc::Channel channel, const v1::JudgeJob&) {
        v1::JudgeAsks chunk;
        chunk.set_record_chunk("record");
        static_cast<void>(channel.send(MessageType::kJudgeAsks, chunk));
        static_cast<void>(channel.receive());
      },
      4);
  EXPECT_THAT(blames, testing::Each(Blame::kOurs));
  EXPECT_EQ(attempts(), 0u);
}

TEST_F(DispatcherTest, WhatTryingAgainWillNotHelpIsRejected) {
  run(
      [](ipc::Channel channel, const v1::JudgeJob&) {
        static_cast<void>(channel.send(MessageType::kJudgeAsks, refusal("case-malformed", true)));
      },
      1);
  EXPECT_EQ(found().state, store::State::kRejected);
  EXPECT_EQ(found().refusal, "case-malformed");
}

TEST_F(DispatcherTest, TheEndOfASubmissionIsToldWithIt) {
  tell_ = [](const Ended& ended) -> core::Result<std::optional<store::NewDelivery>> {
    EXPECT_EQ(ended.job.submission, "one");
    EXPECT_EQ(ended.report, nullptr);
    return store::NewDelivery{.id = "e1",
                              .account = ended.job.account,
                              .content_type = "text/plain",
                              .body = core::to_bytes(ended.refusal),
                              .created_at_ms = 1};
  };
  run(
      [](ipc::Channel channel, const v1::JudgeJob&) {
        static_cast<void>(channel.send(MessageType::kJudgeAsks, refusal("case-malformed", true)));
      },
      1);
  EXPECT_EQ(found().state, store::State::kRejected);
  const auto due = store_->due_delivery("a", 1).value();
  ASSERT_TRUE(due);
  EXPECT_EQ(due->body, core::to_bytes("case-malformed"));
}

// Neither without the other: what cannot be told of yet has not ended.
TEST_F(DispatcherTest, WhatCannotBeToldHasNotEnded) {
  std::atomic<int> asked = 0;
  tell_ = [&](const Ended&) -> core::Result<std::optional<store::NewDelivery>> {
    ++asked;
    return core::fail(core::ErrorCode::kIo, "no id");
  };
  run(
      [](ipc::Channel channel, const v1::JudgeJob&) {
        static_cast<void>(channel.send(MessageType::kJudgeAsks, refusal("case-malformed", true)));
      },
      1);
  EXPECT_GE(asked, 1);
  EXPECT_EQ(found().state, store::State::kVerifying);
}

TEST_F(DispatcherTest, AStartAfreshCostsNothing) {
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(store_->claim_job(now_ += 100'000).value().has_value());
    store_.reset();
    store_ = store::Store::open(folder_ / "front.db").value();
  }
  EXPECT_EQ(attempts(), 0u);
}

TEST_F(DispatcherTest, AQueueThatCannotBeReadIsSaid) {
  sqlite::Database other = sqlite::Database::open(folder_ / "front.db", store::layout()).value();
  ASSERT_TRUE(other.execute("ALTER TABLE jobs RENAME TO jobs_away").has_value());
  const auto judge = [](ipc::Channel channel, const auto&) {
    static_cast<void>(channel.send(MessageType::kJudgeAsks, refusal("case-malformed", true)));
  };
  EXPECT_THAT(run(judge, 1), testing::IsEmpty());
  EXPECT_GE(not_claimed_, 1);
  // And it goes on by itself, without another word of that.
  ASSERT_TRUE(other.execute("ALTER TABLE jobs_away RENAME TO jobs").has_value());
  not_claimed_ = 0;
  EXPECT_THAT(run(judge, 1), testing::ElementsAre(Blame::kFinal));
  EXPECT_EQ(not_claimed_, 0);
}

TEST_F(DispatcherTest, WhatWaitsIsTakenAtOnceWhenWoken) {
  OtherSide side([](ipc::Channel channel) {
    static_cast<void>(channel.receive<v1::JudgeJob>(MessageType::kJudgeJob));
    static_cast<void>(channel.send(MessageType::kJudgeAsks, refusal("case-malformed", true)));
  });
  ipc::Doors doors(side.front(), ipc::kJudgeFrameBytes);
  Dispatcher dispatcher({.at_once = 1,
                         .staging = folder_ / "staging",
                         .now_ms = [this] { return now_ += 100'000; },
                         .on_ended = {}},
                        *store_, *vault_, doors);
  for (int i = 0; i < 100 && side.jobs == 0; ++i) std::this_thread::sleep_for(20ms);
  std::this_thread::sleep_for(50ms);  // it is idle now
  auto quickest = std::chrono::steady_clock::duration::max();
  for (int i = 0; i < 4; ++i) {
    const int before = side.jobs;
    ASSERT_TRUE(store_->reverify("one", now_).has_value());
    const auto begun = std::chrono::steady_clock::now();
    dispatcher.wake();
    for (int j = 0; j < 1000 && side.jobs == before; ++j) std::this_thread::sleep_for(1ms);
    quickest = std::min(quickest, std::chrono::steady_clock::now() - begun);
    std::this_thread::sleep_for(60ms);
  }
  EXPECT_LT(quickest, 100ms);  // not at the next look, half a second later
}

}  // namespace
}  // namespace heyan::service
