// What is stored and is not what was stored, and what is left there, for the log and for the
// monitoring system.
#include <array>

#include "gateway/api/observer.h"

namespace heyan::api {
namespace {

using ops::Metric;
using ops::MetricKind;

constexpr Metric kAltered{"heyan_alterations_total", MetricKind::kCounter,
                          "How often what is stored was not what had been stored, by what it was"};
constexpr Metric kNotSwept{"heyan_vault_sweeps_failed_total", MetricKind::kCounter,
                           "Looks through the vault for what crashes left that came to nothing"};

// Each has an event of the log, and a word of the counter.
struct Alteration {
  std::string_view event;
  const char* what;
};
constexpr Alteration kReceipt{"front.receipt_differs", "receipt"};
constexpr Alteration kBytes{"front.stored_bytes_differ", "bytes"};
constexpr Alteration kMended{"front.vault_mended", "mended"};

}  // namespace

// 0, not absent, before there is any: so the first is an increase.
void Observer::begin_alterations() {
  for (const Alteration& one : {kReceipt, kBytes, kMended}) {
    metrics_.add(kAltered, {{"what", one.what}}, 0);
  }
  metrics_.add(kNotSwept, {}, 0);
}

void Observer::receipt_differs() {
  metrics_.add(kAltered, {{"what", kReceipt.what}});
  event(kReceipt.event);
}

void Observer::stored_bytes_differ(std::string_view submission) {
  metrics_.add(kAltered, {{"what", kBytes.what}});
  if (submission.empty()) return event(kBytes.event);
  log_.say(kBytes.event, {{"submission", submission}});
}

void Observer::vault_mended(const store::VaultOwner& owner, core::ByteView sha256) {
  metrics_.add(kAltered, {{"what", kMended.what}});
  log_.say(kMended.event, {{"submission", owner.submission}, {"sha256", core::to_hex(sha256)}});
}

void Observer::vault_not_swept(const core::Error& error) {
  metrics_.add(kNotSwept);
  log_.say("front.vault_not_swept", {{"detail", error.text}});
}

}  // namespace heyan::api
