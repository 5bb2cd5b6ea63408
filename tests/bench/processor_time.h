// Time that this thread had the processor for: machines are busy.
#pragma once

#include <ctime>

namespace heyan::bench {

inline double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  constexpr double kNanosecond = 1e-9;
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * kNanosecond;
}

}  // namespace heyan::bench
