// Has the signatures of reports stamped by the authority of the configuration, by the egress
// process, until each has its time stamp.
//
// No report waits for it. Tried again after 10 s, then after twice as long each time, at most 6 h,
// and never given up: a later stamp says less, and is better than none. One thread of its own.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "gateway/service/stamp_desk.h"
#include "gateway/service/waits.h"

namespace heyan::service {

class Stamper {
 public:
  struct Settings {
    std::function<std::int64_t()> now_ms;
    std::chrono::milliseconds every{1'000};  // so often the store is asked
    std::int64_t first_wait_ms = 10'000;
    // After each attempt, on its thread. Null: stamped. May be empty.
    std::function<void(const store::DueStamp&, const v1::EgressFailure*)> on_tried;
  };

  Stamper(Settings settings, store::Store& store, StampDesk& desk);
  ~Stamper();
  Stamper(const Stamper&) = delete;
  Stamper& operator=(const Stamper&) = delete;

 private:
  void work(const std::stop_token& stop);
  bool attempt(const store::DueStamp& due, const std::stop_token& stop);

  Settings settings_;
  store::Store& store_;
  Waits waits_;
  StampDesk& desk_;
  std::mutex mutex_;
  std::condition_variable_any waiting_;
  std::jthread thread_;  // last: ends before what it uses
};

}  // namespace heyan::service
