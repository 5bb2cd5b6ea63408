#include "gateway/cli/exit_status.h"

#include <algorithm>
#include <array>

namespace heyan::cli {

ExitStatus most_urgent(std::span<const ExitStatus> statuses) {
  constexpr std::array kOrder = {
      ExitStatus::kInternal,  ExitStatus::kInputOutput,  ExitStatus::kTryLater, ExitStatus::kUsage,
      ExitStatus::kMalformed, ExitStatus::kInconsistent, ExitStatus::kOpen,     ExitStatus::kOk};
  for (const ExitStatus status : kOrder) {
    if (std::ranges::find(statuses, status) != statuses.end()) return status;
  }
  return ExitStatus::kInternal;  // nothing was done, and nobody said so
}

}  // namespace heyan::cli
