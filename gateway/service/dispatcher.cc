#include "gateway/service/dispatcher.h"

#include <algorithm>

namespace heyan::service {
namespace {

constexpr std::uint32_t kAttempts = 3;  // before giving up
constexpr std::chrono::milliseconds kIdle{500};
constexpr std::chrono::milliseconds kFirstWait{200};
// A case goes on soon after what failed is mended.
constexpr std::chrono::milliseconds kLongestWait{10'000};
constexpr int kPartOfTrouble = 8;
// What failed last so long ago was done by another gateway, or deleted. Longer than any attempt.
constexpr std::chrono::hours kForgotten{6};

std::chrono::milliseconds wait_after(std::uint32_t failures) {
  return std::min(kFirstWait * (1U << std::min<std::uint32_t>(failures, 10)), kLongestWait);
}

}  // namespace

Dispatcher::Dispatcher(Settings settings, store::Store& store, store::Vault& vault,
                       ipc::Doors& judges)
    : settings_(std::move(settings)), store_(store), vault_(vault), judges_(judges) {
  for (unsigned i = 0; i < settings_.at_once; ++i) {
    threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
  }
}

Dispatcher::~Dispatcher() {
  for (std::jthread& thread : threads_) thread.request_stop();
  waiting_.notify_all();
}

void Dispatcher::wake() {
  {
    const std::lock_guard lock(mutex_);
    ++wakes_;
  }
  waiting_.notify_one();
}

std::uint64_t Dispatcher::wakes() {
  const std::lock_guard lock(mutex_);
  return wakes_;
}

void Dispatcher::sleep(const std::stop_token& stop, std::chrono::milliseconds longest,
                       std::uint64_t seen) {
  std::unique_lock lock(mutex_);
  waiting_.wait_for(lock, stop, longest, [&] { return wakes_ != seen; });
}

void Dispatcher::work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const std::uint64_t seen = wakes();
    const auto job = store_.claim_job(settings_.now_ms());
    if (!job && settings_.on_not_claimed) settings_.on_not_claimed(job.error());
    if (!job || !*job) {
      sleep(stop, kIdle, seen);
      continue;
    }
    const auto begun = std::chrono::steady_clock::now();
    const auto judged = attempt(**job);
    if (settings_.on_ended) {
      settings_.on_ended(**job, judged,
                         std::chrono::duration_cast<std::chrono::milliseconds>(
                             std::chrono::steady_clock::now() - begun));
    }
    if (judged || judged.error().blame != Blame::kOurs) forget_trouble(**job);
    if (judged) {
      ours_in_a_row_ = 0;
      continue;
    }
    note_failure(stop, **job, judged.error());
  }
}

// A store, or a trail, that takes nothing down must not lose the job: it would be VERIFYING until
// the next start, where it is taken up again.
void Dispatcher::note_failure(const std::stop_token& stop, const store::Job& job,
                              const JudgingFailed& failed) {
  bool recorded = failed.blame != Blame::kJudge || !settings_.record_lost;
  do {
    recorded = recorded || settings_.record_lost(job, failed).has_value();
    if (recorded) {
      const auto noted = after_failure(job, failed);
      if (noted || noted.error().code == core::ErrorCode::kNotFound) return;
    }
    sleep(stop, wait_after(++ours_in_a_row_), wakes());
  } while (!stop.stop_requested());
}

// What the store cannot take down is asked for again, and is the same report: the signer keeps it.
std::expected<Judged, JudgingFailed> Dispatcher::attempt(const store::Job& job) {
  auto channel = judges_.open_job();
  if (!channel) return std::unexpected(JudgingFailed{"judges-away", Blame::kOurs});
  auto judged = have_judged({.vault = vault_,
                             .staging = settings_.staging,
                             .patience = settings_.patience,
                             .boxes = settings_.boxes,
                             .contents = settings_.contents,
                             .memory = &store_,
                             .now_ms = settings_.now_ms()},
                            *std::move(channel), job, job.attempts > kAttempts);
  if (judged && !finish(job, judged->job)) {
    return std::unexpected(JudgingFailed{"storage-failed", Blame::kOurs});
  }
  return judged;
}

core::Result<void> Dispatcher::finish(const store::Job& job, store::FinishedJob& finished) {
  if (settings_.tell) {
    HEYAN_TRY(finished.delivery, settings_.tell({.job = job, .report = &finished, .refusal = ""}));
  }
  HEYAN_TRY(const bool stored, store_.finish_job(finished));
  static_cast<void>(stored);  // false: it was already
  return {};
}

core::Result<void> Dispatcher::after_failure(const store::Job& job, const JudgingFailed& failed) {
  switch (failed.blame) {
    case Blame::kFinal: {
      std::optional<store::NewDelivery> delivery;
      if (settings_.tell) {
        HEYAN_TRY(delivery,
                  settings_.tell({.job = job, .report = nullptr, .refusal = failed.code}));
      }
      return store_.reject_job(job, failed.code, delivery);
    }
    case Blame::kJudge:
      return store_.retry_job(job, settings_.now_ms(), wait_after(job.attempts));
    case Blame::kOurs:
      break;
  }
  return store_.put_back_job(job, settings_.now_ms(), wait_after_ours(job));
}

// By the clock that nobody sets.
std::chrono::milliseconds Dispatcher::wait_after_ours(const store::Job& job) {
  using std::chrono::milliseconds;
  const milliseconds soon = wait_after(++ours_in_a_row_);
  const auto now = settings_.steady();
  const std::lock_guard lock(mutex_);
  std::erase_if(troubles_, [&](const auto& one) { return one.second.last + kForgotten < now; });
  Trouble& trouble =
      troubles_.try_emplace({job.submission, job.version}, Trouble{now, now}).first->second;
  trouble.last = now;
  const auto lasted = std::chrono::duration_cast<milliseconds>(now - trouble.since);
  return std::max(soon, std::min(lasted / kPartOfTrouble, store::kMostJobWait));
}

void Dispatcher::forget_trouble(const store::Job& job) {
  const std::lock_guard lock(mutex_);
  troubles_.erase({job.submission, job.version});
}

}  // namespace heyan::service
