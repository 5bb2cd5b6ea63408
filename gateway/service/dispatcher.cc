#include "gateway/service/dispatcher.h"

namespace heyan::service {
namespace {

constexpr std::uint32_t kAttempts = 3;  // before giving up
constexpr std::chrono::milliseconds kIdle{500};
constexpr std::int64_t kFirstWaitMs = 200;
constexpr std::int64_t kOurWaitMs = 1'000;  // until what is ours may work again

std::int64_t wait_after(std::uint32_t attempts) {
  return kFirstWaitMs << std::min<std::uint32_t>(attempts, 10);
}

}  // namespace

Dispatcher::Dispatcher(Settings settings, store::Store& store, store::Vault& vault, Doors& judges)
    : settings_(std::move(settings)), store_(store), vault_(vault), judges_(judges) {
  for (unsigned i = 0; i < settings_.at_once; ++i) {
    threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
  }
}

Dispatcher::~Dispatcher() {
  for (std::jthread& thread : threads_) thread.request_stop();
  waiting_.notify_all();
}

void Dispatcher::wake() { waiting_.notify_one(); }

void Dispatcher::pause(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  waiting_.wait_for(lock, stop, kIdle, [] { return false; });
}

std::expected<store::FinishedJob, JudgingFailed> Dispatcher::judge(const store::Job& job) {
  auto channel = judges_.open_job();
  if (!channel) return std::unexpected(JudgingFailed{.code = "judge-lost", .ours = true});
  return have_judged({vault_, settings_.staging, settings_.patience}, *std::move(channel), job,
                     job.attempts > kAttempts);
}

core::Result<void> Dispatcher::give_back(const store::Job& job, const JudgingFailed& why) {
  if (why.final) return store_.reject_job(job, why.code);
  if (why.ours) return store_.put_back_job(job, settings_.now_ms() + kOurWaitMs);
  return store_.retry_job(job, settings_.now_ms() + wait_after(job.attempts));
}

void Dispatcher::work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const auto job = store_.claim_job(settings_.now_ms());
    if (!job || !*job) {
      pause(stop);
      continue;
    }
    auto judged = judge(**job);
    // What the store cannot take down is asked for again, and is the same report: the signer keeps
    // it.
    if (judged && store_.finish_job(*judged)) continue;
    const JudgingFailed why =
        judged ? JudgingFailed{.code = "storage-failed", .ours = true} : std::move(judged).error();
    // A disk that is full takes nothing down; what is claimed would wait for the next start.
    while (!stop.stop_requested()) {
      const auto given_back = give_back(**job, why);
      if (given_back || given_back.error().code != core::ErrorCode::kIo) break;
      pause(stop);
    }
  }
}

}  // namespace heyan::service
