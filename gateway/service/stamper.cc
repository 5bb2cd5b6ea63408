#include "gateway/service/stamper.h"

#include <algorithm>

#include "gateway/service/standing.h"

namespace heyan::service {
namespace {

constexpr std::int64_t kLongestWaitMs = std::int64_t{6} * 3'600'000;
constexpr std::uint32_t kMostDoublings = 12;

}  // namespace

Stamper::Stamper(Settings settings, store::Store& store, StampDesk& desk)
    : settings_(std::move(settings)),
      store_(store),
      waits_(store, store::Duty::kStamps),
      desk_(desk),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

Stamper::~Stamper() {
  thread_.request_stop();
  waiting_.notify_all();
}

void Stamper::work(const std::stop_token& stop) {
  while (!stop.stop_requested() && !desk_.is_lost()) {
    if (waits_.are_ours(settings_.now_ms())) {
      const auto due = store_.due_stamp(settings_.now_ms());
      if (due && *due && attempt(**due, stop)) continue;
    }
    std::unique_lock lock(mutex_);
    waiting_.wait_for(lock, stop, settings_.every, [] { return false; });
  }
}

// False: what came of it could not be noted; asked for again after a while.
bool Stamper::attempt(const store::DueStamp& due, const std::stop_token& stop) {
  const auto digest = digest_to_stamp(due.envelope);
  std::optional<v1::StampGets> gets;
  if (digest) gets = desk_.ask(*digest, false, stop);
  if (digest && !gets) return false;
  v1::EgressFailure failure;
  if (gets && gets->has_failure()) failure = gets->failure();
  const bool stamped = gets && gets->has_token();
  core::Result<void> noted;
  if (stamped) {
    noted = store_.stamped(due.report, core::to_bytes(std::string_view(gets->token())));
  } else {
    const std::int64_t wait =
        std::min(settings_.first_wait_ms << std::min(due.attempts, kMostDoublings), kLongestWaitMs);
    noted = store_.not_stamped(due.report, settings_.now_ms() + wait);
  }
  if (settings_.on_tried) settings_.on_tried(due, stamped ? nullptr : &failure);
  return noted.has_value();
}

}  // namespace heyan::service
