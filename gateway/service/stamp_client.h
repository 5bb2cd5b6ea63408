// Time stamps of the authority of the configuration, asked of the egress process: one question at a
// time. Any thread.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <stop_token>

#include "gateway/ipc/channel.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::service {

class StampClient {
 public:
  // `egress`: one end of its channel for stamps. `patience`: with the authority.
  StampClient(os::Descriptor egress, std::chrono::milliseconds patience);

  // `any_time`: the caller holds the token's time against a clock. Nothing: asked to stop, or
  // nobody knows what came of it.
  std::optional<v1::StampGets> ask(const core::Bytes& sha256, bool any_time,
                                   const std::stop_token& stop);

  // Nothing can be asked any more: this process is to end, and to be started afresh.
  bool is_lost() const { return lost_; }

 private:
  std::timed_mutex asking_;  // guards the next two
  ipc::Channel egress_;
  std::uint64_t asked_ = 0;
  const std::chrono::milliseconds patience_;
  std::atomic<bool> lost_ = false;
};

}  // namespace heyan::service
