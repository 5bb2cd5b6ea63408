// The front's part in having the log cosigned, with a test in the place of signer and egress.
#include "gateway/service/cosigner.h"

#include <gmock/gmock.h>
#include <atomic>

#include <future>

#include "tests/unit/service/other_side.h"

namespace heyan::service {
namespace {

using namespace std::chrono_literals;
using Outcome = Cosigning::Outcome;

struct Tried {
  Outcome outcome;
  std::string witness;
  std::string fault;
};

class CosignerTest : public ::testing::Test {
 protected:
  CosignerTest()
      : side_([this](const v1::FrontAsks& asks) { return signer_answers(asks); }),
        signer_(side_.front()) {
    auto pair = pair_or_die();
    front_ = std::move(pair.a);
    egress_.emplace(std::move(pair.b), ipc::kEgressFrameBytes);
  }
  void start(std::vector<std::string> witnesses, std::chrono::milliseconds rest = 1h,
             std::chrono::milliseconds patience = 5s) {
    const std::size_t count = witnesses.size();
    begin(std::move(witnesses), rest, patience, 20s);
    for (std::size_t i = 0; i < count; ++i) {  // none keeps anything
      ASSERT_NE(asked(), "");
      ASSERT_TRUE(last_.kept());
      answer(404, {});
    }
  }
  void start_anew() {
    cosigner_.reset();
    auto pair = pair_or_die();
    front_ = std::move(pair.a);
    egress_.emplace(std::move(pair.b), ipc::kEgressFrameBytes);
  }
  void begin(std::vector<std::string> witnesses, std::chrono::milliseconds rest,
             std::chrono::milliseconds patience, std::chrono::milliseconds meeting) {
    cosigner_.emplace(
        Cosigner::Settings{.witnesses = std::move(witnesses),
                           .patience = patience,
                           .every = 10ms,
                           .rest = rest,
                           .meeting = meeting,
                           .on_tried =
                               [this](const Cosigning& one) {
                                 const std::lock_guard lock(mutex_);
                                 tried_.push_back({one.outcome, std::string(one.witness),
                                                   std::string(one.fault)});
                               },
                           .ours = [this] { return ours_.load(); }},
        signer_, std::move(front_));
  }
  // Who is asked next; empty: nobody.
  std::string asked(ipc::Deadline until = ipc::within(20s)) {
    const auto ask = egress_->receive<v1::WitnessAsk>(ipc::MessageType::kWitnessAsk, until);
    if (!ask) return {};
    last_ = *ask;
    return ask->witness();
  }
  void answer(std::uint32_t status, const std::string& body, std::uint64_t off = 0) {
    v1::WitnessGets gets;
    gets.set_id(last_.id() - off);
    gets.mutable_said()->set_status(status);
    gets.mutable_said()->set_body(body);
    ASSERT_TRUE(egress_->send(ipc::MessageType::kWitnessGets, gets, -1, ipc::within(20s)));
  }
  void answer_failure(v1::EgressFault fault) {
    v1::WitnessGets gets;
    gets.set_id(last_.id());
    gets.mutable_failure()->set_fault(fault);
    ASSERT_TRUE(egress_->send(ipc::MessageType::kWitnessGets, gets, -1, ipc::within(20s)));
  }
  std::vector<Tried> tried(std::size_t count) {
    for (int i = 0; i < 4000; ++i) {
      {
        const std::lock_guard lock(mutex_);
        if (tried_.size() >= count) return tried_;
      }
      std::this_thread::sleep_for(5ms);
    }
    return {};
  }
  v1::FrontGets signer_answers(const v1::FrontAsks& asks) {
    v1::FrontGets gets;
    const std::lock_guard lock(mutex_);
    if (asks.has_backlog()) {
      if (has_time_) gets.mutable_backlog();
      return gets;
    }
    if (asks.has_witness_kept()) {
      shown_.push_back(asks.witness_kept());
      if (comparison_fails_with_.empty()) {
        gets.mutable_witness_kept();
      } else {
        gets.mutable_refusal()->set_code(comparison_fails_with_);
      }
      return gets;
    }
    if (asks.has_cosigned()) {
      brought_.push_back(asks.cosigned());
      if (refuses_) {
        gets.mutable_refusal()->set_code("malformed");
      } else {
        known_[asks.cosigned().witness()] = asks.cosigned().size();
        gets.mutable_cosigned();
      }
      return gets;
    }
    const auto& of = asks.witness_question();
    questions_.push_back(of);
    v1::WitnessQuestion& question = *gets.mutable_witness_question();
    question.set_ahead(of.said() == "99\n");
    question.set_size(of.size() != 0 ? of.size() : size_);
    if (question.ahead()) return gets;
    if (of.said().empty() && known_[of.witness()] == question.size()) return gets;
    question.set_body("body " + std::to_string(question.size()) + of.said());
    return gets;
  }

  std::atomic<bool> ours_ = true;
  std::mutex mutex_;  // guards the next nine
  std::vector<v1::WitnessKept> shown_;
  std::vector<Tried> tried_;
  std::vector<v1::CosignedBy> brought_;
  std::vector<v1::WitnessQuestionOf> questions_;
  std::map<std::string, std::uint64_t> known_;
  std::uint64_t size_ = 5;
  bool refuses_ = false;
  bool has_time_ = true;
  std::string comparison_fails_with_;  // a code; empty: it does not
  v1::WitnessAsk last_;
  SignerSide side_;
  SignerClient signer_;
  os::Descriptor front_;
  std::optional<ipc::Channel> egress_;
  std::optional<Cosigner> cosigner_;
};

TEST_F(CosignerTest, WhatEachKeepsIsComparedBeforeAnythingElse) {
  begin({"a", "b"}, 1h, 5s, 20s);
  std::future<void> met = std::async(std::launch::async, [this] { cosigner_->wait_until_met(); });
  ASSERT_EQ(asked(), "a");
  EXPECT_TRUE(last_.kept());
  EXPECT_EQ(met.wait_for(0s), std::future_status::timeout);
  answer(200, "what a keeps");
  ASSERT_EQ(asked(), "b");
  EXPECT_TRUE(last_.kept());
  answer(404, "nothing");
  met.get();
  ASSERT_EQ(asked(), "a");
  EXPECT_FALSE(last_.kept());
  const std::lock_guard lock(mutex_);
  ASSERT_EQ(shown_.size(), 1u);
  EXPECT_EQ(shown_[0].witness(), "a");
  EXPECT_EQ(shown_[0].checkpoint(), "what a keeps");
}

TEST_F(CosignerTest, AComparisonThatFailsIsSaid) {
  comparison_fails_with_ = core::name(core::ErrorCode::kIo);
  begin({"a"}, 1h, 5s, 20s);
  ASSERT_EQ(asked(), "a");
  answer(200, "what a keeps");
  const auto said = tried(1);
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0].outcome, Outcome::kFailed);
  EXPECT_EQ(said[0].witness, "a");
  EXPECT_EQ(said[0].fault, "comparison");
  ASSERT_EQ(asked(), "a") << "and all goes on";
}

TEST_F(CosignerTest, WhatIsNoCheckpointOfThisLogSaysNothingOfIt) {
  comparison_fails_with_ = core::name(core::ErrorCode::kMalformed);
  begin({"a"}, 1h, 5s, 20s);
  ASSERT_EQ(asked(), "a");
  answer(200, "of another log");
  ASSERT_EQ(asked(), "a");
  EXPECT_FALSE(last_.kept());
  const std::lock_guard lock(mutex_);
  EXPECT_THAT(tried_, testing::IsEmpty());
  EXPECT_EQ(shown_.size(), 1u);
}

TEST_F(CosignerTest, NobodyWaitsForOneThatDoesNotSay) {
  begin({"a", "b"}, 1h, 5s, 50ms);
  cosigner_->wait_until_met();
  const std::lock_guard lock(mutex_);
  EXPECT_TRUE(shown_.empty());
}

TEST_F(CosignerTest, OneThatHasAnotherHistoryIsAskedWhatItKeeps) {
  for (const char* said : {"99\n", ""}) {
    start({"a"});
    ASSERT_EQ(asked(), "a");
    answer(*said == 0 ? 422 : 409, said);
    ASSERT_EQ(asked(), "a");
    EXPECT_TRUE(last_.kept());
    answer(200, "another history");
    ASSERT_EQ(tried(1).size(), 1u);
    {
      const std::lock_guard lock(mutex_);
      ASSERT_EQ(shown_.size(), 1u) << said;
      EXPECT_EQ(shown_[0].checkpoint(), "another history");
      shown_.clear();
      tried_.clear();
    }
    start_anew();
  }
}

TEST_F(CosignerTest, AsksAllForOneCheckpointAndThenRests) {
  start({"a", "b"});
  ASSERT_EQ(asked(), "a");
  EXPECT_EQ(last_.body(), "body 5");
  {
    const std::lock_guard lock(mutex_);
    size_ = 6;  // the log grows meanwhile
  }
  answer(200, "lines of a");
  ASSERT_EQ(asked(), "b");
  EXPECT_EQ(last_.body(), "body 5");
  answer(200, "lines of b");
  ASSERT_EQ(asked(), "a") << "the next round";
  EXPECT_EQ(last_.body(), "body 6");
  answer(200, "lines of a");
  ASSERT_EQ(asked(), "b");
  answer(200, "lines of b");
  const auto all = tried(4);
  ASSERT_EQ(all.size(), 4u);
  for (const Tried& each : all) EXPECT_EQ(each.outcome, Outcome::kCosigned);
  EXPECT_EQ(asked(ipc::within(200ms)), "") << "nothing grew";
  const std::lock_guard lock(mutex_);
  EXPECT_EQ(brought_[0].lines(), "lines of a");
  EXPECT_EQ(brought_[0].size(), 5u);
}

TEST_F(CosignerTest, AWitnessThatIsAwayKeepsNobodyWaiting) {
  start({"a", "b"});
  ASSERT_EQ(asked(), "a");
  answer_failure(v1::EGRESS_FAULT_CONNECTION);
  ASSERT_EQ(asked(), "b");
  answer(200, "lines");
  const auto all = tried(2);
  EXPECT_EQ(all[0].outcome, Outcome::kFailed);
  EXPECT_EQ(all[0].fault, "connection");
  EXPECT_EQ(all[1].outcome, Outcome::kCosigned);
  EXPECT_EQ(asked(ipc::within(200ms)), "") << "it rests";
}

TEST_F(CosignerTest, ItIsAskedAgainAfterItsRest) {
  start({"a"}, 20ms);
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(asked(), "a");
    answer_failure(v1::EGRESS_FAULT_TIME);
  }
  ASSERT_EQ(asked(), "a");
  answer(200, "lines");
  EXPECT_EQ(tried(4).back().outcome, Outcome::kCosigned);
}

// Twice as long each time, it would not be asked a tenth time here.
TEST_F(CosignerTest, ItRestsNoLongerForAClockOfOurs) {
  start({"a"}, 100ms);
  {
    const std::lock_guard lock(mutex_);
    refuses_ = true;
    has_time_ = false;
  }
  for (int i = 0; i < 12; ++i) {
    ASSERT_EQ(asked(), "a");
    answer(200, "lines");
  }
}

TEST_F(CosignerTest, WhereItStandsElsewhereItIsAskedFromThere) {
  start({"a"});
  ASSERT_EQ(asked(), "a");
  answer(409, "3\n");
  ASSERT_EQ(asked(), "a");
  EXPECT_EQ(last_.body(), "body 53\n");
  answer(200, "lines");
  EXPECT_EQ(tried(1).back().outcome, Outcome::kCosigned);
}

TEST_F(CosignerTest, WhoNeverAgreesIsLeftToRest) {
  start({"a"});
  ASSERT_EQ(asked(), "a");
  answer(409, "3\n");
  ASSERT_EQ(asked(), "a");
  answer(409, "4\n");
  EXPECT_EQ(tried(1).back().outcome, Outcome::kFailed);
  EXPECT_EQ(asked(ipc::within(200ms)), "");
}

TEST_F(CosignerTest, AWitnessThatKnowsMoreIsAnAlarm) {
  start({"a"});
  ASSERT_EQ(asked(), "a");
  answer(409, "99\n");
  ASSERT_EQ(asked(), "a");
  answer(404, "");
  EXPECT_EQ(tried(1).back().outcome, Outcome::kAhead);
}

TEST_F(CosignerTest, RefusalsAndBadSignaturesAreSaid) {
  refuses_ = true;
  start({"a", "b", "c"});
  ASSERT_EQ(asked(), "a");
  answer(403, "no");
  ASSERT_EQ(asked(), "b");
  answer(200, "nobody's lines");
  ASSERT_EQ(asked(), "c");
  answer(409, "");
  const auto all = tried(3);
  EXPECT_EQ(all[0].fault, "status");
  EXPECT_EQ(all[1].fault, "answer");
  EXPECT_EQ(all[2].fault, "status");
}

TEST_F(CosignerTest, AnAnswerThatCameTooLateIsNobodys) {
  start({"a", "b"}, 1h, 100ms);
  ASSERT_EQ(asked(), "a");
  ASSERT_EQ(asked(), "b");  // the time of the first is up
  answer(200, "lines of a", 1);
  answer(200, "lines of b");
  const auto all = tried(2);
  EXPECT_EQ(all[0].fault, "time");
  EXPECT_EQ(all[1].outcome, Outcome::kCosigned);
  const std::lock_guard lock(mutex_);
  ASSERT_EQ(brought_.size(), 1u);
  EXPECT_EQ(brought_[0].lines(), "lines of b");
}

TEST_F(CosignerTest, WithoutEgressItIsLost) {
  start({"a"});
  ASSERT_EQ(asked(), "a");
  egress_.reset();
  for (int i = 0; i < 4000 && !cosigner_->is_lost(); ++i) std::this_thread::sleep_for(5ms);
  EXPECT_TRUE(cosigner_->is_lost());
}

TEST_F(CosignerTest, EndsAtOnce) {
  start({"a"});
  ASSERT_EQ(asked(), "a");
  const auto begun = std::chrono::steady_clock::now();
  cosigner_.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 3s);
}

// Another gateway asks them; the signer is asked all the same, which waits for it before it logs.
TEST_F(CosignerTest, AsksNoWitnessThatIsAnothersToAsk) {
  ours_ = false;
  start({"one"});
  const auto questions = [this] {
    const std::lock_guard lock(mutex_);
    return questions_.size();
  };
  while (questions() < 5) std::this_thread::sleep_for(5ms);
  EXPECT_EQ(asked(ipc::within(0s)), "");
  ours_ = true;
  EXPECT_EQ(asked(), "one");
  EXPECT_FALSE(last_.kept());
}

}  // namespace
}  // namespace heyan::service
