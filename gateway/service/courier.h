// Makes the deliveries of the store, by the egress process, until each is made or given up.
//
// At least once: what was sent and not noted before a crash is sent again, under the same id. Tried
// again after 10 s, then after twice as long each time, at most 6 h; given up three days after it,
// or another of its account, was first tried in vain, and never before this process has been at it
// for half a day: what waited while no gateway ran is no sooner lost. A system that cannot be
// reached is asked once a while; one that takes its time to answer delays what others are told by
// one attempt. That a version was rejected is told no more once it has its report after all. One
// thread of its own.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "gateway/ipc/channel.h"
#include "gateway/service/turns.h"
#include "gateway/service/waits.h"
#include "heyan/v1/gateway.pb.h"
#include "heyan/v1/webhook.pb.h"

namespace heyan::service {

class Courier {
 public:
  enum class Outcome : std::uint8_t { kDelivered, kFailed, kGivenUp };
  struct Settings {
    std::map<std::string, std::chrono::milliseconds> patience;  // with each account's system
    std::function<std::int64_t()> now_ms;
    // Whether this machine's clock is believed: while it is not, nothing is given up or forgotten.
    std::function<bool()> has_time;
    std::chrono::milliseconds every{1'000};  // so often the store is asked
    std::int64_t first_wait_ms = 10'000;
    // The bytes of a delivery of kOwnAnswer. kIo: not now. May be empty where there are none.
    std::function<core::Result<v1::CourtAnswer>(const store::Delivery&)> own_answer;
    // After each attempt, on its thread; `fault`: "connection", "http-status", ..., empty where it
    // was delivered. May be empty.
    std::function<void(const store::Delivery&, Outcome, std::string_view fault, unsigned status)>
        on_tried;
  };

  // `egress`: one end of its channel.
  Courier(Settings settings, store::Store& store, os::Descriptor egress);
  ~Courier();  // what is under way then is sent again by the next
  Courier(const Courier&) = delete;
  Courier& operator=(const Courier&) = delete;

  // Nothing can be asked any more: this process is to end, and to be started afresh.
  bool is_lost() const { return lost_; }

 private:
  struct Failed {
    v1::EgressFault fault = v1::EGRESS_FAULT_UNSPECIFIED;  // that: nobody knows what came of it
    unsigned status = 0;
    bool ours = false;  // what is to be sent could not be made: nobody was asked
  };
  void work(const std::stop_token& stop);
  bool tell_next(const std::stop_token& stop);
  std::optional<Failed> send(const store::Delivery& delivery, const std::stop_token& stop);
  bool is_hopeless(const store::Delivery& delivery) const;
  bool is_overtaken(const store::Delivery& delivery);
  bool attempt(const store::Delivery& delivery, const std::stop_token& stop);

  Settings settings_;
  store::Store& store_;
  Waits waits_;
  Turns turns_;
  std::int64_t at_it_since_ms_ = 0;  // by a clock that was believed ever since
  ipc::Channel egress_;
  std::atomic<bool> lost_ = false;
  std::mutex mutex_;
  std::condition_variable_any waiting_;
  std::jthread thread_;  // last: ends before what it uses
};

}  // namespace heyan::service
