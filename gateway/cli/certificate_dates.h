// Until when the certificates are valid that a configuration names or that lie beside its keys.
#pragma once

#include <string>

#include "gateway/ops/config.h"

namespace heyan::cli {

struct CertificateDates {
  std::string faults;  // a line for each that is not valid now
  std::string soon;    // or not for long
};

// Those of the gateway's keys, and of TLS; what cannot be read is told elsewhere (config_faults.h).
CertificateDates dates_of_certificates(const ops::Config& config);

}  // namespace heyan::cli
