// The other processes, as threads: each answers what the front asks, as a test says.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <thread>

#include "gateway/ipc/channel.h"
#include "gateway/ipc/frame_limits.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::service {

inline ipc::Pair pair_or_die() { return std::move(ipc::make_pair()).value(); }

// A worker's parent: each job's channel is given to `job`.
class OtherSide {
 public:
  explicit OtherSide(std::function<void(ipc::Channel)> job)
      : pair_(pair_or_die()),
        thread_(
            [this, job = std::move(job), doors = ipc::Channel(std::move(pair_.b), 64)]() mutable {
              while (auto door = doors.receive_door()) {
                ++jobs;
                job(ipc::Channel(*std::move(door), ipc::kJudgeFrameBytes));
              }
            }) {}
  ~OtherSide() { pair_.a.reset(); }  // where nobody took it
  // To be given to Doors; the thread ends when that one closes it.
  os::Descriptor front() { return std::move(pair_.a); }
  std::atomic<int> jobs = 0;

 private:
  ipc::Pair pair_;
  std::jthread thread_;
};

// The signer's side of one channel: `answer` for each question, until the front closes it.
class SignerSide {
 public:
  explicit SignerSide(std::function<v1::FrontGets(const v1::FrontAsks&)> answer)
      : pair_(pair_or_die()),
        thread_([answer = std::move(answer),
                 channel = ipc::Channel(std::move(pair_.b), 64u << 20)]() mutable {
          while (auto asks = channel.receive<v1::FrontAsks>(ipc::MessageType::kFrontAsks)) {
            if (!channel.send(ipc::MessageType::kFrontGets, answer(*asks))) return;
          }
        }) {}
  ~SignerSide() { pair_.a.reset(); }  // where nobody took it
  os::Descriptor front() { return std::move(pair_.a); }

 private:
  ipc::Pair pair_;
  std::jthread thread_;
};

}  // namespace heyan::service
