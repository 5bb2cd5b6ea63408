// What is cleaned up every hour: idempotency keys that nobody needs any more, and what a crash left
// in the vault, if it is time for that (vault_sweep.h).
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "gateway/service/vault_sweep.h"

namespace heyan::service {

// In a thread of its own until it is destroyed; nothing while `has_time` says that this machine's
// clock is not believed: what was acknowledged under a key that is gone is filed twice.
class Housekeeper {
 public:
  Housekeeper(store::Store& store, VaultSweep& sweep, std::function<std::int64_t()> now_ms,
              std::function<bool()> has_time,
              std::chrono::milliseconds every = std::chrono::hours(1));

 private:
  void work(const std::stop_token& stop);

  store::Store& store_;
  VaultSweep& sweep_;
  std::function<std::int64_t()> now_ms_;
  std::function<bool()> has_time_;
  std::chrono::milliseconds every_;
  std::mutex mutex_;
  std::condition_variable_any waiting_;
  std::jthread thread_;
};

}  // namespace heyan::service
