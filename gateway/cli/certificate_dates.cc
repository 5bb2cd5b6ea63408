#include "gateway/cli/certificate_dates.h"

#include <string_view>

#include "gateway/cli/clock.h"
#include "gateway/keys/certificates.h"
#include "gateway/os/folder.h"
#include "verifier/core/time.h"

namespace heyan::cli {
namespace {

constexpr std::size_t kMostPem = 1u << 20;

void tell(std::string_view name, const crypto::Certificate& certificate, CertificateDates& dates) {
  const auto line = [name](std::string_view what, core::UtcTime at) {
    return "\n  " + std::string(name) + ": " + std::string(what) + " " + core::format_rfc3339(at);
  };
  switch (keys::validity_of(certificate, now())) {
    case keys::Validity::kValid:
      break;
    case keys::Validity::kEndsSoon:
      dates.soon += line("valid until", certificate.not_after());
      break;
    case keys::Validity::kEnded:
      dates.faults += line("ended", certificate.not_after());
      break;
    case keys::Validity::kNotBegun:
      dates.faults += line("not valid before", certificate.not_before());
      break;
  }
}

}  // namespace

CertificateDates dates_of_certificates(const ops::Config& config) {
  CertificateDates dates;
  if (const auto certificates = keys::load_certificates(config.state / "keys")) {
    for (const auto& [name, certificate] : *certificates) tell(name, certificate, dates);
  }
  const auto pem = os::read_named_file(config.tls.certificate, kMostPem);
  if (!pem) return dates;
  const auto chain = crypto::Certificate::list_from_pem(core::as_text(*pem));
  if (chain && !chain->empty()) tell("tls.certificate", chain->front(), dates);
  return dates;
}

}  // namespace heyan::cli
