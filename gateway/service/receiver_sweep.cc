// What the receiver does when nobody asks: it goes on with what is whole, and takes away what
// nobody goes on with.
#include <algorithm>
#include <vector>

#include "gateway/service/receiver.h"

namespace heyan::service {
namespace {

constexpr std::chrono::seconds kSweep{5};
// Of cases of which nobody knows whether the store has them.
constexpr std::size_t kMostUnsure = 1000;
constexpr std::chrono::hours kUnsureFor{1};

}  // namespace

// What no row speaks of: a request that ended before it was acknowledged, or a submission that was
// accepted.
core::Result<void> Receiver::clean() {
  std::error_code error;
  std::filesystem::create_directory(settings_.folder, error);
  std::filesystem::permissions(settings_.folder, std::filesystem::perms::owner_all, error);
  for (const auto& entry : std::filesystem::directory_iterator(settings_.folder, error)) {
    HEYAN_TRY(const auto found, with_.store.find_receiving(entry.path().filename().string(),
                                                           store::Scope::whole_installation()));
    if (!found) std::filesystem::remove_all(entry.path(), error);
  }
  if (error) return core::fail(core::ErrorCode::kIo, "the folder of uploads cannot be used");
  return {};
}

void Receiver::remember_unsure(const std::string& submission) {
  const std::lock_guard lock(mutex_);
  // A store that is away for long: what is beyond is left to the next start.
  if (unsure_.size() < kMostUnsure) unsure_.emplace(submission, settings_.steady());
}

// By then a server has ended, one way or the other, whatever it was at when its answer was lost.
void Receiver::remove_unsure() {
  std::vector<std::string> due;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [submission, since] : unsure_) {
      if (settings_.steady() - since >= kUnsureFor) due.push_back(submission);
    }
  }
  for (const std::string& submission : due) {
    const auto found = with_.store.find_receiving(submission, store::Scope::whole_installation());
    if (!found) return;       // it is asked again
    std::error_code ignored;  // the next start cleans up
    if (!*found) std::filesystem::remove_all(folder_of(submission), ignored);
    const std::lock_guard lock(mutex_);
    unsure_.erase(submission);
  }
}

void Receiver::sweep() {
  remove_unsure();
  if (const auto whole = with_.store.received_whole()) {
    for (const std::string& submission : *whole) accept_if_whole(submission);
  }
  const std::int64_t now_ms = settings_.now_ms();
  const auto expired = with_.store.expired(now_ms);
  if (!expired || expired->empty() || !with_.signer.has_time()) return;
  const auto long_ago =
      settings_.shared ? with_.store.expired(now_ms - settings_.others_late.count()) : expired;
  for (const std::string& submission : *expired) {
    const bool late = long_ago && std::ranges::find(*long_ago, submission) != long_ago->end();
    const bool here = is_here(submission);
    if ((!late && !here) || is_written(submission)) continue;
    // Those before it took their time, in which more of it may have come.
    const auto forgotten = with_.store.forget_receiving(
        submission, here ? now_ms : now_ms - settings_.others_late.count());
    if (!forgotten || !*forgotten) continue;
    {
      const std::lock_guard lock(mutex_);
      std::erase_if(digesting_,
                    [&](const auto& one) { return one.second.submission == submission; });
    }
    std::error_code ignored;  // the next start cleans up
    std::filesystem::remove_all(folder_of(submission), ignored);
  }
}

void Receiver::work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    sweep();
    std::unique_lock lock(mutex_);
    waiting_.wait_for(lock, stop, kSweep, [] { return false; });
  }
}

}  // namespace heyan::service
