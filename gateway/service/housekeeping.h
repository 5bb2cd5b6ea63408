// What is cleaned up: at a start, once a week, what a crash left in the vault; then, every hour,
// idempotency keys that nobody needs any more.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "gateway/store/store.h"
#include "gateway/store/vault.h"

namespace heyan::service {

// Files that no submission and no report refers to: of requests that were never acknowledged. They
// are kept for a week, so that a database that was set back by mistake can still be set right, and
// nothing is removed while a verification is open, whose report may have been signed already.
// Before anything is received. `courts`: those of the configuration; those of the store are added.
// The whole store is read for it; `marker`, a file that is written when it is done, says for a week
// that it need not be done again. kIo.
core::Result<store::Vault::Swept> sweep_vault(store::Store& store, store::Vault& vault,
                                              std::vector<std::string> courts,
                                              const std::filesystem::path& marker);

// Forgets keys in a thread of its own until it is destroyed; none while `has_time` says that this
// machine's clock is not believed: what was acknowledged under a key that is gone is filed twice.
class Housekeeper {
 public:
  Housekeeper(store::Store& store, std::function<std::int64_t()> now_ms,
              std::function<bool()> has_time,
              std::chrono::milliseconds every = std::chrono::hours(1));

 private:
  void work(const std::stop_token& stop);

  store::Store& store_;
  std::function<std::int64_t()> now_ms_;
  std::function<bool()> has_time_;
  std::chrono::milliseconds every_;
  std::mutex mutex_;
  std::condition_variable_any waiting_;
  std::jthread thread_;
};

}  // namespace heyan::service
