// Threads for what blocks: disk, databases, channels to other processes. A connection's strand must
// never wait for one of these.
//
// At most one job a connection is under way, so the queue is as long as there are connections.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "gateway/front/signal.h"
#include "gateway/front/task.h"

namespace heyan::front {

class Workers {
 public:
  explicit Workers(std::size_t threads);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // The result of `work()`, computed on one of the threads; the caller goes on where it was. What
  // `work` refers to must outlive the call, which the caller's frame does. Not for coroutines that
  // are destroyed before they end: join() first.
  template <typename Work>
  Task<std::invoke_result_t<Work&>> run(Work work) {
    using Result = std::invoke_result_t<Work&>;
    if constexpr (std::is_void_v<Result>) {
      std::move_only_function<void()> job = [&work] { work(); };
      co_await run_job(std::move(job));
    } else {
      std::optional<Result> result;
      std::move_only_function<void()> job = [&work, &result] { result.emplace(work()); };
      co_await run_job(std::move(job));
      co_return *std::move(result);
    }
  }

  // A job that has begun. Finished before what its work refers to ends, whatever else happens.
  template <typename Result>
  class Begun {
   public:
    Task<Result> finish() {
      const auto state = state_;
      while (state->done.count() == 0) {
        [[maybe_unused]] const bool woken = co_await state->done.wait(0, std::chrono::hours(1));
      }
      co_return *std::move(state->result);
    }

   private:
    friend class Workers;
    struct State {
      Signal done;
      std::optional<Result> result;
    };
    std::shared_ptr<State> state_ = std::make_shared<State>();
  };

  // The same without waiting: the caller goes on at once, beside the work.
  template <typename Work>
  Begun<std::invoke_result_t<Work&>> begin(Work work) {
    Begun<std::invoke_result_t<Work&>> begun;
    begin_job([state = begun.state_, work = std::move(work)]() mutable {
      state->result.emplace(work());
      state->done.notify();
    });
    return begun;
  }

  // Waits for the jobs that have begun and the ones that wait. Nothing may be run afterwards.
  void join();

 private:
  Task<void> run_job(std::move_only_function<void()> job);
  void begin_job(std::move_only_function<void()> job);

  struct Pool;
  std::unique_ptr<Pool> pool_;
};

}  // namespace heyan::front
