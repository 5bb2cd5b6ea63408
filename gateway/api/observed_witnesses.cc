// How far witnesses have come, for the log and for the monitoring system.
#include <algorithm>

#include "gateway/api/observer.h"

namespace heyan::api {
namespace {

constexpr ops::Metric kCosigned{"heyan_log_cosigned_size", ops::MetricKind::kGauge,
                                "Size of the report log that a witness last cosigned; 0: not since "
                                "this gateway asks it"};

}  // namespace

void Observer::cosigned(const service::Cosigning& tried) {
  using Outcome = service::Cosigning::Outcome;
  if (tried.outcome == Outcome::kCosigned || tried.outcome == Outcome::kUpToDate) {
    const std::lock_guard lock(mutex_);
    cosigned_.insert_or_assign(std::string(tried.witness), tried.size);
  }
  switch (tried.outcome) {
    case Outcome::kUpToDate:  // as every second
      break;
    case Outcome::kCosigned:
      count_clock_comparison("agrees");
      log_.say("front.cosigned",
               {{"witness", tried.witness}, {"size", static_cast<std::int64_t>(tried.size)}});
      break;
    case Outcome::kAhead:
      log_.say("front.witness_ahead", {{"witness", tried.witness}});
      break;
    case Outcome::kFailed:
      if (tried.fault == service::Cosigning::kClock) count_clock_comparison("differs");
      log_.say("front.not_cosigned", {{"witness", tried.witness},
                                      {"fault", tried.fault},
                                      {"status", std::int64_t{tried.status}}});
      break;
  }
}

// Of each that is configured, from the start: one that never answers is seen by it. By the gateway
// whose duty it is: what another knew last would fall behind the log that grows.
void Observer::set_cosigned(const std::vector<store::DutyHeld>& duties) {
  metrics_.unset(kCosigned);
  const bool ours = std::ranges::any_of(duties, [](const store::DutyHeld& one) {
    return one.duty == store::Duty::kCosigning && one.held;
  });
  const std::lock_guard lock(mutex_);
  if (!ours) cosigned_.clear();
  if (!ours) return;
  for (const std::string& witness : witnesses_) {
    metrics_.set(kCosigned, {{"witness", witness}}, static_cast<double>(cosigned_[witness]));
  }
}

}  // namespace heyan::api
