#include "gateway/store/group_commit.h"

#include <algorithm>
#include <iterator>

#include "gateway/sql/together.h"

namespace heyan::store {
namespace {

// How much one failure of the disk can take back, and how long the first of a batch waits.
constexpr std::size_t kMostInOneTransaction = 256;

}  // namespace

GroupCommit::GroupCommit(sql::Database& database, Regular regular)
    : database_(database),
      regular_(std::move(regular)),
      due_(std::chrono::steady_clock::now() + regular_.every),
      thread_([this] { serve(); }) {}

GroupCommit::~GroupCommit() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_one();
  thread_.join();
}

core::Result<void> GroupCommit::run(Work work) {
  std::future<core::Result<void>> outcome;
  {
    const std::lock_guard lock(mutex_);
    Call& call = waiting_.emplace_back(std::move(work), std::promise<core::Result<void>>());
    outcome = call.outcome.get_future();
  }
  arrived_.notify_one();
  return outcome.get();
}

// Empty: there will be no more.
std::vector<GroupCommit::Call> GroupCommit::take() {
  std::unique_lock lock(mutex_);
  const auto something = [this] { return stopping_ || !waiting_.empty(); };
  if (regular_.work) {
    arrived_.wait_until(lock, due_, something);
    const auto now = std::chrono::steady_clock::now();
    if (!stopping_ && now >= due_) {
      waiting_.emplace_back(regular_.work, std::promise<core::Result<void>>());
      due_ = now + regular_.every;
    }
  } else {
    arrived_.wait(lock, something);
  }
  const std::size_t count = std::min(waiting_.size(), kMostInOneTransaction);
  const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
  std::vector<Call> batch(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
  waiting_.erase(waiting_.begin(), end);
  return batch;
}

void GroupCommit::serve() {
  while (true) {
    std::vector<Call> batch = take();
    if (batch.empty()) return;
    std::vector<sql::Work> works;
    works.reserve(batch.size());
    for (const Call& call : batch) {
      works.emplace_back([&call](sql::Transaction&) { return call.work(); });
    }
    std::vector<core::Result<void>> outcomes = sql::commit_together(database_, works);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      batch[i].outcome.set_value(std::move(outcomes[i]));
    }
  }
}

}  // namespace heyan::store
