// A duty of this front's, and the waits of what it is to try again.
//
// A wait is a row that says not before when, by the wall clock, for it outlives this process. That
// clock may be set, and that of the gateway which had the duty before may have been wrong. So what
// waits is due at once when the duty comes to this front, and when its clock went back by more than
// a minute: to try once too often does no harm, an hour that never was would. A clock that is set
// forward ends waits by itself. One thread.
#pragma once

#include <chrono>
#include <functional>

#include "gateway/store/store.h"

namespace heyan::service {

class Waits {
 public:
  using Clock = std::chrono::steady_clock;

  Waits(store::Store& store, store::Duty duty,
        std::function<Clock::time_point()> steady = Clock::now)
      : store_(store), duty_(duty), steady_(std::move(steady)) {}

  // Whether the duty is this front's, and what is due by `now_ms` is what is to be done.
  bool are_ours(std::int64_t now_ms);

 private:
  struct Look {
    std::int64_t wall_ms;
    Clock::time_point steady;
  };

  store::Store& store_;
  store::Duty duty_;
  std::function<Clock::time_point()> steady_;
  std::optional<Look> last_;  // nothing: the duty was not ours
};

}  // namespace heyan::service
