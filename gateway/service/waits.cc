#include "gateway/service/waits.h"

namespace heyan::service {
namespace {

constexpr std::chrono::milliseconds kTolerance = std::chrono::minutes(1);

}  // namespace

bool Waits::are_ours(std::int64_t now_ms) {
  const auto before = std::exchange(last_, std::nullopt);
  if (!store_.has_duty(duty_).value_or(false)) return false;
  const Look now{.wall_ms = now_ms, .steady = steady_()};
  bool hold = before.has_value();
  if (before) {
    const auto passed =
        std::chrono::duration_cast<std::chrono::milliseconds>(now.steady - before->steady);
    hold = now.wall_ms + kTolerance.count() >= before->wall_ms + passed.count();
  }
  if (!hold && !store_.end_waits(duty_, now_ms)) return false;
  last_ = now;
  return true;
}

}  // namespace heyan::service
