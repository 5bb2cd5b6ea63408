// What one front of several does for all of them.
#pragma once

#include <cstdint>

namespace heyan::store {

// Never numbered anew: fronts of two releases may run beside each other.
enum class Duty : std::uint8_t {
  kDeliveries = 1,  // court systems are told
  kStamps = 2,      // time stamps are asked for
  kScans = 3,       // the malware scanner looks at files
  kDeletions = 4,   // what was confirmed is deleted
  kCosigning = 5,   // witnesses are asked
};

}  // namespace heyan::store
