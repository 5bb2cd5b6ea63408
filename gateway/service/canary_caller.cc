#include "gateway/service/canary_caller.h"

#include <algorithm>

#include "gateway/service/judge_said.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::service {
namespace {

constexpr std::chrono::milliseconds kLookForStop{500};

}  // namespace

CanaryCaller::CanaryCaller(Settings settings, ipc::Doors& judges)
    : settings_(std::move(settings)), judges_(judges) {
  thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

CanaryCaller::~CanaryCaller() {
  thread_.request_stop();
  waiting_.notify_all();
}

void CanaryCaller::work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const std::string fault = call(stop);
    if (stop.stop_requested()) return;
    settings_.on_called(fault);
    const auto rest = fault.empty() ? settings_.every : std::min(settings_.again, settings_.every);
    std::unique_lock lock(mutex_);
    waiting_.wait_for(lock, stop, rest, [] { return false; });
  }
}

std::string CanaryCaller::call(const std::stop_token& stop) {
  auto channel = judges_.open_job();
  if (!channel) return "judges-away";
  v1::JudgeJob job;
  job.set_canaries(true);
  const auto until = ipc::Clock::now() + settings_.patience;
  if (!channel->send(ipc::MessageType::kJudgeJob, job, -1, until)) return "judge-lost";
  while (!stop.stop_requested() && channel->is_open()) {
    const auto now = ipc::Clock::now();
    if (now >= until) break;
    const auto wait = std::min<ipc::Clock::duration>(until - now, kLookForStop);
    const auto said = channel->receive<v1::JudgeAsks>(ipc::MessageType::kJudgeAsks, now + wait);
    if (said) {
      const std::string& code = said->done().refusal().code();
      if (said->done().has_refusal()) return is_refusal_word(code) ? code : "judge-lost";
      return said->done().has_canaries() ? std::string() : "judge-lost";
    }
    if (said.error().code == core::ErrorCode::kNotFound) break;
  }
  return "judge-lost";
}

}  // namespace heyan::service
