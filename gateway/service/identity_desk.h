// Who came back from a provider: one question at a time goes to the egress process, over the one
// channel for it. Somebody waits for each, so none waits for long: whoever comes while another
// sign-in still waits after `patience` is refused. Any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>

#include "gateway/ipc/channel.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::service {

class IdentityDesk {
 public:
  // `patience`: for a turn, and then for both answers of the provider.
  IdentityDesk(std::chrono::milliseconds patience, os::Descriptor egress);

  // `ask`: without its id.
  v1::IdentityGets ask(v1::IdentityAsk ask);

  // Nothing can be asked any more: this process is to end, and to be started afresh.
  bool is_lost() const { return lost_; }

 private:
  using Clock = std::chrono::steady_clock;

  const std::chrono::milliseconds patience_;
  std::atomic<bool> lost_ = false;
  std::timed_mutex turn_;  // guards the rest
  ipc::Channel egress_;
  std::uint64_t asked_ = 0;
};

}  // namespace heyan::service
