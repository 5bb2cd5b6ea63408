// What waits in the store, for the monitoring system.
#include "gateway/api/observer.h"

namespace heyan::api {
namespace {

using ops::Metric;
using ops::MetricKind;

constexpr Metric kJobs{"heyan_queue_jobs", MetricKind::kGauge, "Verifications open, by state"};
// Of every version: the log knows of a case that waits for its first report, not of one that is to
// be judged once more.
constexpr Metric kJobsOverdue{"heyan_queue_jobs_overdue", MetricKind::kGauge,
                              "Verifications open for more than 24 hours"};
constexpr Metric kReceiving{"heyan_submissions_receiving", MetricKind::kGauge,
                            "Submissions whose files are on their way"};
constexpr Metric kToTell{"heyan_webhooks_pending", MetricKind::kGauge,
                         "Events that court systems are still to be told of"};
constexpr Metric kToStamp{"heyan_time_stamps_pending", MetricKind::kGauge,
                          "Reports whose signatures bear no time stamp yet"};
constexpr Metric kToScan{"heyan_malware_scans_pending", MetricKind::kGauge,
                         "Files that no malware scanner has looked at"};
constexpr Metric kWithMalware{"heyan_malware_files", MetricKind::kGauge,
                              "Files in which a malware scanner found something"};
constexpr Metric kDeletions{"heyan_deletions_open", MetricKind::kGauge,
                            "Deletions of submissions that are not done, by state; 10000: or more"};
constexpr Metric kHolds{"heyan_legal_holds", MetricKind::kGauge,
                        "Submissions on which a legal hold stands; 10000: or more"};
constexpr Metric kDeletionDue{"heyan_deletion_overdue_seconds", MetricKind::kGauge,
                              "Since when the oldest deletion could have been done; 0: none could"};

}  // namespace

// Of a store that does not answer, nothing: 0 would say that there are none.
void Observer::set_counts(const std::optional<service::Counts>& counts) {
  if (!counts) {
    for (const Metric* one : {&kJobs, &kJobsOverdue, &kReceiving, &kToTell, &kToStamp, &kToScan,
                              &kWithMalware, &kDeletions, &kHolds, &kDeletionDue}) {
      metrics_.unset(*one);
    }
    return;
  }
  const auto set = [this](const Metric& gauge, std::uint64_t count) {
    metrics_.set(gauge, {}, static_cast<double>(count));
  };
  const auto set_state = [this](const Metric& gauge, const char* state, std::uint64_t count) {
    metrics_.set(gauge, {{"state", state}}, static_cast<double>(count));
  };
  set_state(kJobs, "queued", counts->jobs.queued);
  set_state(kJobs, "verifying", counts->jobs.verifying);
  set(kJobsOverdue, counts->jobs.overdue);
  set(kReceiving, counts->jobs.receiving);
  set(kToTell, counts->to_tell);
  set(kToStamp, counts->to_stamp);
  set(kToScan, counts->scans.pending);
  set(kWithMalware, counts->scans.found);
  set_state(kDeletions, "asked", counts->deletions.asked);
  set_state(kDeletions, "waiting", counts->deletions.waiting);
  set_state(kDeletions, "under-way", counts->deletions.under_way);
  set_state(kDeletions, "held", counts->deletions.held);
  set(kHolds, counts->deletions.holds);
  metrics_.set(kDeletionDue, {}, std::chrono::duration<double>(counts->deletion_overdue).count());
}

}  // namespace heyan::api
