#include "gateway/signer/clock.h"

#include <ctime>

namespace heyan::signer {
namespace {

using core::ErrorCode;
using std::chrono::milliseconds;

// A clock that is disciplined by NTP runs up to 1/2000 faster or slower (adjtimex(2)).
constexpr int kSlewing = 2000;

core::UtcTime wall_time() {
  return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
}

milliseconds boot_time() {
  timespec since_boot{};
  ::clock_gettime(CLOCK_BOOTTIME, &since_boot);
  return std::chrono::seconds(since_boot.tv_sec) +
         std::chrono::floor<milliseconds>(std::chrono::nanoseconds(since_boot.tv_nsec));
}

}  // namespace

Clock Clock::of_this_machine() { return {wall_time, boot_time}; }

core::Result<core::UtcTime> Clock::now(core::UtcTime last_logged) {
  const Look read = look();
  if (last_) {
    const milliseconds passed = read.steady - last_->steady;
    const milliseconds apart = std::chrono::abs(read.wall - (last_->wall + passed));
    if (apart > kClockTolerance + passed / kSlewing) {
      return core::fail(ErrorCode::kChanged, "the clock of this machine was set");
    }
  }
  if (read.wall + kClockTolerance < last_logged) {
    return core::fail(
        ErrorCode::kChanged,
        "the clock of this machine is behind the report log: set it right, or, where the log was "
        "dated by a clock that was ahead, wait for that time or begin a new log (heyan log renew): "
        "see docs/operator.md, The clock");
  }
  last_ = read;
  return std::max(read.wall, last_logged);
}

}  // namespace heyan::signer
