// The time of day, read in one place.
#pragma once

#include <chrono>

#include "verifier/core/time.h"

namespace heyan::cli {

// Now, cut to the second: reports name no more.
inline core::UtcTime now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace heyan::cli
