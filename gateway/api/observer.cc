#include "gateway/api/observer.h"

#include "gateway/api/listeners.h"
#include "gateway/ops/version.h"
#include "gateway/service/egress_words.h"

namespace heyan::api {
namespace {

using ops::Metric;
using ops::MetricKind;

constexpr std::chrono::seconds kBetweenEvents{1};  // of one kind, in the log

constexpr Metric kBuild{"heyan_build_info", MetricKind::kGauge, "Version of this build; always 1"};
constexpr Metric kSelfTest{"heyan_self_test_timestamp_seconds", MetricKind::kGauge,
                           "When the front's sandbox was last tried, and held"};
constexpr Metric kRequests{"heyan_http_requests_total", MetricKind::kCounter, "Requests answered"};
constexpr Metric kRequestTime{"heyan_http_request_duration_seconds", MetricKind::kHistogram,
                              "From the head of a request to the end of its answer"};
constexpr Metric kReceived{"heyan_http_received_bytes_total", MetricKind::kCounter,
                           "Bodies of requests"};
constexpr Metric kSent{"heyan_http_sent_bytes_total", MetricKind::kCounter, "Bodies of answers"};
constexpr Metric kConnections{"heyan_http_connections", MetricKind::kGauge, "Connections open"};
constexpr Metric kRefused{"heyan_http_connections_refused_total", MetricKind::kCounter,
                          "Connections beyond the share of a client or of all"};
constexpr Metric kSubmissions{"heyan_submissions_total", MetricKind::kCounter,
                              "Submissions by outcome; memory and disk: there was no room"};
constexpr Metric kSignIns{"heyan_sign_ins_total", MetricKind::kCounter,
                          "Sign-ins of people, by outcome"};
constexpr Metric kSignInsElsewhere{"heyan_provider_sign_ins_total", MetricKind::kCounter,
                                   "Sign-ins of people at OpenID Connect providers, by outcome"};
constexpr Metric kCspReports{"heyan_csp_reports_total", MetricKind::kCounter,
                             "What browsers refused on pages of ours, by directive"};
constexpr Metric kItems{"heyan_verifications_total", MetricKind::kCounter,
                        "Items verified, by verdict and proof format"};
constexpr Metric kReports{"heyan_reports_total", MetricKind::kCounter,
                          "Reports issued, by the submission's verdict"};
constexpr Metric kForked{"heyan_ledger_forks_total", MetricKind::kCounter,
                         "Reports in which a ledger showed another block than before, by ledger"};
constexpr Metric kVerifyTime{"heyan_verification_duration_seconds", MetricKind::kHistogram,
                             "From the start of a verification to its stored report"};
constexpr Metric kFailed{"heyan_verification_attempts_failed_total", MetricKind::kCounter,
                         "Attempts without a report, by whose failure it was"};
constexpr Metric kWaiting{"heyan_intakes_without_report", MetricKind::kGauge,
                          "Intakes of the log whose report is not logged"};
constexpr Metric kOverdue{"heyan_intakes_overdue", MetricKind::kGauge,
                          "Of those, the ones older than 24 hours"};
constexpr Metric kLog{"heyan_log_entries", MetricKind::kGauge, "Entries of the report log"};
constexpr Metric kTrust{"heyan_trust_bundle_expiry_timestamp_seconds", MetricKind::kGauge,
                        "When list and policy must have been renewed"};
constexpr Metric kTold{"heyan_webhook_attempts_total", MetricKind::kCounter,
                       "Attempts to tell court systems of events, by outcome"};
constexpr Metric kStamped{"heyan_time_stamp_attempts_total", MetricKind::kCounter,
                          "Attempts to have reports stamped, by outcome"};
constexpr Metric kDocuments{"heyan_document_time_stamps_total", MetricKind::kCounter,
                            "Seals of PDF and XML for which a time stamp was asked, by outcome"};
constexpr Metric kCompared{"heyan_clock_comparisons_total", MetricKind::kCounter,
                           "Comparisons of the signer's clock with that of the time-stamp "
                           "authority or of a witness, by outcome"};
constexpr Metric kApart{
    "heyan_clock_apart_seconds", MetricKind::kGauge,
    "By how much it differed last from the authority's, at least; above 0: ours "
    "is behind"};
constexpr Metric kCanaries{"heyan_canaries_timestamp_seconds", MetricKind::kGauge,
                           "When known items were last judged rightly; 0: not since the start"};
constexpr Metric kStopped{"heyan_signing_stopped", MetricKind::kGauge,
                          "1: no report is signed until a person has looked"};
constexpr Metric kScanned{"heyan_malware_scans_total", MetricKind::kCounter,
                          "Attempts to have files scanned for malware, by outcome"};
constexpr Metric kScanner{"heyan_malware_scanner_ready", MetricKind::kGauge,
                          "1 where the malware scanner answers; absent where there is none"};
constexpr Metric kDeletionsTried{"heyan_deletion_attempts_total", MetricKind::kCounter,
                                 "Attempts to delete submissions, by outcome"};
constexpr Metric kDuty{"heyan_duty_held", MetricKind::kGauge,
                       "1 where this gateway does that for all over its database"};
constexpr Metric kDutyTaken{"heyan_duty_taken_total", MetricKind::kCounter,
                            "How often this gateway took that over"};
constexpr Metric kMemory{"heyan_memory_used_ratio", MetricKind::kGauge, "Memory used, 0 to 1"};
constexpr Metric kDisk{"heyan_disk_used_ratio", MetricKind::kGauge,
                       "Disk of the state folder used, 0 to 1"};
constexpr Metric kReady{"heyan_ready", MetricKind::kGauge, "1 where that part is ready"};

double seconds(std::chrono::milliseconds time) {
  return std::chrono::duration<double>(time).count();
}

std::string_view word(service::Blame blame) {
  switch (blame) {
    case service::Blame::kOurs:
      return "own";
    case service::Blame::kJudge:
      return "judge";
    case service::Blame::kFinal:
      return "final";
  }
  return "unknown";
}

using LogFields = std::vector<std::pair<std::string_view, core::json::Value>>;

// Why egress brought nothing.
void add_failure(const v1::EgressFailure& failure, LogFields& fields) {
  fields.emplace_back("fault", service::word_of(failure.fault()));
  core::json::Value reasons{core::json::Value::Array{}};
  for (const std::string& reason : failure.reasons()) reasons.push(reason);
  if (!failure.reasons().empty()) fields.emplace_back("reasons", std::move(reasons));
}

}  // namespace

Observer::Observer(const ops::Log& log, std::int64_t self_test_ms,
                   std::vector<std::string> witnesses)
    : log_(log), witnesses_(std::move(witnesses)) {
  metrics_.set(kBuild, {{"version", std::string(ops::software_version())}}, 1);
  metrics_.set(kSelfTest, {}, static_cast<double>(self_test_ms) / 1000);
  metrics_.add(kRefused, {}, 0);
  begin_alterations();
}

void Observer::answered(const front::Answered& one) {
  const std::string listener(one.listener);
  metrics_.add(kRequests, {{"listener", listener},
                           {"method", std::string(one.method)},
                           {"status", std::to_string(one.status)}});
  metrics_.observe(kRequestTime, {{"listener", listener}}, seconds(one.duration));
  metrics_.add(kReceived, {{"listener", listener}}, static_cast<double>(one.body_bytes));
  metrics_.add(kSent, {{"listener", listener}}, static_cast<double>(one.answer_bytes));
  if (listener == kMetricsListener) return;
  std::vector<std::pair<std::string_view, core::json::Value>> fields = {
      {"listener", one.listener},        {"method", one.method},
      {"status", int{one.status}},       {"durationMs", std::int64_t{one.duration.count()}},
      {"receivedBytes", one.body_bytes}, {"sentBytes", one.answer_bytes}};
  if (!one.submission.empty()) fields.emplace_back("submission", one.submission);
  log_.say("front.answered", std::move(fields));
}

// A flood of connections must not become a flood of lines.
void Observer::event(std::string_view event) {
  if (event == "front.connection_refused") metrics_.add(kRefused);
  if (!was_said(event)) log_.say(event);
}

bool Observer::was_said(std::string_view event) {
  const auto now = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  auto& said = said_[event];
  if (said != std::chrono::steady_clock::time_point{} && now - said < kBetweenEvents) return true;
  said = now;
  return false;
}

void Observer::submitted(std::string_view outcome) {
  metrics_.add(kSubmissions, {{"outcome", std::string(outcome)}});
}

void Observer::signed_in(std::optional<accounts::Refused::Why> refused) {
  metrics_.add(kSignIns,
               {{"outcome", std::string(refused ? accounts::word(*refused) : "signed-in")}});
}

void Observer::signed_in_at_provider(std::string_view outcome, const v1::EgressFailure& failure) {
  metrics_.add(kSignInsElsewhere, {{"outcome", std::string(outcome)}});
  // What anybody can bring about says nothing.
  if (outcome == "signed-in" || outcome == "denied" || outcome == "state") return;
  LogFields fields = {{"outcome", outcome}};
  if (failure.fault() != v1::EGRESS_FAULT_UNSPECIFIED) add_failure(failure, fields);
  log_.say("front.provider_sign_in", std::move(fields));
}

void Observer::refused_by_browser(std::string_view directive, std::string_view blocked) {
  constexpr std::string_view kEvent = "front.refused_by_browser";
  metrics_.add(kCspReports, {{"directive", std::string(directive)}});
  if (was_said(kEvent)) return;
  log_.say(kEvent, {{"directive", directive}, {"blocked", blocked}});
}

void Observer::not_accepted(const std::string& submission, const core::Error& error) {
  constexpr std::string_view kEvent = "front.not_accepted";
  if (was_said(kEvent)) return;
  log_.say(kEvent, {{"submission", std::string_view(submission)}, {"detail", error.text}});
}

void Observer::not_claimed(const core::Error& error) {
  // Counted as it is said: each thread asks twice a second, and a server that is started anew is no
  // alarm.
  constexpr std::string_view kEvent = "front.queue_not_read";
  if (was_said(kEvent)) return;
  metrics_.add(kFailed, {{"blame", std::string(word(service::Blame::kOurs))}});
  log_.say(kEvent, {{"detail", error.text}});
}

void Observer::attempted(const store::Job& job,
                         const std::expected<service::Judged, service::JudgingFailed>& judged,
                         std::chrono::milliseconds duration) {
  if (!judged) {
    const std::string_view blame = word(judged.error().blame);
    metrics_.add(kFailed, {{"blame", std::string(blame)}});
    LogFields fields = {{"submission", std::string_view(job.submission)},
                        {"blame", blame},
                        {"reason", std::string_view(judged.error().code)}};
    if (const std::string& file = judged.error().file; !file.empty()) {
      fields.emplace_back("file", std::string_view(file));
    }
    log_.say("front.attempt_failed", std::move(fields));
    return;
  }
  if (judged->stored_otherwise) stored_bytes_differ(job.submission);
  metrics_.observe(kVerifyTime, {}, seconds(duration));
  metrics_.add(kReports, {{"verdict", judged->job.verdict}});
  for (const service::JudgedItem& item : judged->items) {
    metrics_.add(kItems, {{"verdict", std::string(item.verdict)}, {"adapter", item.format}});
  }
  for (const std::string& ledger : judged->forked) {
    metrics_.add(kForked, {{"ledger", ledger}});
    log_.say("front.ledger_forked", {{"submission", std::string_view(job.submission)},
                                     {"report", std::string_view(judged->job.report_number)},
                                     {"ledger", std::string_view(ledger)}});
  }
  log_.say("front.verified", {{"submission", std::string_view(job.submission)},
                              {"report", std::string_view(judged->job.report_number)},
                              {"durationMs", std::int64_t{duration.count()}}});
}

void Observer::told(const store::Delivery& delivery, service::Courier::Outcome outcome,
                    std::string_view fault, unsigned status) {
  using Outcome = service::Courier::Outcome;
  const std::string_view word = outcome == Outcome::kDelivered ? "delivered"
                                : outcome == Outcome::kFailed  ? "failed"
                                                               : "given-up";
  metrics_.add(kTold, {{"outcome", std::string(word)}});
  std::vector<std::pair<std::string_view, core::json::Value>> fields = {
      {"submission", std::string_view(delivery.submission)},
      {"webhookId", std::string_view(delivery.id)},
      {"outcome", word},
      {"attempt", std::int64_t{delivery.attempts} + 1}};
  if (!fault.empty()) fields.emplace_back("fault", fault);
  if (status != 0) fields.emplace_back("status", std::int64_t{status});
  log_.say("front.webhook", std::move(fields));
}

void Observer::stamped(const store::DueStamp& due, const v1::EgressFailure* failure) {
  const std::string_view outcome = failure == nullptr ? "stamped" : "failed";
  metrics_.add(kStamped, {{"outcome", std::string(outcome)}});
  LogFields fields = {{"report", std::string_view(due.report)},
                      {"outcome", outcome},
                      {"attempt", std::int64_t{due.attempts} + 1}};
  if (failure != nullptr) add_failure(*failure, fields);
  log_.say("front.time_stamp", std::move(fields));
}

void Observer::count_clock_comparison(std::string_view outcome) {
  metrics_.add(kCompared, {{"outcome", std::string(outcome)}});
}

void Observer::clock_compared(const service::ClockComparison& compared) {
  using Outcome = service::ClockComparison::Outcome;
  const bool failed = compared.outcome == Outcome::kFailed;
  const std::string_view outcome = failed                                 ? "failed"
                                   : compared.outcome == Outcome::kAgrees ? "agrees"
                                                                          : "differs";
  count_clock_comparison(outcome);
  if (!failed) metrics_.set(kApart, {}, seconds(compared.apart));
  std::vector<std::pair<std::string_view, core::json::Value>> fields = {{"outcome", outcome}};
  if (failed)
    fields.emplace_back("fault", compared.fault);
  else
    fields.emplace_back("apartMs", std::int64_t{compared.apart.count()});
  log_.say("front.clock_compared", std::move(fields));
}

void Observer::canaries_called(const std::string& fault) {
  if (!fault.empty()) log_.say("front.canaries_not_judged", {{"fault", std::string_view(fault)}});
}

void Observer::document_stamped(const v1::EgressFailure* failure) {
  const std::string_view outcome = failure == nullptr ? "stamped" : "without";
  metrics_.add(kDocuments, {{"outcome", std::string(outcome)}});
  if (failure == nullptr) return;
  LogFields fields = {{"outcome", outcome}};
  add_failure(*failure, fields);
  log_.say("front.document_time_stamp", std::move(fields));
}

void Observer::deletion_tried(const store::Deletion& deletion, const core::Error* failed) {
  const std::string_view submission = deletion.submission;
  const std::string_view outcome = failed == nullptr                           ? "deleted"
                                   : failed->code == core::ErrorCode::kChanged ? "stopped"
                                                                               : "failed";
  metrics_.add(kDeletionsTried, {{"outcome", std::string(outcome)}});
  if (failed == nullptr) {
    log_.say("front.deleted", {{"submission", submission},
                               {"log", std::string_view(deletion.log)},
                               {"logIndex", deletion.deletion_index}});
  } else {
    log_.say("front.not_deleted", {{"submission", submission}, {"detail", failed->text}});
  }
}

void Observer::scanned(const store::DueScan& file, const store::Scan& scan,
                       std::string_view fault) {
  const std::string_view outcome = fault.empty() ? store::name(scan.state) : "FAILED";
  metrics_.add(kScanned, {{"outcome", std::string(outcome)}});
  if (fault.empty() && scan.state == store::ScanState::kClean) return;
  LogFields fields = {{"submission", std::string_view(file.submission)},
                      {"outcome", outcome},
                      {"bytes", file.size}};
  if (!fault.empty()) fields.emplace_back("fault", fault);
  if (!scan.name.empty()) fields.emplace_back("name", std::string_view(scan.name));
  if (fault.empty()) fields.emplace_back("sha256", core::to_hex(file.sha256));
  log_.say("front.malware_scan", std::move(fields));
}

// Of a signer that does not answer, nothing: 0 would say that there are none. A log is never empty:
// its first leaf is its beginning.
void Observer::set_intakes(const v1::Backlog& intakes) {
  if (intakes.log_size() == 0) {
    for (const Metric* one : {&kWaiting, &kOverdue, &kLog, &kTrust, &kCanaries, &kStopped}) {
      metrics_.unset(*one);
    }
    return;
  }
  const auto number = [](auto value) { return static_cast<double>(value); };
  metrics_.set(kWaiting, {}, number(intakes.waiting()));
  metrics_.set(kOverdue, {}, number(intakes.overdue()));
  metrics_.set(kLog, {}, number(intakes.log_size()));
  metrics_.set(kTrust, {}, number(intakes.trust_next_update_ms()) / 1000);
  metrics_.set(kCanaries, {}, number(intakes.canaries_at_ms()) / 1000);
  metrics_.set(kStopped, {}, intakes.stopped().empty() ? 0 : 1);
}

std::string Observer::metrics(const service::Health& standing, std::size_t connections,
                              std::optional<core::UtcTime> tls_until) {
  const auto number = [](auto value) { return static_cast<double>(value); };
  metrics_.set(kConnections, {}, number(connections));
  set_intakes(standing.intakes);
  set_cosigned(standing.duties);
  set_certificates(standing.keys, tls_until);
  if (standing.scanner) metrics_.set(kScanner, {}, *standing.scanner ? 1 : 0);
  set_counts(standing.counts);
  for (const store::DutyHeld& one : standing.duties) {
    const ops::Metrics::Labels labels = {{"duty", std::string(store::name(one.duty))}};
    metrics_.set(kDuty, labels, one.held ? 1 : 0);
    metrics_.set(kDutyTaken, labels, number(one.taken));
  }
  metrics_.set(kMemory, {}, standing.load.memory);
  metrics_.set(kDisk, {}, standing.load.disk);
  for (const service::Part& part : standing.parts) {
    metrics_.set(kReady, {{"part", std::string(part.name)}}, part.ready ? 1 : 0);
  }
  return metrics_.text();
}

}  // namespace heyan::api
