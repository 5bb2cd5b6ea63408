// What the front may ask the signer. Many threads may ask at once: their questions go out one after
// the other without waiting for answers, so that the signer can take several into one transaction,
// and the answers come in the same order. Any thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "gateway/ipc/channel.h"
#include "gateway/service/receipts.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::service {

class SignerClient {
 public:
  explicit SignerClient(os::Descriptor signer);

  // kIo where the signer does not answer: then nobody is answered any more. What it refuses stands
  // in the answer.
  core::Result<v1::FrontGets> ask(const v1::FrontAsks& asks);

  // Whether it says what the time is: it does not where it does not believe this machine's clock
  // (security decision 11). What is forgotten or removed when its time has come waits for that.
  bool has_time();

  // Whether it answers at all, be it with a refusal: then it has begun. It is asked what is known
  // anyway, and nothing is written for it.
  bool answers();

  // What it signed receipts with is asked for once: it ends with this process.
  Receipts& receipts() { return receipts_; }

  // Nothing can be asked any more: this process is to end, and to be started afresh.
  bool is_lost() const { return lost_; }

 private:
  core::Result<std::uint64_t> send(const v1::FrontAsks& asks);
  core::Result<v1::FrontGets> receive(std::uint64_t turn);

  // Two ends on one socket, since a channel is one thread's at a time.
  std::mutex sending_;
  ipc::Channel questions_;
  std::uint64_t sent_ = 0;

  std::mutex receiving_;
  std::condition_variable next_;
  ipc::Channel answers_;
  std::uint64_t received_ = 0;
  std::atomic<bool> lost_ = false;

  Receipts receipts_{*this};
};

}  // namespace heyan::service
