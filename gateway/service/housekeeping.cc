#include "gateway/service/housekeeping.h"

namespace heyan::service {

Housekeeper::Housekeeper(store::Store& store, VaultSweep& sweep,
                         std::function<std::int64_t()> now_ms, std::function<bool()> has_time,
                         std::chrono::milliseconds every)
    : store_(store),
      sweep_(sweep),
      now_ms_(std::move(now_ms)),
      has_time_(std::move(has_time)),
      every_(every),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

void Housekeeper::work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    if (has_time_()) {  // else in an hour
      static_cast<void>(store_.forget_keys(now_ms_()));
      sweep_.go_on(stop);
    }
    std::unique_lock lock(mutex_);
    waiting_.wait_for(lock, stop, every_, [] { return false; });
  }
}

}  // namespace heyan::service
