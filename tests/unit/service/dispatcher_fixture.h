// A dispatcher with one submission, and a judge that says what the test has it say.
#pragma once

#include <gmock/gmock.h>

#include "gateway/service/dispatcher.h"
#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/service/other_side.h"

namespace heyan::service {

using ipc::MessageType;
using namespace std::chrono_literals;

inline v1::JudgeAsks refusal(const std::string& code, bool final) {
  v1::JudgeAsks last;
  last.mutable_done()->mutable_refusal()->set_code(code);
  last.mutable_done()->mutable_refusal()->set_final(final);
  return last;
}

class DispatcherTest : public testing::Test {
 protected:
  DispatcherTest() {
    std::filesystem::create_directories(folder_ / "staging");
    store_ = store::Store::open(folder_ / "front.db").value();
    vault_ = store::Vault::open(folder_ / "vault").value();
    v1::Session session;
    session.set_account_id("a");
    const auto accepted =
        store_->accept({.id = "one",
                        .court = "0491",
                        .account = "a",
                        .received_at_ms = 1000,
                        .intake_index = 1,
                        .receipt = core::to_bytes("receipt"),
                        .session = core::to_bytes(core::as_bytes(session.SerializeAsString())),
                        .files = {{"case.json", 10, core::Bytes(32, 1)}}},
                       nullptr);
    EXPECT_TRUE(accepted.has_value());
  }

  // Runs it with such a judge until so many attempts have ended, or ten seconds.
  std::vector<Blame> run(std::function<void(ipc::Channel, const v1::JudgeJob&)> judge, int attempts,
                         std::size_t at_once = 1) {
    OtherSide side([&](ipc::Channel channel) {
      const auto job = channel.receive<v1::JudgeJob>(MessageType::kJudgeJob);
      if (!job) return;
      give_ups_.push_back(job->give_up());
      judge(std::move(channel), *job);
    });
    std::vector<Blame> blames;
    std::mutex mutex;
    std::atomic<int> ended = 0;
    {
      ipc::Doors doors(side.front(), ipc::kJudgeFrameBytes);
      Dispatcher dispatcher({.at_once = static_cast<unsigned>(at_once),
                             .patience = 5000ms,
                             .staging = folder_ / "staging",
                             .now_ms = [this] { return now_ += 100'000; },
                             .tell = tell_,
                             .record_lost = record_lost_,
                             .on_ended =
                                 [&](const auto&, const auto& judged, auto) {
                                   const std::lock_guard lock(mutex);
                                   if (!judged) {
                                     blames.push_back(judged.error().blame);
                                     files_.push_back(judged.error().file);
                                   }
                                   ++ended;
                                 },
                             .on_not_claimed =
                                 [&](const core::Error&) {
                                   ++not_claimed_;
                                   ++ended;
                                 }},
                            *store_, *vault_, doors);
      for (int i = 0; i < 200 && ended < attempts; ++i) {
        dispatcher.wake();
        std::this_thread::sleep_for(50ms);
      }
    }
    return blames;
  }
  store::Submission found() {
    return store_->find_submission("one", store::Scope::whole_installation()).value().value();
  }
  std::uint32_t attempts() {
    const auto job = store_->claim_job(now_ += 100'000);
    EXPECT_TRUE(job.has_value() && job->has_value());
    return job && *job ? (*job)->attempts - 1 : 99;
  }

  os::TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<store::Vault> vault_;
  std::vector<bool> give_ups_;
  std::vector<std::string> files_;  // that could not be read, of each failure
  std::function<core::Result<std::optional<store::NewDelivery>>(const Ended&)> tell_;
  RecordLost record_lost_;
  std::atomic<std::int64_t> now_ = 1'000'000;
  std::atomic<int> not_claimed_ = 0;
};

}  // namespace heyan::service
