// The front's part in having the log cosigned, with a test in the place of signer and egress.
#pragma once

#include <gtest/gtest.h>

#include <atomic>

#include "gateway/service/cosigner.h"
#include "tests/unit/service/other_side.h"

namespace heyan::service {

using namespace std::chrono_literals;

struct Tried {
  Cosigning::Outcome outcome;
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
                                 if (one.outcome == Cosigning::Outcome::kUpToDate) {
                                   up_to_date_[std::string(one.witness)] = one.size;
                                   return;
                                 }
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
  std::size_t questions() {
    const std::lock_guard lock(mutex_);
    return questions_.size();
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
        gets.mutable_refusal()->set_code(refuses_with_);
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
  std::mutex mutex_;  // guards the next eleven
  std::vector<v1::WitnessKept> shown_;
  std::vector<Tried> tried_;  // but for what follows
  std::map<std::string, std::uint64_t> up_to_date_;
  std::vector<v1::CosignedBy> brought_;
  std::vector<v1::WitnessQuestionOf> questions_;
  std::map<std::string, std::uint64_t> known_;
  std::uint64_t size_ = 5;
  bool refuses_ = false;
  std::string refuses_with_ = "malformed";
  bool has_time_ = true;
  std::string comparison_fails_with_;  // a code; empty: it does not
  v1::WitnessAsk last_;
  SignerSide side_;
  SignerClient signer_;
  os::Descriptor front_;
  std::optional<ipc::Channel> egress_;
  std::optional<Cosigner> cosigner_;
};

}  // namespace heyan::service
