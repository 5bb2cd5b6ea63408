#include "gateway/service/dispatcher.h"

#include "gateway/service/judging.h"

namespace heyan::service {
namespace {

constexpr std::uint32_t kAttempts = 3;  // before giving up
constexpr std::chrono::milliseconds kIdle{500};
constexpr std::int64_t kFirstWaitMs = 200;

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

void Dispatcher::work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const auto job = store_.claim_job(settings_.now_ms());
    if (!job || !*job) {
      std::unique_lock lock(mutex_);
      waiting_.wait_for(lock, stop, kIdle, [] { return false; });
      continue;
    }
    const bool give_up = (*job)->attempts > kAttempts;
    std::expected<store::FinishedJob, JudgingFailed> judged =
        std::unexpected(JudgingFailed{"judge-lost", false});
    if (auto channel = judges_.open_job()) {
      judged = have_judged({vault_, settings_.staging, settings_.patience}, *std::move(channel),
                           **job, give_up);
    }
    // What the store cannot take down is asked for again, and is the same report: the signer keeps
    // it.
    const bool stored = judged && store_.finish_job(*judged);
    if (stored) continue;
    if (!judged && judged.error().final) {
      static_cast<void>(store_.reject_job(**job, judged.error().code));
    } else {
      static_cast<void>(store_.retry_job(**job, settings_.now_ms() + wait_after((*job)->attempts)));
    }
  }
}

}  // namespace heyan::service
