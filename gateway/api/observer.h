// What the front says of itself: a log line for each request, and numbers for the monitoring system
// (docs/operator.md lists both).
//
// Threat: neither holds a path, a name, a case number or anything that a client wrote, but for the
// origin in what a browser reports. Any thread.
#pragma once

#include <chrono>
#include <expected>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/accounts/accounts.h"
#include "gateway/front/options.h"
#include "gateway/ops/log.h"
#include "gateway/ops/metrics.h"
#include "gateway/service/clock_comparer.h"
#include "gateway/service/cosigner.h"
#include "gateway/service/courier.h"
#include "gateway/service/judging.h"
#include "gateway/service/readiness.h"
#include "gateway/store/vault_names.h"

namespace heyan::api {

class Observer {
 public:
  // `witnesses`: names of those that cosign the report log.
  Observer(const ops::Log& log, std::int64_t self_test_ms, std::vector<std::string> witnesses = {});

  void answered(const front::Answered& answered);
  void event(std::string_view event);
  // "accepted", "replayed", "refused", or what there is no room in: "memory", "disk".
  void submitted(std::string_view outcome);
  // Somebody tried to sign in: nothing where that went well.
  void signed_in(std::optional<accounts::Refused::Why> refused);
  // Likewise at a provider: "signed-in", or why not. `failure`: of egress, where it was asked.
  void signed_in_at_provider(std::string_view outcome, const v1::EgressFailure& failure);
  // A browser says that it refused something on a page of ours: what tried it, without its path.
  void refused_by_browser(std::string_view directive, std::string_view blocked);
  // All files are there, and it was not accepted.
  void not_accepted(const std::string& submission, const core::Error& error);
  // The queue of verifications could not be read.
  void not_claimed(const core::Error& error);
  void attempted(const store::Job& job,
                 const std::expected<service::Judged, service::JudgingFailed>& judged,
                 std::chrono::milliseconds duration);

  // An attempt to tell a court's system of an event.
  void told(const store::Delivery& delivery, service::Courier::Outcome outcome,
            std::string_view fault, unsigned status);

  // An attempt to have a report's signatures stamped; null: it is.
  void stamped(const store::DueStamp& due, const v1::EgressFailure* failure);
  // Likewise of a document for somebody who waits.
  void document_stamped(const v1::EgressFailure* failure);

  // The signer's clock was held against that of the time-stamp authority, or was to be. What a
  // witness signs compares them, too: see cosigned.
  void clock_compared(const service::ClockComparison& compared);

  // A judge was to judge the canaries; empty: it did, and the signer knows how.
  void canaries_called(const std::string& fault);

  // A witness was asked to cosign the report log, or had done so already.
  void cosigned(const service::Cosigning& tried);

  // An attempt to delete a submission; null: it is gone.
  void deletion_tried(const store::Deletion& deletion, const core::Error* failed);
  // An attempt to have a file scanned; `fault`: why it was not.
  void scanned(const store::DueScan& file, const store::Scan& scan, std::string_view fault);

  // Somebody, or the disk, changed what is stored: a receipt, or the rows beside it, is not what
  // was signed; a file that was to leave, or that a report had to be about (`submission`), is not
  // what was received; or one was put in its place anew by whoever filed it once more.
  void receipt_differs();
  void stored_bytes_differ(std::string_view submission = {});
  void vault_mended(const store::VaultOwner& owner, core::ByteView sha256);
  // What crashes left in the vault was not looked for to the end; it is tried again.
  void vault_not_swept(const core::Error& error);

  // The text for the monitoring system. `tls_until`: when the certificate of TLS ends.
  std::string metrics(const service::Health& standing, std::size_t connections,
                      std::optional<core::UtcTime> tls_until);

 private:
  void set_intakes(const v1::Backlog& intakes);
  void set_counts(const std::optional<service::Counts>& counts);
  void set_cosigned(const std::vector<store::DutyHeld>& duties);
  void begin_alterations();
  void count_clock_comparison(std::string_view outcome);
  void set_certificates(const v1::PublishedKeys& keys, std::optional<core::UtcTime> tls_until);

  const ops::Log& log_;
  ops::Metrics metrics_;
  bool was_said(std::string_view event);  // a moment ago

  std::vector<std::string> witnesses_;
  std::mutex mutex_;  // guards the next two
  std::map<std::string_view, std::chrono::steady_clock::time_point> said_;
  std::map<std::string, std::uint64_t> cosigned_;  // sizes of the log, by witness
};

}  // namespace heyan::api
