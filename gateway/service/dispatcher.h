// Verifies what is queued: each job by a judge's child of its own, as many at once as asked for.
//
// A child that dies, hangs or cannot work costs its own submission one attempt; after the third, a
// child is asked to say that the verification was not completed, and to look at nothing (security
// decisions 1 and 23). Failures of our own (the signer is away, the disk is full, a file is lost)
// cost nothing: the job waits, longer each time, and is tried again. What fails for all is tried
// every ten seconds; a job that has failed by our fault for long waits an eighth of that time, for
// each attempt reads the case anew, and five minutes at most. Any number of threads.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gateway/ipc/doors.h"
#include "gateway/service/judging.h"
#include "gateway/service/webhook_events.h"
#include "gateway/store/store.h"
#include "gateway/store/vault.h"

namespace heyan::service {

// Records that an attempt cost its submission one of those that it has, before it does: a judge
// that died, or was killed, tells of nothing itself. What cannot be recorded costs nothing, and
// waits.
using RecordLost = std::function<core::Result<void>(const store::Job&, const JudgingFailed&)>;

class Dispatcher {
 public:
  struct Settings {
    unsigned at_once = 2;
    std::chrono::milliseconds patience{600'000};  // for a judge to say the next thing
    ipc::Doors* boxes = nullptr;             // that look into files which differ; null: nobody does
    const ContentIndex* contents = nullptr;  // Judging.contents
    std::filesystem::path staging;  // where records are written before they go into the vault
    std::function<std::int64_t()> now_ms;
    // Who is to be told that a job ended, and what: stored with the end. May be empty.
    std::function<core::Result<std::optional<store::NewDelivery>>(const Ended&)> tell{};
    RecordLost record_lost{};  // may be empty
    // After each attempt, on the thread that made it. May be empty.
    std::function<void(const store::Job&, const std::expected<Judged, JudgingFailed>&,
                       std::chrono::milliseconds)>
        on_ended;
    // The queue could not be read: nothing is verified until it can. On the thread that tried,
    // again and again. May be empty.
    std::function<void(const core::Error&)> on_not_claimed{};
    std::function<std::chrono::steady_clock::time_point()> steady = std::chrono::steady_clock::now;
  };

  Dispatcher(Settings settings, store::Store& store, store::Vault& vault, ipc::Doors& judges);
  ~Dispatcher();  // waits for jobs under way
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  // There is something in the queue.
  void wake();

 private:
  void work(const std::stop_token& stop);
  std::expected<Judged, JudgingFailed> attempt(const store::Job& job);
  core::Result<void> finish(const store::Job& job, store::FinishedJob& finished);
  void note_failure(const std::stop_token& stop, const store::Job& job,
                    const JudgingFailed& failed);
  core::Result<void> after_failure(const store::Job& job, const JudgingFailed& failed);
  std::chrono::milliseconds wait_after_ours(const store::Job& job);
  void forget_trouble(const store::Job& job);
  std::uint64_t wakes();
  // Until the time is up, or wake() was called since `seen`.
  void sleep(const std::stop_token& stop, std::chrono::milliseconds longest, std::uint64_t seen);

  Settings settings_;
  store::Store& store_;
  store::Vault& vault_;
  ipc::Doors& judges_;
  std::atomic<std::uint32_t> ours_in_a_row_ = 0;  // failures
  struct Trouble {
    std::chrono::steady_clock::time_point since;
    std::chrono::steady_clock::time_point last;
  };
  std::mutex mutex_;  // guards wakes_ and troubles_
  std::uint64_t wakes_ = 0;
  // Of jobs that failed by our fault here, by submission and version.
  std::map<std::pair<std::string, std::uint32_t>, Trouble> troubles_;
  std::condition_variable_any waiting_;
  std::vector<std::jthread> threads_;
};

}  // namespace heyan::service
