// Verifies what is queued: each job by a judge's child of its own, as many at once as asked for.
//
// A child that dies, hangs or cannot work costs its own submission one attempt; after the third, a
// child is asked to say that the verification was not completed, and to look at nothing (security
// decisions 1 and 23). Any number of threads.
#pragma once

#include <atomic>
#include <condition_variable>
#include <thread>
#include <vector>

#include "gateway/service/doors.h"
#include "gateway/service/judging.h"
#include "gateway/store/store.h"
#include "gateway/store/vault.h"

namespace heyan::service {

class Dispatcher {
 public:
  struct Settings {
    unsigned at_once = 2;
    std::chrono::milliseconds patience{600'000};  // for a judge to say the next thing
    std::filesystem::path staging;  // where records are written before they go into the vault
    std::function<std::int64_t()> now_ms;
  };

  Dispatcher(Settings settings, store::Store& store, store::Vault& vault, Doors& judges);
  ~Dispatcher();  // waits for jobs under way
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  // There is something in the queue.
  void wake();

 private:
  void work(const std::stop_token& stop);
  std::expected<store::FinishedJob, JudgingFailed> judge(const store::Job& job);
  // One attempt more is to be made, at once or later; or none.
  core::Result<void> give_back(const store::Job& job, const JudgingFailed& why);
  void pause(const std::stop_token& stop);

  Settings settings_;
  store::Store& store_;
  store::Vault& vault_;
  Doors& judges_;
  std::mutex mutex_;
  std::condition_variable_any waiting_;
  std::vector<std::jthread> threads_;
};

}  // namespace heyan::service
