// What one front of several does for all of them.
#pragma once

#include <cstdint>
#include <string_view>

namespace heyan::store {

// Never numbered anew: fronts of two releases may run beside each other.
enum class Duty : std::uint8_t {
  kDeliveries = 1,  // court systems are told
  kStamps = 2,      // time stamps are asked for
  kScans = 3,       // the malware scanner looks at files
  kDeletions = 4,   // what was confirmed is deleted
  kCosigning = 5,   // witnesses are asked
};
std::string_view name(Duty duty);  // "webhooks" "time-stamps" "malware-scans" "deletions"
                                   // "cosigning"

// Of a duty that this front asked for.
struct DutyHeld {
  Duty duty = Duty::kDeliveries;
  bool held = false;        // when it asked last
  std::uint64_t taken = 0;  // how often it has taken it, from nobody or from another
};

}  // namespace heyan::store
