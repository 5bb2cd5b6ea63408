// What the `heyan` command says with its exit status (sysexits.h where a number exists there).
#pragma once

#include <cstdint>
#include <span>

namespace heyan::cli {

enum class ExitStatus : std::uint8_t {
  kOk = 0,             // every item CONSISTENT or CONSISTENT_WITH_NOTES; a report that stands
  kUsage = 2,          // the command line was not understood
  kInconsistent = 10,  // some item INCONSISTENT; a report that does not stand
  kOpen = 11,          // none inconsistent, some item without a positive verdict; undetermined
  kMalformed = 65,     // case, trust list, policy or record is not as it must be
  kInternal = 70,      // we failed
  kInputOutput = 74,   // the operating system refused to read or write
  kTryLater = 75,      // something is busy
};

// The one that speaks for several: 70, 74, 65, 10, 11, 0 in that order.
ExitStatus most_urgent(std::span<const ExitStatus> statuses);

}  // namespace heyan::cli
