// The time that the signer puts on what it signs: that of the machine, as long as it can be
// believed.
//
// Threat: whoever sets the machine's clock could date a report, or have an expired key or trust
// list pass. So it is held against a second clock that nobody can set: where the two went apart by
// more than a minute since the last look, there is no time until they agree again, an outside clock
// agrees with the set one within that minute, or the signer is started afresh. And no time lies
// before what was logged last: a clock that is behind by less than a minute waits at it, one that
// is further behind gives none. What a clock was set to while the signer did not run shows only
// when it is behind; a forward one needs an outside clock (outside_clock.h). Source: security
// decision 11. One thread, the signer's.
#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "verifier/core/error.h"
#include "verifier/core/time.h"

namespace heyan::signer {

inline constexpr std::chrono::seconds kClockTolerance{60};

class Clock {
 public:
  using Steady =
      std::chrono::milliseconds;  // since some moment; runs also while the machine sleeps

  Clock(std::function<core::UtcTime()> wall, std::function<Steady()> steady)
      : wall_(std::move(wall)), steady_(std::move(steady)) {}
  static Clock of_this_machine();

  // Nothing before `last_logged`. kChanged: the clock was set, or is behind the log.
  core::Result<core::UtcTime> now(core::UtcTime last_logged);

  // Both clocks as they are, believed or not.
  struct Look {
    core::UtcTime wall;
    Steady steady;
  };
  // As it was at that look, whatever was seen before: somebody else's clock agreed with it.
  void believe(const Look& look) { last_ = look; }

  Look look() const { return {.wall = wall_(), .steady = steady_()}; }

 private:
  std::function<core::UtcTime()> wall_;
  std::function<Steady()> steady_;
  std::optional<Look> last_;
};

}  // namespace heyan::signer
