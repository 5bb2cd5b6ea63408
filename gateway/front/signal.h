// Wakes coroutines from any thread: "something changed, look again". What changed is looked up by
// the one who woke; nothing is passed along and nothing is lost.
//
//     const auto seen = signal.count();
//     ... look; where there is nothing yet:
//     co_await signal.wait(seen, 20s);
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string_view>

#include "gateway/front/task.h"

namespace heyan::front {

class Signal {
 public:
  Signal();
  ~Signal();
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;

  // Any thread.
  void notify();
  std::uint64_t count() const;

  // Returns when count() is no longer `seen`, or after `longest`. True where it is no longer
  // `seen`.
  Task<bool> wait(std::uint64_t seen, std::chrono::milliseconds longest);

 private:
  struct Waiter;
  struct Registration;
  mutable std::mutex mutex_;
  std::uint64_t count_ = 0;
  std::list<std::shared_ptr<Waiter>> waiters_;
};

// Many at once, each about something of its own. Two that fall together wake each other's waiters,
// who look again and wait on.
class Signals {
 public:
  Signal& about(std::string_view what) {
    return signals_[std::hash<std::string_view>()(what) % signals_.size()];
  }
  void notify_all() {
    for (Signal& signal : signals_) signal.notify();
  }

 private:
  std::array<Signal, 1024> signals_;
};

}  // namespace heyan::front
