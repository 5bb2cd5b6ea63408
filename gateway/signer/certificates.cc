// What the signer does not sign since a certificate is not valid now.
#include <algorithm>
#include <chrono>

#include "gateway/signer/signer.h"

namespace heyan::signer {

using core::Result;

// By a clock that is believed alone: by another one a good certificate would have to be renewed.
// What needs the time says itself that there is none.
Result<void> Signer::may_sign(std::string_view name, const report::ReportSigner& with) {
  const auto time = now();
  return time ? certificates_.check(name, with, *time) : Result<void>();
}

// Both, before either is refused: each is told of.
Result<void> Signer::may_sign_reports() {
  Result<void> may;
  for (const report::ReportSigner& one : keys_.report) {
    const bool sm2 = one.key.public_key().algorithm() == crypto::KeyAlgorithm::kSm2;
    const auto valid = may_sign(sm2 ? "report-sm2" : "report-es256", one);
    if (!valid) may = valid;
  }
  return may;
}

// So that it is told of before anybody waits.
void Signer::look_at_certificates() {
  (void)may_sign_reports();
  (void)may_sign("receipt-es256", keys_.receipt);
  (void)may_sign("seal-es256", keys_.seal);
  (void)may_sign("xml-es256", keys_.xml_seal);
  (void)may_sign("statement-es256", keys_.statement);
}

// When a report was logged. Where it was not signed before a certificate was renewed, when it is:
// beside one that begins later no verifier would accept the time of the log.
Result<core::UtcTime> Signer::signing_time(core::UtcTime logged) {
  const auto second = std::chrono::floor<std::chrono::seconds>(logged);
  const bool covered = std::ranges::all_of(keys_.report, [second](const auto& one) {
    const crypto::Certificate& certificate = one.chain.front();
    return certificate.not_before() <= second && second <= certificate.not_after();
  });
  return covered ? logged : now();
}

}  // namespace heyan::signer
