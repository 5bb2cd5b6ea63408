// Whether the certificate of a key is valid now. What is signed beside one that has ended, or has
// not begun, no verifier accepts: it is not signed, and waits until the certificate was renewed.
//
// Threat: a year after the installation everything would go on, and each report be worth nothing.
// The time is this machine's, believed or not: a clock that was set is for clock.h to refuse.
// Source: security decision 18. One thread, the signer's.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "verifier/core/error.h"
#include "verifier/core/time.h"
#include "verifier/report/jws.h"

namespace heyan::signer {

class CertificateWatch {
 public:
  // `told`: once each time that one is found not to be valid; empty: nobody.
  using Told = std::function<void(std::string_view name, const crypto::Certificate& certificate)>;
  explicit CertificateWatch(Told told) : told_(std::move(told)) {}

  // kChanged: the certificate is not valid now. `name`: of its files, "report-es256".
  core::Result<void> check(std::string_view name, const report::ReportSigner& signer,
                           core::UtcTime now);

 private:
  Told told_;
  std::set<std::string, std::less<>> not_valid_;
};

}  // namespace heyan::signer
